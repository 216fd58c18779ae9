"""Whatever stands in a text of the spec is refused, or it is data in every output and adds nothing to any of them.

The fields come from the models, so a new one is tried without a change here, and needs a value in `SPECS`.
"""

from __future__ import annotations

import configparser
import copy
import json
import re
import shlex
import typing
from collections.abc import Iterator
from pathlib import Path as PosixPath
from pathlib import PurePosixPath
from typing import Any, Literal, get_args, get_origin
from xml.etree import ElementTree

import pytest
import yaml
from pydantic import BaseModel

from mlkc.app.compile import compile_spec
from mlkc.artifact.render import render
from mlkc.check.images.dockerfile import instructions
from mlkc.diag.locate import locate
from mlkc.emit.emit import emit
from mlkc.plan.resolve import resolve
from mlkc.report import REPORTERS, Terminal
from mlkc.source.parse import parse
from mlkc.spec.fields import fields_of
from mlkc.spec.stack import Settings, Stack
from mlkc.spec.validate import validate
from mlkc.text.expansion import references
from mlkc.text.paths import Path, dotted
from mlkc.text.span import SourceFile
from whole_specs import FULL, OTHER, SPECS

HOSTILE = (
    "\nRUN touch /owned",
    "\r\nUSER root",
    "\rUSER root",
    "\u2028USER root",
    "\u2029USER root",
    "\x85USER root",
    "\x0bUSER root",
    "\x00",
    "\tx",
    "\x1b[31m",
    "'; touch /owned; '",
    '" && touch /owned "',
    "$(touch /owned)",
    "`touch /owned`",
    "${HOME}",
    "$HOME",
    "{{ .Values.owned }}",
    "a: b",
    "a:\n  b: c",
    " # c",
    "#",
    "\\",
    "\\\nUSER root",
    "</value><value>owned",
    "<!--",
    "]]>&owned;",
    "%(owned)s",
    "- a\n- b",
    "---\nkind: Secret",
    "*owned",
    "!!python/none x",
    "; owned",
    "| owned",
    "> /owned",
    "\n::error::owned",
)


def texts(annotation: Any, path: Path) -> Iterator[Path]:
    """Yields the paths of the texts below a type of the spec."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for key, info in fields_of(annotation).items():
            yield from texts(info.annotation, (*path, key))
    elif origin is list:
        yield from texts(inner[0], (*path, 0))
    elif annotation in {str, Any} or origin is Literal:
        yield path
    elif origin is typing.Annotated:
        yield from texts(inner[0], path)
    elif origin is not dict:
        for one in inner:
            yield from texts(one, path)


FREE: tuple[Path, ...] = (
    ("patches", 1, "merge", "metadata", "annotations", "a"),
    ("mirrors",),
)
# In an environment another value is a difference by itself.
MARKS: tuple[Path, ...] = (
    ("server", "ingress", "annotations", "note"),
    ("server", "service", "annotations", "note"),
    ("server", "service", "labels", "team"),
    ("serviceAccount", "annotations", "note"),
)
FIELDS = (*dict.fromkeys(texts(Stack, ())), *FREE, *MARKS)
IN_ENVIRONMENT = (*dict.fromkeys(texts(Settings, ())), *FREE)


def at(document: Any, path: Path) -> Any:
    try:
        for part in path:
            document = document[part]
    except (KeyError, IndexError, TypeError):
        return None
    return document


def base_for(path: Path) -> dict[str, Any]:
    return next(spec for spec in SPECS if isinstance(at(spec, path), str))


def with_value(spec: dict[str, Any], path: Path, value: str, *, environment: bool) -> dict[str, Any]:
    spec = copy.deepcopy(spec)
    if environment:
        # The keys on the way and nothing else; a list is replaced as a whole.
        holder: Any = spec["environments"]["prod"]
        depth = next((depth for depth, part in enumerate(path) if isinstance(part, int)), len(path)) - 1
        for part in path[:depth]:
            holder = holder.setdefault(part, {})
        holder[path[depth]] = copy.deepcopy(at(spec, path[: depth + 1]))
    at(spec["environments"]["prod"] if environment else spec, path[:-1])[path[-1]] = value
    return spec


def read(spec: dict[str, Any]) -> SourceFile:
    return SourceFile("spec.yaml", json.dumps(spec))


def outputs(spec: dict[str, Any]) -> dict[str, str] | None:
    """Compiles as far as the files; None where the spec is refused, which must be said with a place."""
    tree = parse(read(spec))
    assert tree.value is not None
    parsed = validate(tree.value)
    if tree.failed or parsed.failed or parsed.value is None:
        said = [*tree.diagnostics, *parsed.diagnostics]
        github = REPORTERS["github"](locate(tuple(said), tree.value), Terminal())
        assert said
        assert all(line.startswith("::") for line in github.splitlines() if line), github
        assert "\n::error::owned" not in github
        return None
    resolved = resolve(parsed.value)
    if resolved.failed or resolved.value is None:
        assert resolved.diagnostics
        return None
    return {artifact.path: render(artifact).decode() for artifact in emit(resolved.value).artifacts}


def shape(path: str, text: str) -> Any:
    """What a file is made of, without the texts in it."""
    name = PurePosixPath(path).name
    if name.endswith(".yaml"):
        return [_shape(document) for document in yaml.safe_load_all(text)]
    if name.endswith(".xml"):
        return [(one.tag, sorted(one.attrib), len(one)) for one in ElementTree.fromstring(text).iter()]  # noqa: S314  made here
    if name == "pip.conf":
        parser = configparser.ConfigParser(interpolation=None)
        parser.read_string(text)
        return [(section, sorted(parser[section])) for section in parser.sections()]
    if name == "Dockerfile":
        return [
            (one.name, [key for key, _ in one.flags], _commands(" ".join(one.words)))
            for one in instructions(text)
        ]
    # Python, and files of a line an entry.
    return [len(line.split()) for line in text.splitlines()]


def _shape(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _shape(value) for key, value in node.items()}
    return [_shape(value) for value in node] if isinstance(node, list) else type(node).__name__


def _commands(line: str) -> tuple[int, list[str]]:
    """How many words a shell finds in a line, and what it takes for its own."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words = list(lexer)
    return len(words), [word for word in words if set(word) <= set("();<>|&") or "`" in word or "$" in word]


def added(before: dict[str, str], after: dict[str, str], hostile: str) -> Iterator[str]:
    """Yields what a hostile text brought about."""
    if before.keys() != after.keys():
        yield f"files: {before.keys() ^ after.keys()}"
    for path in before.keys() & after.keys():
        if before[path] != after[path] and shape(path, before[path]) != shape(path, after[path]):
            yield f"{path} is made of something else"
        if before[path] != after[path] and not path.endswith(".yaml") and hostile in after[path]:
            yield f"{path} has it as it stands"


def tried(path: Path, valid: str, *, environment: bool) -> None:
    spec = base_for(path)
    before = outputs(with_value(spec, path, valid, environment=environment))
    assert environment or before is not None, "the value in SPECS is fine"
    for hostile in HOSTILE:
        for value in (valid + hostile,) if environment else (hostile, valid + hostile):
            after = outputs(with_value(spec, path, value, environment=environment))
            if after is not None:
                # What can't differ between environments is refused there, whatever it is.
                assert before is not None
                assert not list(added(before, after, hostile)), (value, list(added(before, after, hostile)))


@pytest.mark.parametrize("path", FIELDS, ids=dotted)
def test_a_hostile_text_is_refused_or_is_data(path: Path) -> None:
    tried(path, at(base_for(path), path), environment=False)


@pytest.mark.parametrize("path", IN_ENVIRONMENT, ids=dotted)
def test_a_hostile_text_of_an_environment_is_refused_or_is_data(path: Path) -> None:
    tried(path, at(base_for(path), path), environment=True)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_key_is_refused(hostile: str) -> None:
    for parent in ((), ("environments",), ("database", "storage"), ("patches", 0, "target")):
        spec = copy.deepcopy(FULL)
        at(spec, parent)[hostile] = {}
        assert outputs(spec) is None


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_label_of_a_selector_is_refused(hostile: str) -> None:
    for key, value in (("a" + hostile, "b"), ("a", "b" + hostile)):
        spec = copy.deepcopy(OTHER)
        at(spec, ("takeOver", "database", "selector"))[key] = value
        assert outputs(spec) is None


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_variable_of_the_database_server_is_refused_or_is_data(hostile: str) -> None:
    for key, value in (("a" + hostile, "b"), ("a", "b" + hostile), ("a", hostile)):
        spec = copy.deepcopy(FULL)
        spec["database"]["config"] = {key: value}
        made = outputs(spec)
        if made is not None:
            text = yaml.safe_load(made["base/database-configmap.yaml"])["data"]["mlkc.cnf"]
            header, line, end = text.split("\n")
            assert (header, end) == ("[mysqld]", "")
            assert re.fullmatch(r'a = "([^"\\]|\\["\\])*"', line)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_variable_of_the_server_is_refused_or_is_data(hostile: str) -> None:
    for key, value in (("A" + hostile, "b"), ("A", "b" + hostile), ("A", hostile)):
        spec = copy.deepcopy(FULL)
        spec["server"]["env"] = {key: value}
        made = outputs(spec)
        if made is not None:
            pod = yaml.safe_load(made["base/server-deployment.yaml"])["spec"]["template"]["spec"]
            variable = pod["containers"][0]["env"][-1]
            assert variable["name"] == key
            # What the kubelet takes for the text, which has no `$$` here.
            assert "$$" not in value
            assert variable["value"].replace("$$", "$") == value
            assert references(variable["value"]) == []
    for source in ("secret", "configMap"):
        for name, key in (("a" + hostile, "b"), ("a", "b" + hostile)):
            spec = copy.deepcopy(FULL)
            spec["server"]["env"] = {"A": {source: name, "key": key}}
            assert outputs(spec) is None


def test_what_a_patch_carries_arrives_as_it_was(tmp_path: PosixPath) -> None:
    wanted = {f"example.com/text-{number}": "x" + text for number, text in enumerate(HOSTILE)}
    spec = {key: FULL[key] for key in ("apiVersion", "kind", "hdfs", "environments")}
    target = {"kind": "Deployment", "name": "mlflow"}
    spec["patches"] = [{"target": target, "merge": {"metadata": {"annotations": wanted}}}]
    (tmp_path / "spec.yaml").write_text(json.dumps(spec))
    compiled = compile_spec(tmp_path / "spec.yaml", "spec.yaml", tmp_path)
    assert not compiled.failed, compiled.diagnostics
    patch = next((tmp_path / "base/patches").iterdir()).read_text()
    assert yaml.safe_load(patch)["metadata"]["annotations"] == wanted


def test_every_text_of_the_spec_is_tried() -> None:
    assert not [dotted(path) for path in FIELDS if not any(isinstance(at(spec, path), str) for spec in SPECS)]
    assert len(FIELDS) > 50
