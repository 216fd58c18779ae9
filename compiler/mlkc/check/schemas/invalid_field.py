"""What: a field has a value that its type does not allow.

Why: the server refuses the object. YAML helps this mistake along: `"3"` is a text and not a number, `yes` and `on`
are booleans to some readers, an environment variable's value and an annotation must be texts.

Bad:
```yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  workers: 2
```

Good:
```yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  workers: "2"
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mlkc.check import objects, tree
from mlkc.check.model import Finding, Rule
from mlkc.check.schemas.failure import Failure
from mlkc.diag import output_codes as codes

_WORDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "object": "a mapping",
    "string": "a text",
}


def _find(failure: Failure) -> Iterator[Finding]:
    error = failure.error
    if error is None:
        return
    details = error.kind.as_dict()
    value = tree.get(failure.artifact.body, failure.pointer)
    subject = f"{objects.title(failure.artifact)}: {tree.field(failure.pointer)} is {tree.show(value)}"
    wanted = _wanted(failure.keyword, details)
    if wanted:
        yield Finding(failure.artifact, failure.pointer, f"{subject}, not {wanted}", _help(value, wanted))
    else:
        yield Finding(
            failure.artifact, failure.pointer, f"{subject}: {error.message}", "change it to an allowed value"
        )


def _wanted(keyword: str, details: dict[str, Any]) -> str:
    """What the schema asks for, in words; empty when only the engine's own words will do."""
    if keyword == "type":
        return _types(details["types"])
    if keyword == "enum":
        return " or ".join(tree.show(option) for option in details["options"] if option is not None)
    if keyword in {"oneOf", "anyOf"}:
        inner = [problem.kind for branch in details["context"] for problem in branch]
        if all(kind.name == "type" for kind in inner):
            return _types([name for kind in inner for name in kind.as_dict()["types"]])
    return ""


def _types(names: list[str]) -> str:
    return " or ".join(dict.fromkeys(_WORDS[name] for name in names if name in _WORDS))


def _help(value: Any, wanted: str) -> str:
    if wanted == "a text" and isinstance(value, (int, float)):
        return f'put it in quotes: "{tree.show(value)}"'
    if wanted == "a whole number" and isinstance(value, str) and value.lstrip("-").isdigit():
        return f"write it without quotes: {value}"
    return f"write {wanted}"


RULE = Rule(codes.INVALID_FIELD, __doc__, _find)
