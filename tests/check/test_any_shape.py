"""Whatever a patch makes of an object, the rules say what is wrong and never stumble."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tampering import Stack, stack

from mlkc.artifact.model import Artifact, ArtifactKind, OutputTree
from mlkc.check.kustomize.translation import RULE, Comparison
from mlkc.check.objects import object_set
from mlkc.check.place import place
from mlkc.check.rules import FILE_RULES, OBJECT_RULES
from mlkc.check.schemas.schemas import SchemaCheck
from mlkc.plan.plan import PatchPlan

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-1, 70000), st.floats(allow_nan=False), st.text(max_size=5)
)
KEYS = st.sampled_from(
    ["name", "spec", "metadata", "kind", "containers", "env", "a.b/c", "", "ports", "items"]
)
TREES = st.recursive(
    SCALARS, lambda t: st.lists(t, max_size=3) | st.dictionaries(KEYS, t, max_size=3), max_leaves=6
)
STACK: Stack = stack()
BODIES = [artifact.body for artifact in STACK.output.intended["prod"]]


def pointers(node: Any, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield above
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield from pointers(value, (*above, key))


PLACES = [(index, pointer) for index, body in enumerate(BODIES) for pointer in pointers(body) if pointer]


def tampered(changes: list[tuple[tuple[int, tuple[str | int, ...]], Any]]) -> list[Any]:
    bodies = copy.deepcopy(BODIES)
    for (index, pointer), value in changes:
        node = bodies[index]
        try:
            for step in pointer[:-1]:
                node = node[step]
            # An earlier change may have made a mapping of a list; its keys are texts, as a spec's are (MK021).
            if isinstance(node, dict) == isinstance(pointer[-1], str):
                node[pointer[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took the place away
    return bodies


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example([((0, ("apiVersion",)), "\n")])
@given(st.lists(st.tuples(st.sampled_from(PLACES), TREES), min_size=1, max_size=4))
def test_objects_of_any_shape(changes: list[Any]) -> None:
    artifacts = tuple(Artifact("base/x.yaml", ArtifactKind.OBJECT, body) for body in tampered(changes))
    findings = [finding for _, finding in SCHEMAS.failures(artifacts, "1.36")]
    for rule in OBJECT_RULES:
        findings += rule.find(object_set("mlflow", artifacts, ()))
    meant = STACK.output.intended["prod"]
    findings += RULE.find(Comparison("overlays/prod", artifacts, meant, (), frozenset()))
    for finding in findings:
        assert "\n" not in finding.message
        place(STACK.plan, finding, PATCHES)


SCHEMAS = SchemaCheck()
PATCHES = (
    PatchPlan(
        ("patches", 0), "Deployment", "mlflow", {"spec": {"template": [{"name": "a"}, 3], "x": None}}, ()
    ),
    PatchPlan(
        ("patches", 1), "Deployment", "mlflow", None, ({"op": "add", "path": "/spec/replicas"}, {"path": 3})
    ),
)
FILES = [artifact for artifact in STACK.output.artifacts if artifact.path.startswith(("base/", "overlays/"))]
FILE_PLACES = [
    (index, p) for index, a in enumerate(FILES) if isinstance(a.body, dict) for p in pointers(a.body) if p
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(FILE_PLACES), TREES)
def test_files_of_any_shape(where: tuple[int, tuple[str | int, ...]], value: Any) -> None:
    index, pointer = where
    body = copy.deepcopy(FILES[index].body)
    node = body
    for step in pointer[:-1]:
        node = node[step]
    node[pointer[-1]] = value
    changed = Artifact(FILES[index].path, FILES[index].kind, body)
    files = (*FILES[:index], changed, *FILES[index + 1 :])
    for rule in FILE_RULES:
        for finding in rule.find(OutputTree(files, STACK.output.secrets, STACK.output.intended)):
            place(STACK.plan, finding)
