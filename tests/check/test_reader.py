"""Reading what Kustomize writes: every text that the real one renders comes back as itself."""

from __future__ import annotations

import pytest
import yaml

from mlkc.artifact.model import Artifact, ArtifactKind, OutputTree
from mlkc.check.kustomize.kubectl import find_kubectl
from mlkc.check.kustomize.reader import read
from mlkc.check.kustomize.rendering import start_rendering

TEXTS = [
    *(
        "=",
        "<<",
        "on",
        "y",
        "yes",
        "true",
        "null",
        "~",
        "",
        " ",
        "a b ",
        "\n",
        "a\nb\n",
        "a\n\n",
        " a\nb",
        "\t",
    ),
    *(
        "12e45",
        "1e3",
        "0o17",
        "0x1f",
        "017",
        "1_000",
        ".5",
        "+1",
        "-1",
        "-.inf",
        ".nan",
        "1:20",
        "2020-01-01",
    ),
    *(
        "@x",
        "`x",
        "%x",
        "*x",
        "&x",
        "!x",
        "# x",
        "a: b",
        "a #b",
        "- a",
        "{{x}}",
        "[x",
        '"',
        "'",
        "\\",
        "$(X)",
        "…é😀",
    ),
]
VALUES = [1, 0, -5, True, False, 1.5, [], {}, [[1], {"a": []}], {"": {"a": None}}]


def test_odd_texts_and_values_survive_a_real_rendering() -> None:
    kubectl = find_kubectl()
    assert kubectl
    thing = {
        "apiVersion": "example.com/v1",
        "kind": "Thing",
        "metadata": {"name": "a"},
        "texts": TEXTS,
        "values": VALUES,
    }
    names = {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "resources": ["a.yaml"],
    }
    files = (
        Artifact("overlays/x/a.yaml", ArtifactKind.OBJECT, thing),
        Artifact("overlays/x/kustomization.yaml", ArtifactKind.KUSTOMIZATION, names),
    )
    with start_rendering(OutputTree(files, (), {}), ["x"], kubectl) as rendering:
        (result,) = rendering.results()
    assert result.stderr == ""
    (found,) = read(result.text)
    assert found["texts"] == TEXTS
    assert repr(found["values"]) == repr(VALUES)


def test_no_document_is_no_object() -> None:
    assert read("") == []


def test_an_alias_is_refused() -> None:
    with pytest.raises(yaml.YAMLError):
        read("a: &x 1\nb: *x\n")
