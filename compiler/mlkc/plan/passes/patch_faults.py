"""What a patch must not say: another identity of its object, an instruction to Kustomize, a secret."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from mlkc.diag import codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.text.paths import SpecPath
from mlkc.text.secret_names import is_secret, is_secret_name

# What kind of object it is and where, or all of it; a merge patch is made with those of its target. A name may change.
_IDENTITY = frozenset({"", "/kind", "/apiVersion", "/metadata", "/metadata/namespace"})
# Kustomize reads annotations of these prefixes: an object may vanish by one, and its own bookkeeping break.
_INSTRUCTIONS = ("config.kubernetes.io/", "internal.config.kubernetes.io/", "config.k8s.io/")
_ANNOTATIONS = "/metadata/annotations"
_COMMANDS = ("args", "command")
_OPTION = re.compile(r"--?([A-Za-z][\w.-]*)(?:=(.*))?", re.DOTALL)


def faults(
    merge: Mapping[str, Any] | None, operations: Sequence[Mapping[str, Any]], place: SpecPath
) -> Iterator[Diagnostic]:
    """Checks a patch that stands at `place`."""
    for number, operation in enumerate(operations):
        at = (*place, "json", number)
        yield from _of_operation(operation, at)
        commanded = any(f"/{field}" in operation["path"] for field in _COMMANDS)
        value = operation.get("value")
        yield from _secrets(
            [value] if commanded and isinstance(value, str) else value, at, commanded=commanded
        )
    metadata = merge.get("metadata") if merge else None
    if isinstance(metadata, dict):
        yield from _instructions(metadata.get("annotations"), place)
    yield from _secrets(merge, place)


def _of_operation(operation: Mapping[str, Any], at: SpecPath) -> Iterator[Diagnostic]:
    keys = ("path", "from") if operation["op"] == "move" else ("path",)
    for key in keys:
        if operation["op"] != "test" and operation.get(key) in _IDENTITY:
            yield codes.PATCHED_IDENTITY.at(
                InSpec((*at, key)),
                f"`{operation[key]}` is what an object is known by",
                help="leave it; the namespace is a setting; other objects go into a kustomization of yours",
            )
    above, _, last = operation["path"].rpartition("/")
    if operation["path"] == _ANNOTATIONS:
        yield from _instructions(operation.get("value"), at)
    elif above == _ANNOTATIONS:
        yield from _instructions({last.replace("~1", "/").replace("~0", "~"): None}, at)


def _instructions(annotations: Any, place: SpecPath) -> Iterator[Diagnostic]:
    for key in annotations if isinstance(annotations, dict) else ():
        if str(key).startswith(_INSTRUCTIONS):
            yield codes.PATCHED_IDENTITY.at(
                InSpec(place),
                f"`{key}` is an instruction to Kustomize, which may drop the object",
                help="leave it",
            )


def _secrets(node: Any, place: SpecPath, *, commanded: bool = False) -> Iterator[Diagnostic]:
    """Refuses variables and options with a secret's name and a text, wherever a patch has them."""
    if isinstance(node, list):
        if commanded:
            yield from _of_command([word for word in node if isinstance(word, str)], place)
        for below in node:
            yield from _secrets(below, place)
    elif isinstance(node, dict):
        name, value = node.get("name"), node.get("value")
        if isinstance(name, str) and isinstance(value, str) and is_secret(name, value):
            yield _secret(name, place)
        for key, below in node.items():
            yield from _secrets(below, place, commanded=key in _COMMANDS)


def _of_command(words: list[str], place: SpecPath) -> Iterator[Diagnostic]:
    """`--password=TEXT` and `--password TEXT`; a variable in the place of the text is right."""
    for word, after in pairwise([*words, ""]):
        option = _OPTION.fullmatch(word)
        if option is not None and is_secret_name(option[1]):
            value = after if option[2] is None else option[2]
            if value and not value.startswith(("$(", "-")):
                yield _secret(option[1], place)


def _secret(name: str, place: SpecPath) -> Diagnostic:
    return codes.PLAIN_TEXT_SECRET.at(
        InSpec(place),
        f"`{name}` would put a secret into the spec, which is committed",
        help="put it into a Secret, and name that with `valueFrom.secretKeyRef`",
    )
