"""Miniconda under the images, MLflow from its source tree, and Java for an old pyarrow."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from image_folders import Build

from mlkc.catalog import miniconda, mirrors, node

HADOLINT = Path(sys.executable).with_name("hadolint")
CLOUD = "https://mirror.example.com/anaconda"


def condarc(build: Build, **settings: Any) -> dict[str, Any]:
    """conda's configuration, read as conda reads it."""
    return dict(yaml.safe_load(build(**settings).files["images/server/.condarc"]))


def test_without_conda_there_is_no_trace_of_it(build: Build) -> None:
    files = build(mirrors="tuna").files
    assert not [path for path, text in files.items() if "conda" in path or "conda" in text]


def test_a_url_reaches_condarc_for_both_kinds_of_channel(build: Build) -> None:
    assert condarc(build, mirrors={"conda": CLOUD}, images={"conda": {"channel": "defaults"}}) == {
        "channels": ["defaults"],
        "show_channel_urls": True,
        "default_channels": [f"{CLOUD}/pkgs/main", f"{CLOUD}/pkgs/r"],
        "custom_channels": {"conda-forge": f"{CLOUD}/cloud"},
    }


@pytest.mark.parametrize("row", mirrors.MIRRORS, ids=lambda row: row.name)
def test_a_preset_reaches_condarc_as_far_as_it_serves_conda(build: Build, row: mirrors.Mirror) -> None:
    said = condarc(build, mirrors=row.name, images={"conda": {}})
    assert said["channels"] == ["conda-forge"]
    assert ("default_channels" in said) == (row.conda_pkgs is not None)
    assert said.get("custom_channels") == (row.conda_cloud and {"conda-forge": row.conda_cloud})


def test_no_mirror_is_left_in_the_image(build: Build) -> None:
    built = build(mirrors="tuna", images={"conda": {"base": "build"}})
    assert "source=.condarc,target=/root/.condarc" in built.stage("server", "packages")
    assert not re.search(r"COPY.*condarc", built.files["images/server/Dockerfile"])


def test_a_base_that_is_built_is_proved_and_starts_with_tini(build: Build) -> None:
    built = build(mirrors="tuna", images={"conda": {"base": "build", "installer": "py39_4.12.0"}})
    base = built.stage("server", "base")
    row = miniconda.by_name("py39_4.12.0")
    assert row is not None
    assert base.startswith("debian:bookworm-slim AS base")
    assert built.files["images/server/miniconda.sha256"] == f"{row.checksum()}  /tmp/miniconda.sh\n"
    assert "sha256sum --check /tmp/miniconda.sha256" in base
    assert base.index("mirrors.tuna") < base.index(miniconda.BASE)
    assert 'ENTRYPOINT ["tini", "--"]' in base
    assert 'ENTRYPOINT ["tini", "--", "mlflow-serve"]' in built.stage("server", "last")
    # Bare Debian has no certificates, which apt would need for https.
    assert "https" not in built.files["images/server/debian.sources"]


def test_the_debian_is_that_of_the_image_of_this_miniconda(build: Build) -> None:
    built = build(images={"conda": {"installer": "py38_4.9.2"}, "python": "3.8"})
    assert built.stage("server", "base").startswith("continuumio/miniconda3:4.9.2 AS base")
    assert built.builds[0].debian == "buster"


def test_conda_brings_the_compiled_driver_to_the_server_alone(build: Build) -> None:
    built = build(database={"driver": "mysqlclient"}, images={"conda": {"packages": ["mysqlclient=2.2.4"]}})
    assert "mysqlclient=2.2.4" in built.stage("server", "packages")
    assert "libmysqlclient" not in built.files["images/server/Dockerfile"]
    assert "mysqlclient" not in built.files["images/server/requirements.txt"]
    assert "mysqlclient" not in built.stage("client", "packages")


def test_a_pin_takes_the_place_of_the_series(build: Build) -> None:
    stage = build(images={"python": "3.11", "conda": {"packages": ["python=3.11.9"]}}).stage(
        "server", "packages"
    )
    assert re.findall(r"python=\S+", stage) == ["python=3.11.9"]


def test_the_wheel_of_the_tree_takes_the_place_of_the_index(build: Build) -> None:
    built = build(mlflow={"source": "folder", "version": "2.22.5"}, mirrors="tuna")
    assert built.stage("server", "ui").startswith(node.for_mlflow("2.22.5").image)
    assert "COPY --from=ui /build/build mlflow/server/js/build" in built.stage("server", "wheel")
    assert "from=wheel,source=/wheel,target=/wheel" in built.stage("server", "packages")
    assert "mlflow==" not in built.files["images/server/requirements.txt"]
    assert "mlflow==" not in built.files["images/server/constraints.txt"]
    assert "mlflow==2.22.5\n" in built.files["images/client/requirements.txt"]


@pytest.mark.parametrize(
    ("java", "pyarrow", "linked"), [(11, "0.15.1", True), (8, "0.15.1", False), (11, "0.16.0", False)]
)
def test_an_old_pyarrow_finds_java_where_java_8_was(
    build: Build, java: int, pyarrow: str, linked: bool
) -> None:
    images = {
        "debian": "buster",
        "python": "3.7",
        "java": java,
        "server": {"packages": [f"pyarrow=={pyarrow}"]},
    }
    built = build(images=images)
    assert ("/opt/java/lib/amd64/server" in built.stage("server", "last")) == linked
    assert "/opt/java/lib/amd64" not in built.stage("client", "last")
    assert f"pyarrow=={pyarrow}\n" in built.files["images/server/requirements.txt"]
    assert built.files["images/server/requirements.txt"].count("pyarrow") == 1


def test_hadolint_has_nothing_to_say(build: Build, tmp_path: Path) -> None:
    for number, (base, source, driver) in enumerate(
        (base, source, driver)
        for base in ("pull", "build")
        for source in ("index", "folder")
        for driver in ("pymysql", "mysqlclient")
    ):
        built = build(
            mlflow={"source": source}, database={"driver": driver}, images={"conda": {"base": base}}
        )
        assert not built.faults
        (tmp_path / f"{number}.Dockerfile").write_text(built.files["images/server/Dockerfile"])
    command = [HADOLINT, "--no-color", "--config", "/dev/null", *sorted(tmp_path.iterdir())]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")
