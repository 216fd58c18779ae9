"""Objects against the schemas of a Kubernetes version."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mlkc.artifact.model import Artifact, ArtifactKind
from mlkc.check.model import Finding
from mlkc.check.schemas import definitions as module
from mlkc.check.schemas.definitions import Definitions
from mlkc.check.schemas.schemas import SchemaCheck
from mlkc.check.schemas.store import SchemaStore

MINORS = [f"1.{minor}" for minor in range(25, 38)]


def failures(body: Any, minor: str = "1.36", schemas: SchemaCheck | None = None) -> list[tuple[str, Finding]]:
    artifact = Artifact("base/x.yaml", ArtifactKind.OBJECT, body)
    return [
        (rule.code.code, finding) for rule, finding in (schemas or SchemaCheck()).failures([artifact], minor)
    ]


def pod(**container: Any) -> dict[str, Any]:
    spec = {"containers": [{"name": "a", "image": "b", **container}]}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": spec}


def test_every_fault_of_an_object_is_found_with_its_place() -> None:
    body = pod(imagePullPolic="Always", ports=[{"containerPort": "80"}], env=[{"value": 3}])
    found = {(code, finding.pointer, finding.message.partition(": ")[2]) for code, finding in failures(body)}
    main = ("spec", "containers", 0)
    assert found == {
        ("MK402", (*main, "imagePullPolic"), "no field spec.containers[0].imagePullPolic in Kubernetes 1.36"),
        (
            "MK404",
            (*main, "ports", 0, "containerPort"),
            'spec.containers[0].ports[0].containerPort is "80", not a whole number',
        ),
        ("MK404", (*main, "env", 0, "value"), "spec.containers[0].env[0].value is 3, not a text"),
        ("MK403", (*main, "env", 0), "the field spec.containers[0].env[0].name is missing"),
    }


@pytest.mark.parametrize(
    ("container", "help_"),
    [
        ({"imagePullPolic": "Always"}, "did you mean `imagePullPolicy`?"),
        ({"ports": [{"containerPort": "80"}]}, "write it without quotes: 80"),
        ({"env": [{"name": "A", "value": True}]}, 'put it in quotes: "true"'),
        ({"resources": {"limits": {"memory": []}}}, "write a text or a number"),
    ],
)
def test_help_says_what_to_write(container: dict[str, Any], help_: str) -> None:
    ((_, finding),) = failures(pod(**container))
    assert finding.help == help_


def test_a_field_is_known_from_its_first_version_on() -> None:
    body = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "p"},
        "spec": {"containers": [], "resources": {}},
    }
    assert [code for code, _ in failures(body, "1.25")] == ["MK402"]
    assert failures(body, "1.36") == []


@pytest.mark.parametrize(
    ("api_version", "kind", "minor", "help_", "label"),
    [
        ("extensions/v1beta1", "Deployment", "1.36", "write apiVersion apps/v1", "it is gone since 1.16"),
        (
            "policy/v1beta1",
            "PodSecurityPolicy",
            "1.36",
            "nothing replaces it: leave it out",
            "it is gone since 1.25",
        ),
        ("apps/v1", "Service", "1.36", "this version serves Service as v1", ""),
        ("v1", "Deployment", "1.25", "this version serves Deployment as apps/v1", ""),
        (
            "apps/v1",
            "Deploymnet",
            "1.36",
            "did you mean the kind that is spelled `deployment` in lower case?",
            "",
        ),
        (
            "apps/v1",
            "deployment",
            "1.36",
            "did you mean the kind that is spelled `deployment` in lower case?",
            "",
        ),
        ("apps.example.com/v1", "Deployment", "1.36", "this version serves Deployment as apps/v1", ""),
        ("monitoring.coreos.com/v1", "Wxyzzy", "1.36", "only built-in kinds can be checked", ""),
    ],
)
def test_an_api_that_is_not_served_is_an_error_with_a_way_out(
    api_version: str, kind: str, minor: str, help_: str, label: str
) -> None:
    ((code, finding),) = failures({"apiVersion": api_version, "kind": kind, "metadata": {"name": "x"}}, minor)
    assert code == "MK401"
    assert finding.help is not None
    assert finding.help.startswith(help_)
    assert finding.label == label


@pytest.mark.parametrize(
    "body", [{}, {"kind": "Pod"}, {"apiVersion": "v1"}, {"apiVersion": 1, "kind": [], "metadata": 3}]
)
def test_something_that_is_no_object_is_said_to_be_none(body: Any) -> None:
    assert [code for code, _ in failures(body)] == ["MK401"]


@pytest.mark.parametrize("kind", ["../deployment", "a/b", "", "De ployment", "DEPLOYMENT"])
def test_a_kind_cannot_reach_other_files(kind: str) -> None:
    assert not SchemaStore("1.36").serves("apps/v1", kind)


def test_a_version_without_schemas_is_a_broken_machine() -> None:
    with pytest.raises(FileNotFoundError, match=r"1\.99"):
        SchemaStore("1.99")


@pytest.mark.parametrize("minor", MINORS)
def test_every_version_serves_what_a_stack_needs(minor: str) -> None:
    store = SchemaStore(minor)
    for api_version, kind in [
        ("apps/v1", "Deployment"),
        ("networking.k8s.io/v1", "Ingress"),
        ("policy/v1", "PodDisruptionBudget"),
    ]:
        assert store.serves(api_version, kind), kind
    assert failures(pod(), minor) == []
    assert failures(pod(x=1), minor)


@pytest.mark.parametrize("minor", [MINORS[0], MINORS[-1]])
def test_the_cut_definitions_are_those_of_the_file(minor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder: Path = SchemaStore(minor).folder
    content, schema = (
        (folder / "_definitions.json").read_bytes(),
        (folder / "deployment-apps-v1.json").read_bytes(),
    )
    whole = json.loads(content)
    cut = Definitions(content)
    needed = cut.needed([schema])
    assert cut.identity == whole["$id"]
    assert 50 < len(needed) < len(whole["$defs"])
    assert all(whole["$defs"][name] == definition for name, definition in needed.items())
    # A file of another layout is read whole.
    other = Definitions(json.dumps(whole).encode())
    assert (other.needed([schema]), other.identity) == (whole["$defs"], whole["$id"])
    monkeypatch.setattr(module, "_END", b"no such end")
    assert Definitions(content).needed([schema]) == whole["$defs"]


def test_a_sound_object_is_validated_once_and_a_broken_one_is_not_forgotten() -> None:
    schemas = SchemaCheck()
    assert failures(pod(), schemas=schemas) == failures(pod(), schemas=schemas) == []
    assert len(failures(pod(x=1), schemas=schemas)) == len(failures(pod(x=1), schemas=schemas)) == 1


def test_the_engine_agrees_with_kubernetes_validate() -> None:
    import kubernetes_validate  # noqa: PLC0415

    for body in (pod(), pod(x=1), pod(image=2), pod(ports=[{}]), pod(resources={"limits": {"cpu": 1.5}})):
        try:
            kubernetes_validate.validate(body, "1.36", strict=True)
            sound = True
        except kubernetes_validate.ValidationError:
            sound = False
        assert (failures(body) == []) is sound, body


@pytest.mark.parametrize("minor", [MINORS[0], MINORS[-1]])
def test_kinds_of_operators_are_checked_as_strictly(minor: str) -> None:
    spec = {
        "secretStoreRef": {"name": "vault", "kind": "Store"},
        "target": {"creationPolice": "Owner"},
        "data": [{"secretKey": "A", "remoteRef": {}}],
    }
    body = {
        "apiVersion": "external-secrets.io/v1",
        "kind": "ExternalSecret",
        "metadata": {"name": "x"},
        "spec": spec,
    }
    assert sorted((code, finding.pointer) for code, finding in failures(body, minor)) == [
        ("MK402", ("spec", "target", "creationPolice")),
        ("MK403", ("spec", "data", 0, "remoteRef")),
        ("MK404", ("spec", "secretStoreRef", "kind")),
    ]
    (old,) = failures({**body, "apiVersion": "external-secrets.io/v1beta1"}, minor)
    assert old[1].help == "this version serves ExternalSecret as external-secrets.io/v1"
