"""The images of the default, the minimal and a legacy spec, built for real and run as a pod runs them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from ruamel.yaml import YAML

from mlkc.app.compile import compile_spec

from .buildah import Image, inside
from .images import buildable, built, cost

pytestmark = pytest.mark.images

# Debian 9 can't be had, so the image made by hand stands on the oldest release that can, with its own Python and Java.
BULLSEYE: Final = {"base": "python:3.9-bullseye", "debian": "bullseye", "python": "3.9", "java": 11}
CASES: Final = [(spec, image) for spec in ("mlflow", "minimal") for image in ("server", "client")]
CASES.append(("legacy/python-stretch", "server"))
LEFTOVERS: Final = "/build /var/lib/apt/lists/* /opt/hadoop/share/hadoop/yarn"
CLASS_PATH: Final = "/etc/hadoop:/opt/hadoop/share/hadoop/common/"
TRIES: Final = {
    "server": (
        "mlflow --version; with-hadoop printenv CLASSPATH; java -version 2>&1; "
        "ls $JAVA_HOME/lib/server/libjvm.so; python -c 'import pyarrow; print(pyarrow.__version__)'",
        ("mlflow, version", CLASS_PATH, "openjdk version", "/opt/java/lib/server/libjvm.so"),
    ),
    "client": (
        "with-hadoop jupyter lab --version; python -c 'import mlflow, pyspark'; "
        "SPARK_LOCAL_HOSTNAME=localhost spark-submit --version 2>&1",
        ("Using Scala version",),
    ),
}
IMPORTED: Final = {"server": "mlflow.server", "client": "mlflow, pyspark.sql"}


class Built(NamedTuple):
    """An image, its name in the stack, and the folders that its pod may write to."""

    image: Image
    which: str
    writable: dict[str, str]


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    spec, which = request.param
    work = tmp_path_factory.mktemp("image")
    text = buildable(spec, **(BULLSEYE if spec.startswith("legacy/") else {}))
    (work / "spec.yaml").write_text(text, encoding="utf-8")
    assert not compile_spec(work / "spec.yaml", "spec.yaml", work / "out").failed
    image = built(f"{spec.replace('/', '-')}-{which}", work / "out/images" / which, work)
    return Built(image, which, writable(work / "out/base" / f"{which}-deployment.yaml"))


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
    took = cost(case.image)
    record_property("build_seconds", round(took.seconds))
    record_property("megabytes", round(took.megabytes))
    print(f"{took.seconds:.0f} s, {took.megabytes:.0f} MB")  # noqa: T201 - shown with -rP


def test_no_module_is_compiled_when_it_starts(case: Built) -> None:
    # Python says of each module that it "matches" its byte code, or which file it made a code object of.
    verbose = f"python -v -c 'import {IMPORTED[case.which]}' 2>&1"
    said = inside(
        case.image, f"{verbose} | grep -E ' matches |^# code object from .*[.]py$'", case.writable
    ).splitlines()
    assert [line for line in said if " matches " not in line] == []
    assert len(said) > 500


def test_nothing_of_an_earlier_stage_is_left(case: Built) -> None:
    assert inside(case.image, f"ls -d {LEFTOVERS} 2>/dev/null || true", case.writable) == ""
