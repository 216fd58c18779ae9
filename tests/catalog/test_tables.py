"""Every row of every table: its source, its cells, and what it refers to in other tables."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from mlkc.catalog import (
    database,
    debian,
    debian_packages,
    defaults,
    drivers,
    hadoop,
    hadoop_checksums,
    images,
    java,
    kubernetes,
    miniconda,
    mirrors,
    mlflow,
    python,
    spark,
    version,
)
from mlkc.catalog.tables import TABLES, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlkc.catalog.source import Row

ROWS = [(table, row) for table in TABLES for row in table.rows]


def name_of(row: Row, table: Table) -> str:
    return f"{table.title}: " + " ".join(str(getattr(row, field)) for field in table.key)


@pytest.fixture(params=ROWS, ids=lambda pair: name_of(pair[1], pair[0]))
def row(request: pytest.FixtureRequest) -> Row:
    found: Row = request.param[1]
    return found


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from strings(part)


def test_a_row_says_where_it_comes_from(row: Row) -> None:
    assert row.source.kind in {"seen", "read", "believed"}
    assert row.source.where
    assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", row.source.date)


def test_a_row_doubts_only_fields_that_it_has(row: Row) -> None:
    fields = set(row.__struct_fields__) - {"source", "doubts"}  # type: ignore[attr-defined]
    assert set(row.doubts) <= fields
    assert len(set(row.doubts)) == len(row.doubts)


def test_cells_are_clean(row: Row) -> None:
    for field in row.__struct_fields__:  # type: ignore[attr-defined]
        for text in strings(getattr(row, field)):
            assert text == text.strip()
            assert text.isascii()
            if "://" in text:
                url = urlsplit(text)
                assert url.scheme == "https"
                assert url.hostname
                assert "." in url.hostname
                assert not url.query
                assert not text.endswith("/")


DATES = ("released", "full_until", "lts_until", "supported_until", "security_until", "until")
VERSIONS = ("version", "latest", "series", "minor", "patch", "kustomize", "python_min", "python3", "glibc")


def test_dates_and_versions_parse(row: Row) -> None:
    for field in DATES:
        if value := getattr(row, field, None):
            date.fromisoformat(value)
    for field in (*VERSIONS, "removed_in", "served_since"):
        if value := getattr(row, field, None):
            version.parse(value)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.title)
def test_keys_are_unique(table: Table) -> None:
    keys = [tuple(getattr(row, field) for field in table.key) for row in table.rows]
    assert len(set(keys)) == len(keys)


def test_every_module_of_facts_is_listed() -> None:
    folder = Path(debian.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - {
        "__init__",
        "effect_sources",
        "effects",
        "locks",
        "source",
        "tables",
        "version",
    }
    assert modules == {table.module for table in TABLES}


MAJORS = {row.major for row in java.MAJORS}
CODENAMES = {row.codename for row in debian.RELEASES}
SERIES = {row.series for row in python.SERIES}


def test_java_majors_are_known() -> None:
    used = {major for row in debian.RELEASES for major in row.jdks}
    used |= {major for row in hadoop.RELEASES for major in (*row.java, *row.java_client)} - {7}
    used |= {major for row in spark.SERIES for major in row.java}
    used |= {row.major for row in images.TEMURIN}
    assert used <= MAJORS


def test_every_java_can_be_had_from_an_image() -> None:
    assert all(images.temurin(major) for major in MAJORS)


@pytest.mark.parametrize("release", debian.RELEASES, ids=lambda row: row.codename)
def test_a_release_pins_the_packages_that_it_names(release: debian.Debian) -> None:
    needed = [debian.jre_package(major) for major in release.jdks] + [
        release.mysql_dev,
        release.mysql_runtime,
    ]
    needed += ["tini"] if release.tini else []
    needed += [package for driver in drivers.DRIVERS for package in driver.build_packages]
    assert all(debian_packages.pin(package, release.codename) for package in needed)
    for package in debian_packages.PACKAGES:
        major = re.fullmatch(r"openjdk-(\d+)-jre-headless", package.name)
        if major and int(major[1]) not in release.jdks:
            assert package.glob(release.codename) is None


@pytest.mark.parametrize("package", debian_packages.PACKAGES, ids=lambda row: row.name)
def test_a_pin_is_a_glob_and_not_an_exact_version(package: debian_packages.Package) -> None:
    for codename in CODENAMES:
        glob = package.glob(codename)
        assert glob is None or re.fullmatch(r"(\d+:)?[0-9u][0-9u.]*-?\*", glob)


def test_python_images_refer_to_known_series_and_releases() -> None:
    for row in python.IMAGES:
        assert row.series in SERIES
        assert row.debian in CODENAMES
        assert version.series(row.patch) == row.series
    for image in images.BASES:
        assert image.debian is None or image.debian in CODENAMES


def test_a_rebuilt_image_has_the_newest_patch() -> None:
    for row in python.IMAGES:
        known = python.by_series(row.series)
        assert known is not None
        assert (row.last_built is None) <= (row.patch == known.latest)


@pytest.mark.parametrize("row", hadoop_checksums.CHECKSUMS, ids=lambda row: f"{row.version} {row.variant}")
def test_a_checksum_belongs_to_a_tarball(row: hadoop_checksums.Checksum) -> None:
    assert re.fullmatch(r"[0-9a-f]{128}", row.sha512)
    release = hadoop.by_version(row.version)
    assert release is not None
    assert row.variant in release.variants
    assert release.url(variant=row.variant).endswith(release.tarball(row.variant))


def test_checksums_differ() -> None:
    assert len({row.sha512 for row in hadoop_checksums.CHECKSUMS}) == len(hadoop_checksums.CHECKSUMS)


def test_tables_are_in_order() -> None:
    for rows in (
        [row.version for row in hadoop.RELEASES],
        [row.version for row in mlflow.RELEASES],
        [row.minor for row in kubernetes.MINORS],
        [row.series for row in python.SERIES],
        [row.series for row in spark.SERIES],
        [str(row.number) for row in debian.RELEASES],
    ):
        assert rows == sorted(rows, key=version.parse)


def test_the_defaults_stand_in_their_tables() -> None:
    assert debian.by_codename(defaults.DEBIAN.value)
    image = python.image(defaults.PYTHON.value, defaults.DEBIAN.value)
    assert image is not None
    assert image.last_built is None
    release = mlflow.by_version(defaults.MLFLOW.value)
    assert release is not None
    assert release.installable
    assert release.version == defaults.MLFLOW.value
    assert database.by_version("mysql", defaults.MYSQL.value)
    assert database.by_version("mariadb", defaults.MARIADB.value)
    assert database.by_version("postgresql", defaults.POSTGRESQL.value)
    assert drivers.by_name(defaults.DRIVER.value)
    assert defaults.KUBERNETES.value in kubernetes.supported()
    assert spark.by_version(defaults.SPARK.value)


def test_the_defaults_work_together() -> None:
    major = int(defaults.JAVA.value)
    base = debian.by_codename(defaults.DEBIAN.value)
    client = hadoop.by_version(defaults.HADOOP.value)
    engine = spark.by_version(defaults.SPARK.value)
    driver = drivers.by_name(defaults.DRIVER.value)
    assert base is not None
    assert major in base.jdks
    assert base.support != "ended"
    assert client is not None
    assert major in client.java_client
    assert client.checksum()
    assert engine is not None
    assert major in engine.java
    assert driver is not None
    assert defaults.ENGINE.value in driver.engines
    assert mirrors.by_name(defaults.MIRROR.value) is None


@pytest.mark.parametrize("row", miniconda.INSTALLERS, ids=lambda row: row.name)
def test_an_installer_has_a_checksum_and_a_known_debian(row: miniconda.Installer) -> None:
    assert row.checksum() is not None
    for arch in ("x86_64", "aarch64"):
        assert re.fullmatch(r"[0-9a-f]{64}", row.checksum(arch) or "0" * 64)
    assert (row.image_tag is None) == (row.image_debian is None)
    assert row.image_debian is None or row.image_debian in CODENAMES
    assert row.python in SERIES
