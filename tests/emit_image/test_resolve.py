"""What the spec's words about images resolve to, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from image_folders import Build

from mlkc.catalog import debian, mirrors


@pytest.mark.parametrize(
    ("settings", "code", "path"),
    [
        ({"mirrors": "tunna"}, "MK203", "mirrors"),
        ({"mirrors": "https://mirror.example.com"}, "MK203", "mirrors"),
        ({"mirrors": {"pip": "tunna"}}, "MK203", "mirrors.pip"),
        ({"mirrors": {"apt": "foo\nbar"}}, "MK203", "mirrors.apt"),
        ({"mirrors": {"conda": "huawei"}}, "MK220", "mirrors.conda"),
        (
            {
                "mirrors": {"apt": "tuna"},
                "images": {"debian": "buster", "python": "3.9", "hadoop": {"source": "folder"}},
            },
            "MK220",
            "mirrors.apt",
        ),
        ({"images": {"debian": "bokworm"}}, "MK204", "images.debian"),
        ({"images": {"python": "3.2"}}, "MK204", "images.python"),
        ({"images": {"java": 12}}, "MK204", "images.java"),
        ({"images": {"spark": "3.9.9"}}, "MK204", "images.spark"),
        ({"mlflow": {"version": "2.99"}}, "MK204", "mlflow.version"),
        ({"images": {"hadoop": {"version": "3.4.77"}}}, "MK221", "images.hadoop.version"),
        ({"images": {"debian": "bullseye", "python": "3.14"}}, "MK222", "images.python"),
        ({"images": {"server": {"packages": ["MLflow==3.0.0"]}}}, "MK223", "images.server.packages.0"),
        ({"images": {"client": {"packages": ["a-b==1", "A.b==2"]}}}, "MK223", "images.client.packages.1"),
        (
            {"images": {"debian": "stretch"}, "mirrors": {"apt": "https://mirror.example.com/debian"}},
            "MK224",
            "mirrors.apt",
        ),
        ({"mlflow": {"version": "99.0"}}, "MK225", "mlflow.version"),
    ],
)
def test_what_does_not_resolve_is_reported_where_it_stands(
    build: Build, settings: dict[str, Any], code: str, path: str
) -> None:
    built = build(**settings)
    assert (code, path) in built.codes()
    assert all(fault.help for fault in built.faults)


def test_a_misspelled_name_comes_with_the_fix(build: Build) -> None:
    (fault,) = build(mirrors={"pip": "tunna"}).faults
    assert fault.help == "did you mean `tuna`?"
    assert [(fix.path, fix.value) for fix in fault.fixes] == [(("mirrors", "pip"), "tuna")]


@pytest.mark.parametrize("preset", mirrors.names())
def test_a_preset_for_all_kinds_serves_what_it_has_and_leaves_the_rest_public(
    build: Build, preset: str
) -> None:
    built = build(mirrors=preset)
    assert not built.faults
    row = mirrors.by_name(preset)
    assert row is not None
    assert f"index-url = {row.pip}\n" in built.files["images/server/pip.conf"]
    assert f"URIs: {row.apt}\n" in built.files["images/server/debian.sources"]
    urls = built.builds[0].hadoop.urls
    assert [url.startswith(row.apache) for url in urls] == [True, False] if row.apache else len(urls) >= 1


def test_without_a_mirror_nothing_of_one_is_written(build: Build) -> None:
    built = build()
    names = {path.rpartition("/")[2] for path in built.files}
    assert not names & {"pip.conf", "debian.sources", "sources.list"}
    assert "/etc/apt/sources" not in built.files["images/server/Dockerfile"]


def test_an_archived_release_comes_from_the_archive(build: Build) -> None:
    built = build(images={"debian": "buster", "python": "3.9", "java": 11})
    release = debian.by_codename("buster")
    assert release is not None
    assert release.main_url in built.files["images/server/sources.list"]
    assert "check-valid-until=no" in built.files["images/server/sources.list"]


def test_security_updates_are_expected_beside_a_mirror_of_the_users(build: Build) -> None:
    sources = build(mirrors={"apt": "https://mirror.example.com/debian/"}).files[
        "images/server/debian.sources"
    ]
    assert "URIs: https://mirror.example.com/debian\n" in sources
    assert "URIs: https://mirror.example.com/debian-security\n" in sources


def test_java_is_installed_where_debian_has_it_and_copied_where_not(build: Build) -> None:
    installed = build(images={"java": 17, "debian": "bookworm"})
    assert "openjdk-17-jre-headless=17.*" in installed.stage("server", "last")
    copied = build(images={"java": 21, "debian": "bookworm"})
    assert "openjdk-" not in copied.stage("server", "last")
    assert "COPY --from=java /opt/java/openjdk /opt/java" in copied.stage("server", "last")


def test_a_hadoop_that_mlkc_does_not_know_needs_a_checksum_or_the_folder(build: Build) -> None:
    assert not build(images={"hadoop": {"version": "9.9.9", "sha512": "0" * 128}}).faults
    folder = build(images={"hadoop": {"version": "9.9.9", "source": "folder"}})
    assert not folder.faults
    assert "source=hadoop-9.9.9.tar.gz" in folder.stage("server", "hadoop")
    assert "sha512sum" not in folder.stage("server", "hadoop")


def test_an_old_python_gets_an_mlflow_that_runs_on_it(build: Build) -> None:
    built = build(images={"python": "3.9", "debian": "bookworm"})
    assert not built.faults
    assert built.builds[0].mlflow.startswith("3.1.")


def test_the_client_has_no_database_driver_and_the_server_no_notebook(build: Build) -> None:
    files = build().files
    assert "pymysql==" in files["images/server/requirements.txt"]
    assert "pymysql" not in files["images/client/requirements.txt"] + files["images/client/constraints.txt"]
    assert "jupyter" not in files["images/server/requirements.txt"] + files["images/server/constraints.txt"]


def test_a_client_in_one_environment_is_enough_for_its_image(build: Build) -> None:
    assert [made.name for made in build(client={"enabled": False}).builds] == ["server"]
    some = build(client={"enabled": False}, environments={"dev": {"client": {"enabled": True}}, "prod": None})
    assert [made.name for made in some.builds] == ["server", "client"]


def test_a_package_of_the_users_replaces_the_pin_that_mlkc_has(build: Build) -> None:
    files = build(images={"server": {"packages": ["Pandas==2.2.3"]}}).files
    assert "Pandas==2.2.3\n" in files["images/server/requirements.txt"]
    assert "pandas==" not in files["images/server/constraints.txt"]
    assert "pandas==" in files["images/client/constraints.txt"]


def test_an_mlflow_that_does_not_require_pyarrow_gets_it_for_hdfs(build: Build) -> None:
    old = build(images={"python": "3.7", "debian": "buster"})
    assert "pyarrow==12.0.1\n" in old.files["images/server/requirements.txt"]
    assert "pyarrow==12.0.1\n" in old.files["images/client/requirements.txt"]
    assert "pyarrow" not in build().files["images/server/requirements.txt"]


def test_a_compiled_driver_brings_its_library_to_the_server_alone(build: Build) -> None:
    built = build(database={"driver": "mysqlclient"})
    assert "default-libmysqlclient-dev=" in built.stage("server", "packages")
    assert "libmariadb3=" in built.stage("server", "last")
    assert "pymysql" not in built.files["images/server/requirements.txt"]
    assert "mysql" not in built.files["images/client/Dockerfile"]


@pytest.mark.parametrize(("java", "found"), [(17, "openjdk-17-jdk=17.*"), (21, "-jdk-")])
def test_a_development_kit_comes_the_way_that_java_does(build: Build, java: int, found: str) -> None:
    text = build(images={"java": java, "jdk": True}).files["images/server/Dockerfile"]
    assert found in text
    assert "-jre-" not in text
    assert ("/usr/bin/javac" in text) == (java == 17)
