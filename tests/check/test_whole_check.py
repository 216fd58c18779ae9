"""The whole check on a stack made by the real stages, sound and tampered with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace
from tampering import SPEC, Stack

from mlkc.artifact.model import Artifact, ArtifactKind
from mlkc.diag.diagnostic import Diagnostic, InOutput, InSpec

SERVER = "base/server-deployment.yaml"
MakeStack = Callable[[str], Stack]


def set_in(*pointer: str | int, value: Any) -> Callable[[Any], Any]:
    """Returns a function that sets (or with `...` deletes) a part of a copy of a body."""

    def change(node: Any, path: tuple[str | int, ...] = pointer) -> Any:
        step, rest = path[0], path[1:]
        copy = dict(node) if isinstance(node, dict) else list(node)
        if rest:
            copy[step] = change(copy[step], rest)
        elif value is ...:
            del copy[step]
        else:
            copy[step] = value
        return copy

    return change


def patch(kind: str, name: str, **change: Any) -> str:
    """Writes a patch for all environments after the spec; JSON is YAML."""
    import json  # noqa: PLC0415

    return "patches:\n  - " + json.dumps({"target": {"kind": kind, "name": name}, **change}) + "\n"


def only(found: tuple[Diagnostic, ...]) -> Diagnostic:
    assert len(found) == 1, [(diagnostic.code, diagnostic.message) for diagnostic in found]
    return found[0]


POD = ("spec", "template", "spec")
MAIN = (*POD, "containers", 0)


def test_a_sound_stack_has_nothing_to_say(good: Stack) -> None:
    assert good.check() == ()


@pytest.mark.parametrize(("minor", "codes"), [("1.25", ["MK330"]), ("1.37", [])])
def test_a_sound_stack_is_sound_on_the_oldest_and_the_newest_kubernetes(
    a_stack: MakeStack, minor: str, codes: list[str]
) -> None:
    found = a_stack(f'kubernetes: {{version: "{minor}"}}\n').check()
    assert [fault.code for fault in found] == codes, "nothing but that the oldest has had its last patch"


def test_an_object_of_an_overlay_is_held_to_the_kubernetes_of_its_environment(a_stack: MakeStack) -> None:
    """1.25, the base's, does not know a field that the disruption budget has on 1.29."""
    prod = '      maxUnavailable: 1\n    kubernetes: {version: "1.29"}\n'
    found = a_stack(f'{prod}kubernetes: {{version: "1.25"}}\n').check()
    assert [fault.code for fault in found] == ["MK330", "MK330"]


TAMPERED: dict[str, tuple[str, Callable[[Any], Any], str]] = {
    "unknown field": (SERVER, set_in(*MAIN, "imagePullPolic", value="Always"), "MK402"),
    "missing field": (SERVER, set_in(*MAIN, "name", value=...), "MK403"),
    "wrong type": (SERVER, set_in("spec", "replicas", value="1"), "MK404"),
    "dead API": (SERVER, set_in("apiVersion", value="extensions/v1beta1"), "MK401"),
    "object name": ("base/namespace.yaml", set_in("metadata", "name", value="ml_flow"), "MK410"),
    "label": (SERVER, set_in("metadata", "labels", "a", value="x" * 64), "MK411"),
    "port": ("base/server-service.yaml", set_in("spec", "ports", 0, "port", value=0), "MK412"),
    "quantity": (SERVER, set_in(*MAIN, "resources", "limits", "memory", value="2GiB"), "MK413"),
    "variable": (SERVER, set_in(*MAIN, "env", 1, "name", value="DB HOST"), "MK414"),
    "host alias": (SERVER, set_in(*POD, "hostAliases", 0, "ip", value="192.168.10"), "MK415"),
    "request": (SERVER, set_in(*MAIN, "resources", "requests", "memory", value="3Gi"), "MK416"),
    "selector": ("base/server-service.yaml", set_in("spec", "selector", "a", value="b"), "MK420"),
    "target port": (
        "base/server-service.yaml",
        set_in("spec", "ports", 0, "targetPort", value="htp"),
        "MK421",
    ),
    "secret key": (
        SERVER,
        set_in(*MAIN, "env", 5, "valueFrom", "secretKeyRef", "key", value="PASS"),
        "MK423",
    ),
    "config map": (SERVER, set_in(*POD, "volumes", 0, "configMap", "name", value="hadoop"), "MK424"),
    "volume": (SERVER, set_in(*MAIN, "volumeMounts", 1, "name", value="temp"), "MK426"),
    "service account": (SERVER, set_in(*POD, "serviceAccountName", value="mlflow"), "MK427"),
    "probe port": (SERVER, set_in(*MAIN, "livenessProbe", "httpGet", "port", value="web"), "MK428"),
    "choice": (SERVER, set_in(*MAIN, "imagePullPolicy", value="always"), "MK417"),
    "contradiction": (SERVER, set_in(*POD, "volumes", 1, "hostPath", value={"path": "/x"}), "MK418"),
    "late variable": (SERVER, set_in(*MAIN, "env", 0, "value", value="$(DB_HOST)"), "MK429"),
    "duplicate entry": (SERVER, set_in(*MAIN, "env", 1, "name", value="DB_SCHEME"), "MK430"),
}


@pytest.mark.parametrize("case", TAMPERED)
def test_a_fault_in_every_environment_is_reported_once(good: Stack, case: str) -> None:
    path, change, code = TAMPERED[case]
    codes = good.change(path, change).codes()
    assert codes.count(code) == 1, codes


def test_a_broken_reference_points_at_the_setting_and_shows_the_output(good: Stack) -> None:
    change = set_in(*POD, "hostAliases", 0, "ip", value="192.168.10")
    found = only(good.change(SERVER, change).check())
    assert found.primary.place == InSpec(("hdfs", "nodes", 0))
    assert found.related[0].place == InOutput(SERVER, "/spec/template/spec/hostAliases/0/ip")


def test_what_an_environment_overrides_is_reported_there(a_stack: MakeStack) -> None:
    given = a_stack("  test:\n    server:\n      resources: {requests: {memory: 512Mi}}\n")
    change = set_in(*MAIN, "resources", "requests", "memory", value="512MiB")
    tampered = given.change("overlays/test/patches/server-deployment.yaml", change)
    meant = tuple(
        replace(artifact, body=change(artifact.body))
        if artifact.path == "server-deployment.yaml"
        else artifact
        for artifact in given.output.intended["test"]
    )
    intended = {**given.output.intended, "test": meant}
    found = only(replace(tampered, output=replace(tampered.output, intended=intended)).check())
    path = ("environments", "test", "server", "resources", "requests", "memory")
    assert (found.code, found.primary.place) == ("MK413", InSpec(path))
    assert found.help == "did you mean `512Mi`?"


def test_a_difference_between_an_overlay_and_the_plan_is_a_bug_with_a_pointer(good: Stack) -> None:
    change = set_in("images", 0, "newTag", value="other")
    files = tuple(
        replace(a, body=change(a.body)) if a.path == "overlays/dev/kustomization.yaml" else a
        for a in good.output.artifacts
    )
    found = replace(good, output=replace(good.output, artifacts=files)).check()
    assert {diagnostic.code for diagnostic in found} == {"MK508"}
    assert any(
        "overlays/dev: Deployment mlflow: spec.template.spec.containers[0].image" in d.message for d in found
    )


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"merge": {"spec": {"replcas": 2}}}, ("merge", "spec", "replcas"), "MK402"),
        ({"json": [{"op": "add", "path": "/spec/replicas", "value": "2"}]}, ("json", 0), "MK404"),
        (
            {"merge": {"spec": {"template": {"spec": {"containers": [{"name": "mlflow", "image": 3}]}}}}},
            ("merge", "spec", "template", "spec", "containers", 0, "image"),
            "MK404",
        ),
        (
            {"merge": {"spec": {"template": {"spec": {"serviceAccountName": "mlflow"}}}}},
            ("merge", "spec", "template", "spec", "serviceAccountName"),
            "MK427",
        ),
    ],
)
def test_a_fault_of_a_patch_points_into_the_patch(
    a_stack: MakeStack, change: dict[str, Any], path: tuple[str | int, ...], code: str
) -> None:
    found = only(a_stack(patch("Deployment", "mlflow", **change)).check())
    assert (found.code, found.primary.place) == (code, InSpec(("patches", 0, *path)))


def test_a_sound_patch_passes(a_stack: MakeStack) -> None:
    assert a_stack(patch("Deployment", "mlflow", merge={"spec": {"revisionHistoryLimit": 2}})).check() == ()


def test_a_patch_that_renames_an_object_is_no_bug_of_the_compiler(a_stack: MakeStack) -> None:
    name = [{"op": "replace", "path": "/metadata/name", "value": "notebook"}]
    assert a_stack(patch("Service", "mlflow-client", json=name)).check() == ()


def test_a_patch_that_breaks_another_object_is_to_blame(a_stack: MakeStack) -> None:
    ports = [{"op": "replace", "path": "/spec/template/spec/containers/0/ports/0/name", "value": "web"}]
    found = a_stack(patch("Deployment", "mlflow-client", json=ports)).check()
    services = [diagnostic for diagnostic in found if diagnostic.message.startswith("Service mlflow-client")]
    assert [(d.code, d.primary.place) for d in services] == [("MK421", InSpec(("patches", 0)))]


def test_a_patch_whose_metadata_is_no_mapping_is_refused(a_stack: MakeStack) -> None:
    found = a_stack(patch("Deployment", "mlflow", merge={"metadata": "x"})).check()
    assert [(d.code, d.primary.place) for d in found] == [("MK504", InSpec(("patches", 0)))]


def test_a_patch_may_take_an_object_out(a_stack: MakeStack) -> None:
    assert a_stack(patch("Service", "mlflow-client", merge={"$patch": "delete"})).check() == ()


def test_a_patch_without_a_target_is_an_error_with_the_nearest_name(a_stack: MakeStack) -> None:
    found = only(a_stack(patch("Deployment", "mlfow", merge={"spec": {"paused": True}})).check())
    assert (found.code, found.primary.place) == ("MK503", InSpec(("patches", 0)))
    assert found.help == "did you mean `mlflow`?"


def test_each_patch_that_does_not_fit_is_named_in_one_run(a_stack: MakeStack) -> None:
    remove = "{{target: {{kind: Deployment, name: {}}}, json: [{{op: remove, path: {}}}]}}"
    rows = [("mlflow", "/spec/nothing"), ("mlflow", "/spec/strategy"), ("mlflow-client", "/spec/nothing")]
    found = a_stack("patches:\n" + "".join(f"  - {remove.format(*row)}\n" for row in rows)).check()
    assert {(d.code, d.primary.place) for d in found} == {
        ("MK501", InSpec(("patches", 0))),
        ("MK501", InSpec(("patches", 2))),
    }


def test_a_patch_of_one_environment_is_checked_in_that_one(a_stack: MakeStack) -> None:
    more = "  test:\n    patches:\n      - {target: {kind: Service, name: mlflow}, merge: {spec: {typ: NodePort}}}\n"
    found = only(a_stack(more).check())
    assert (found.code, found.primary.place) == (
        "MK402",
        InSpec(("environments", "test", "patches", 0, "merge", "spec", "typ")),
    )


def test_an_unlisted_file_and_a_missing_one_are_one_report(good: Stack) -> None:
    extra = Artifact("base/extra.yaml", ArtifactKind.OBJECT, {"apiVersion": "v1", "kind": "ConfigMap"})
    files = tuple(a for a in good.output.artifacts if a.path != "base/server-service.yaml")
    found = replace(good, output=replace(good.output, artifacts=(*files, extra))).codes()
    # Kustomize fails on the missing file too, which is said already.
    assert found.count("MK505") == 2
    assert "MK501" not in found


def test_without_kubectl_the_rest_is_checked_all_the_same(
    good: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLKC_KUBECTL", "/nowhere/kubectl")
    broken = good.change(SERVER, set_in("spec", "replicas", value="1"))
    assert sorted(broken.codes()) == ["MK404", "MK901"]


def test_the_check_changes_nothing(good: Stack) -> None:
    before = repr(good.output)
    good.check()
    assert repr(good.output) == before


def test_the_spec_of_these_tests_has_two_environments(good: Stack) -> None:
    assert SPEC.count("  dev:") == 1
    assert [environment.name for environment in good.plan.environments] == ["dev", "prod"]
