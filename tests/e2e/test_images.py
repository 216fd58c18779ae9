"""The images of the default and the minimal spec, built for real and run as a pod runs them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from ruamel.yaml import YAML

from mlkc.app.compile import compile_spec
from mlkc.artifact.yaml import dump

from .images import NEEDED, SERIES, Image, built, inside, remove

pytestmark = pytest.mark.images

SPECS: Final = Path(__file__).parents[2] / "specs"
CASES: Final = [(spec, image) for spec in ("minimal", "mlflow") for image in ("server", "client")]
LEFTOVERS: Final = "/build /var/lib/apt/lists/* /opt/hadoop/share/hadoop/yarn"
CLASS_PATH: Final = "/etc/hadoop:/opt/hadoop/share/hadoop/common/one.jar"
TRIES: Final = {
    "server": (
        "mlflow --version; with-hadoop printenv CLASSPATH; java -version 2>&1; ls $JAVA_HOME/lib/server/libjvm.so",
        ("mlflow, version", CLASS_PATH, "openjdk version", "/opt/java/lib/server/libjvm.so"),
    ),
    "client": (
        "with-hadoop jupyter lab --version; python -c 'import mlflow, pyspark'; "
        "SPARK_LOCAL_HOSTNAME=localhost spark-submit --version 2>&1",
        ("Using Scala version",),
    ),
}


class Built(NamedTuple):
    """An image, its name in the stack, and the folders that its pod may write to."""

    image: Image
    which: str
    writable: dict[str, str]


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    missing = [program for program in NEEDED if shutil.which(program) is None]
    assert not missing, f"apt-get install {' '.join(missing)}"
    assert os.geteuid() == 0, "buildah builds in a chroot here, which only root may do"
    spec, which = request.param
    work = tmp_path_factory.mktemp("image")
    out = compiled(spec, work)
    image = built(out / "images" / which, work / "build")
    yield Built(image, which, writable(out / "base" / f"{which}-deployment.yaml"))
    remove(image)


def compiled(name: str, work: Path) -> Path:
    """What a spec compiles to with this Python's series, and Hadoop in the build folder."""
    spec = YAML(typ="safe").load(SPECS / f"{name}.yaml")
    spec["images"] = {**spec.get("images", {}), "python": SERIES, "hadoop": {"source": "folder"}}
    (work / "spec.yaml").write_text(dump(spec), encoding="utf-8")
    assert not compile_spec(work / "spec.yaml", "spec.yaml", work / "out").failed
    (work / "build").mkdir()
    return work / "out"


def writable(deployment: Path) -> dict[str, str]:
    """The empty volumes of the pod, which anyone may write to, as emptyDir volumes are made."""
    pod: dict[str, Any] = YAML(typ="safe").load(deployment)["spec"]["template"]["spec"]
    empty = {volume["name"] for volume in pod["volumes"] if "emptyDir" in volume}
    mounts = pod["containers"][0]["volumeMounts"]
    return {mount["mountPath"]: "1777" for mount in mounts if mount["name"] in empty}


def test_it_runs_as_an_ordinary_user_who_writes_only_where_the_pod_lets_him(case: Built) -> None:
    assert case.image.user == "8888:8888"
    assert inside(case.image, "id -u; id -g", case.writable).split() == ["8888", "8888"]
    refused = "for place in /opt/x /etc/x /usr/local/bin/x; do ! touch $place 2>/dev/null; done; touch /tmp/x; ls /tmp"
    assert inside(case.image, refused, case.writable).split() == ["x"]
    mounts = inside(case.image, "grep ' / ' /proc/self/mounts", case.writable)
    assert mounts.split()[3].startswith("ro,"), mounts


def test_its_programs_run(case: Built, record_property: Callable[[str, object], None]) -> None:
    script, wanted = TRIES[case.which]
    out = inside(case.image, f"pip check; {script}", case.writable)
    for words in ("No broken requirements", *wanted):
        assert words in out
    record_property("build_seconds", round(case.image.seconds))
    record_property("megabytes", round(case.image.megabytes))
    print(f"{case.image.seconds:.0f} s, {case.image.megabytes:.0f} MB")  # noqa: T201 - shown with -rP


def test_nothing_of_an_earlier_stage_is_left(case: Built) -> None:
    assert inside(case.image, f"ls -d {LEFTOVERS} 2>/dev/null || true", case.writable) == ""
