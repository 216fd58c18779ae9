"""The comparison of what an overlay renders with what the plan means."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from tampering import Stack

from mlkc.artifact.model import Artifact, ArtifactKind
from mlkc.check.kustomize import translation
from mlkc.check.kustomize.documents import Documents
from mlkc.check.kustomize.translation import RULE, Comparison
from mlkc.check.objects import Generated
from mlkc.emit.difference import MERGE_KEYS


def config(data: Any, **metadata: Any) -> Artifact:
    body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", **metadata}, "data": data}
    return Artifact("base/a.yaml", ArtifactKind.OBJECT, body)


def pod(**spec: Any) -> Artifact:
    return Artifact(
        "base/p.yaml", ArtifactKind.OBJECT, {"kind": "Pod", "metadata": {"name": "p"}, "spec": spec}
    )


def differences(
    rendered: tuple[Artifact, ...],
    intended: tuple[Artifact, ...],
    generated: tuple[Generated, ...] = (),
    patched: frozenset[tuple[str, str]] = frozenset(),
) -> list[str]:
    return [f.message for f in RULE.find(Comparison("overlays/x", rendered, intended, generated, patched))]


@pytest.mark.parametrize(
    ("mine", "theirs"), [(1, True), ("1", 1), (1, 1.0), ("", None), ([], {}), ("a", "b")]
)
def test_values_of_another_type_are_different(mine: Any, theirs: Any) -> None:
    (message,) = differences((pod(x=theirs),), (pod(x=mine),))
    assert message.startswith("overlays/x: Pod p: spec.x is ")


def test_keyed_lists_may_come_in_another_order() -> None:
    env = [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]
    one = [{"name": "c", "env": env, "volumeMounts": [{"mountPath": "/a"}, {"mountPath": "/b"}]}]
    two = [{"name": "c", "env": env[::-1], "volumeMounts": [{"mountPath": "/b"}, {"mountPath": "/a"}]}]
    assert differences((pod(containers=two),), (pod(containers=one),)) == []


def test_other_lists_may_not() -> None:
    assert len(differences((pod(args=["a", "b"]),), (pod(args=["b", "a"]),))) == 2


def test_a_keyed_list_with_a_repeated_key_is_compared_in_order() -> None:
    one, two = {"name": "A", "value": "1"}, {"name": "A", "value": "2"}
    assert differences((pod(env=[one, two]),), (pod(env=[two, one]),))


def test_a_difference_in_a_keyed_list_points_at_the_entry_of_the_plan() -> None:
    mine = [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]
    theirs = [{"name": "B", "value": "3"}, {"name": "A", "value": "1"}]
    (message,) = differences((pod(env=theirs),), (pod(env=mine),))
    assert 'spec.env[1].value is "3", the plan says "2"' in message


def test_missing_and_extra_objects_are_reported() -> None:
    (lost,) = differences((), (config({}),))
    assert lost == "overlays/x does not render ConfigMap a, which the plan has"
    (extra,) = differences((config({}),), ())
    assert extra == "overlays/x renders ConfigMap a, which the plan does not have"


def test_what_the_user_patches_is_left_out() -> None:
    patched = frozenset({("ConfigMap", "a")})
    assert differences((config({"k": "2"}),), (config({"k": "1"}),), patched=patched) == []
    assert differences((), (config({}),), patched=patched) == []


@pytest.mark.parametrize(
    ("data", "metadata", "said"),
    [
        ({"f": "text"}, {"namespace": "n"}, []),
        ({"f": "other"}, {"namespace": "n"}, ["data.f"]),
        ({}, {"namespace": "n"}, ["data.f"]),
        ({"f": "text", "g": ""}, {"namespace": "n"}, ["data.g"]),
        ({"f": "text"}, {}, ["metadata.namespace"]),
    ],
)
def test_a_generated_object_holds_its_files_and_stands_in_its_namespace(
    data: dict[str, str], metadata: dict[str, str], said: list[str]
) -> None:
    made = Generated("ConfigMap", "a", "n", {"f": "text"})
    found = differences((config(data, **metadata),), (), (made,))
    assert [message.split(": ")[2].split()[0] for message in found] == said


def test_a_generated_secret_has_its_keys_whatever_their_values() -> None:
    made = Generated("ConfigMap", "a", "default", {"k": None})
    assert differences((config({"k": "anything"}),), (), (made,)) == []
    assert len(differences((config({"other": "anything"}),), (), (made,))) == 2


def test_the_hash_of_a_generated_name_is_taken_off_wherever_it_stands() -> None:
    text = "metadata:\n  name: conf-4hb668t95d\nref: conf-4hb668t95d\nother: [conf-4hb668t95dd, xconf-4hb668t95d]\n"
    (body,) = Documents().parse(text, [Generated("ConfigMap", "conf", "n", None)])
    assert body == {
        "metadata": {"name": "conf"},
        "ref": "conf",
        "other": ["conf-4hb668t95dd", "xconf-4hb668t95d"],
    }


def test_a_lost_file_of_the_hadoop_configuration_is_noticed(good: Stack) -> None:
    def other(artifact: Artifact) -> Artifact:
        if artifact.path != "base/hadoop/core-site.xml":
            return artifact
        return replace(artifact, body=artifact.body + " ")

    files = tuple(map(other, good.output.artifacts))
    # The generator reads what is written, so a change of the file alone is no difference.
    assert replace(good, output=replace(good.output, artifacts=files)).check() == ()


def test_what_a_patch_merges_by_key_is_compared_by_key() -> None:
    # The merge may put a new element first, and the order of these lists means nothing.
    assert set(translation._KEYS) == set(MERGE_KEYS)  # noqa: SLF001
