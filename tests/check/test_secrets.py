"""A secret on its way out fails the compile, whichever way it takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace
from tampering import Stack

from mlkc.artifact.build import text_artifact
from mlkc.artifact.model import Artifact, ArtifactKind, OutputTree
from mlkc.artifact.render import render
from mlkc.artifact.yaml import dump
from mlkc.check.secrets import taint
from mlkc.check.secrets.taint import without_leak
from mlkc.diag import codes
from mlkc.diag.diagnostic import InOutput
from mlkc.plan.secret import Secret, SecretLeakError

SECRET = Secret("db-secrets", "MYSQL_PASSWORD")


def workload(**container: Any) -> dict[str, Any]:
    spec = {"template": {"spec": {"containers": [{"name": "mlflow", "image": "mlflow:3", **container}]}}}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "mlflow"}, "spec": spec}


def config(**parts: Any) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "conf"}, **parts}


OBJECT, KUSTOMIZATION = ArtifactKind.OBJECT, ArtifactKind.KUSTOMIZATION
WAYS: dict[str, tuple[Artifact, str]] = {
    "ConfigMap": (Artifact("base/c.yaml", OBJECT, config(data={"k": SECRET})), "ConfigMap conf"),
    "key of a ConfigMap": (Artifact("base/c.yaml", OBJECT, config(data={SECRET: "v"})), "ConfigMap conf"),
    "argument": (
        Artifact("base/d.yaml", OBJECT, workload(args=["--uri", SECRET])),
        "an argument of Deployment mlflow",
    ),
    "command": (
        Artifact("base/d.yaml", OBJECT, workload(command=[SECRET])),
        "a command of Deployment mlflow",
    ),
    "environment": (
        Artifact("base/d.yaml", OBJECT, workload(env=[{"name": "P", "value": SECRET}])),
        "an environment value of Deployment mlflow",
    ),
    "image": (
        Artifact("base/d.yaml", OBJECT, workload(image=SECRET)),
        "an image reference of Deployment mlflow",
    ),
    "label": (
        Artifact("base/c.yaml", OBJECT, config(metadata={"name": "conf", "labels": {"a": SECRET}})),
        "a label of ConfigMap conf",
    ),
    "annotation": (
        Artifact("base/c.yaml", OBJECT, config(metadata={"name": "conf", "annotations": {"a": SECRET}})),
        "an annotation of ConfigMap conf",
    ),
    "repr in an argument": (
        Artifact("base/d.yaml", OBJECT, workload(args=[f"--password={SECRET!r}"])),
        "an argument of Deployment mlflow",
    ),
    "Dockerfile": (
        Artifact("images/server/Dockerfile", ArtifactKind.DOCKERFILE, f"FROM a\nENV P={SECRET!r}\n"),
        "a Dockerfile, images/server/Dockerfile",
    ),
    "image file": (
        Artifact("images/server/pip.conf", ArtifactKind.TEXT, f"[global]\npassword = {SECRET!r}\n"),
        "a file of an image, images/server/pip.conf",
    ),
    "kustomization": (
        Artifact("base/kustomization.yaml", KUSTOMIZATION, {"configMapGenerator": [{"literals": [SECRET]}]}),
        "a kustomization, base/kustomization.yaml",
    ),
    "patch": (
        Artifact("base/p.yaml", ArtifactKind.JSON_PATCH, [{"op": "add", "path": "/a", "value": SECRET}]),
        "a patch, base/p.yaml",
    ),
    "other file": (Artifact("base/x.xml", ArtifactKind.XML, f"<x>{SECRET!r}</x>"), "a file, base/x.xml"),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_out_is_seen_and_named(way: str) -> None:
    artifact, named = WAYS[way]
    (finding,) = taint.RULE.find(OutputTree((artifact,), (), {}))
    assert finding.message == f"the secret db-secrets/MYSQL_PASSWORD would stand in {named}"


def test_a_leak_in_what_is_meant_is_seen_too() -> None:
    artifact = Artifact("c.yaml", OBJECT, config(data={"k": SECRET}))
    assert list(taint.RULE.find(OutputTree((), (), {"prod": (artifact,)})))


def test_a_reference_by_name_and_key_is_no_leak(good: Stack) -> None:
    assert "secretKeyRef" in dump(next(a.body for a in good.output.artifacts if "statefulset" in a.path))
    assert not list(taint.RULE.find(good.output))


def test_a_leak_fails_the_check_and_nothing_is_rendered(good: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_rendering(*_: object) -> None:
        raise AssertionError("a tainted tree was rendered")

    monkeypatch.setattr("mlkc.check.check.start_rendering", no_rendering)
    leak = Artifact("base/client-service.yaml", OBJECT, config(data={"k": SECRET}))
    files = tuple(leak if a.path == leak.path else a for a in good.output.artifacts)
    found = replace(good, output=replace(good.output, artifacts=files)).check()
    leaks = [diagnostic for diagnostic in found if diagnostic.code == codes.SECRET_IN_OUTPUT.code]
    assert [leak.primary.place for leak in leaks] == [InOutput("base/client-service.yaml", "/data/k")]


FORMATS: dict[str, Callable[[], object]] = {
    "str": lambda: str(SECRET),
    "f-string": lambda: f"mysql://root:{SECRET}@db",
    "format": lambda: "{}".format(SECRET),  # noqa: UP032
    "width": lambda: f"{SECRET:>20}",
    "percent": lambda: "password %s" % SECRET,  # noqa: UP031
    "print": lambda: print(SECRET),  # noqa: T201
    "YAML": lambda: dump({"a": SECRET}),
    "file": lambda: render(Artifact("base/c.yaml", OBJECT, config(data={"k": SECRET}))),
    "line of a file": lambda: text_artifact("images/x", ArtifactKind.TEXT, [f"password={SECRET}"], ()),
    "diagnostic": lambda: codes.SECRET_IN_OUTPUT.at(InOutput("x"), f"the password is {SECRET}"),
}


@pytest.mark.parametrize("way", FORMATS)
def test_a_secret_refuses_to_become_text(way: str) -> None:
    with pytest.raises(SecretLeakError):
        FORMATS[way]()
    outcome = without_leak(FORMATS[way])
    assert outcome.failed
    assert [diagnostic.code for diagnostic in outcome.diagnostics] == ["MK803"]


def test_a_log_line_does_not_hold_it(caplog: pytest.LogCaptureFixture) -> None:
    import logging  # noqa: PLC0415

    with pytest.raises(SecretLeakError):
        logging.getLogger("mlkc").error("connecting with %s", SECRET)
    assert SECRET.key not in "".join(record.msg for record in caplog.records)


def test_a_diff_of_two_bodies_does_not_hold_it() -> None:
    import difflib  # noqa: PLC0415

    with pytest.raises(SecretLeakError):
        list(difflib.unified_diff([dump({"a": "b"})], [dump({"a": SECRET})]))


def test_what_succeeds_is_handed_on_and_other_errors_pass() -> None:
    assert without_leak(lambda: 3).value == 3
    with pytest.raises(KeyError):
        without_leak(lambda: {}["x"])
