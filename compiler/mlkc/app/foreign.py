"""Reads what other tools say of the outputs: the JSON of hadolint, kubeconform and kube-linter, the text of kubectl.

The forms are those of hadolint's `--format json`, kubeconform's `-output json` and kube-linter's `--format json`, and
of the errors that `kubectl apply` prints; each tool was run. What a report has more is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import msgspec
from msgspec import Struct

from mlkc.catalog import linter
from mlkc.diag.diagnostic import Severity


class Found(Struct, frozen=True, kw_only=True):
    """One finding of another tool.

    Attributes:
        rule: the tool's name for it; empty where it has none.
        severity: the tool's, as mlkc has it.
        message: what it says.
        file: the file as the tool names it; empty if it names none.
        line: the line in that file, from 1; 0 if it names none.
        kind, name: the object; empty if it names none.
        field: the field of the object, as a JSON Pointer or with dots; empty for the object as a whole.
        help: what the tool says one can do.
    """

    rule: str
    severity: Severity
    message: str
    file: str = ""
    line: int = 0
    kind: str = ""
    name: str = ""
    field: str = ""
    help: str | None = None


class ReportError(Exception):
    """The report is not of the form that the tool writes; the message says why."""


def read(tool: str, report: bytes) -> tuple[Found, ...]:
    """Reads a report.

    Args:
        tool: a key of TOOLS.
        report: what the tool printed.

    Raises:
        ReportError: the report is not of the tool's form.
    """
    try:
        return tuple(TOOLS[tool](report))
    except msgspec.DecodeError as error:
        raise ReportError(f"this is not the JSON that {tool} writes: {error}") from error


class _HadolintRow(Struct, frozen=True):
    code: str
    file: str
    level: str
    line: int
    message: str


_LEVELS: Final = {"error": Severity.ERROR, "warning": Severity.WARNING}


def _hadolint(report: bytes) -> Iterator[Found]:
    for row in msgspec.json.decode(report, type=list[_HadolintRow]):
        severity = _LEVELS.get(row.level, Severity.NOTE)
        yield Found(rule=row.code, severity=severity, message=row.message, file=row.file, line=row.line)


class _Violation(Struct, frozen=True):
    path: str
    msg: str


class _Resource(Struct, frozen=True):
    filename: str
    status: str
    kind: str = ""
    name: str = ""
    msg: str = ""
    validationErrors: list[_Violation] = []  # noqa: N815  kubeconform's name; msgspec copies the list


class _Kubeconform(Struct, frozen=True):
    resources: list[_Resource]


# `… failed with 'FILE#' - at '/spec': validation failed   - at '/spec/replicas': got string, want null or integer`
_AT: Final = re.compile(r"- at '([^']*)': (.*?)(?=\s+- at '|\s*$)", re.DOTALL)
_ABOVE: Final = frozenset({"validation failed", "allOf failed", "anyOf failed", "oneOf failed"})


def _leaves(message: str) -> list[_Violation]:
    """The faults in a message. `validationErrors` has of several faults below a field only the field."""
    found = (_Violation(path, said.strip()) for path, said in _AT.findall(message))
    return [one for one in found if one.msg not in _ABOVE]


def _kubeconform(report: bytes) -> Iterator[Found]:
    for row in msgspec.json.decode(report, type=_Kubeconform).resources:
        if row.status not in {"statusInvalid", "statusError"}:
            continue
        rule = "invalid" if row.status == "statusInvalid" else "error"
        for violation in _leaves(row.msg) or row.validationErrors or [_Violation("", row.msg)]:
            yield Found(
                rule=rule,
                severity=Severity.ERROR,
                message=f"{violation.path} {violation.msg}".strip(),
                file=row.filename,
                kind=row.kind,
                name=row.name,
                field=violation.path,
            )


class _GroupVersionKind(Struct, frozen=True):
    Kind: str


class _K8sObject(Struct, frozen=True):
    Name: str
    GroupVersionKind: _GroupVersionKind


class _Metadata(Struct, frozen=True):
    FilePath: str = ""


class _Object(Struct, frozen=True):
    K8sObject: _K8sObject
    Metadata: _Metadata = _Metadata()


class _Message(Struct, frozen=True):
    Message: str


class _LinterReport(Struct, frozen=True):
    Diagnostic: _Message
    Check: str
    Object: _Object
    Remediation: str = ""


class _KubeLinter(Struct, frozen=True):
    Reports: list[_LinterReport] | None = None


_CONTAINER: Final = re.compile(r'container "([^"]+)"')


def _kube_linter(report: bytes) -> Iterator[Found]:
    for row in msgspec.json.decode(report, type=_KubeLinter).Reports or []:
        kind, container = (
            row.Object.K8sObject.GroupVersionKind.Kind,
            _CONTAINER.search(row.Diagnostic.Message),
        )
        yield Found(
            rule=row.Check,
            severity=Severity.WARNING,
            message=row.Diagnostic.Message,
            file=row.Object.Metadata.FilePath,
            kind=kind,
            name=row.Object.K8sObject.Name,
            field=linter.field(row.Check, kind, container[1] if container else ""),
            help=row.Remediation or None,
        )


# `The Deployment "a" is invalid: …`, `Deployment.apps "a" is invalid: …`, `deployments.apps "a" is forbidden: …`
_OBJECT: Final = re.compile(
    r'([A-Za-z]+)(?:\.[\w.]+)? "([^"]+)" (?:is|was) (invalid|forbidden|not found)\b:? ?(.*)'
)
_FILE: Final = re.compile(r'(?:error when \w+|for:|error validating) "([^"]+)"')
_STATUS: Final = re.compile(r"Error from server \((\w+)\)")
_FAULT: Final = re.compile(r"\s*(?:\* )?([a-z]\w*(?:\.\w[^\s:\[\].]*|\[[^\]]*\])+|spec|metadata): (.*)")
_DECODING: Final = re.compile(r'(\w+) in version "[^"]+" cannot be handled|ValidationError\((\w+)')


def _kubectl(report: bytes) -> Iterator[Found]:
    """Reads the errors and warnings among what `kubectl apply` prints; other lines say what went well."""
    around: Found | None = None
    for line in report.decode(errors="replace").splitlines():
        if around is not None and line.lstrip().startswith("* "):
            yield _fault(around, line.strip().removeprefix("* "))
            continue
        around = _head(line)
        if around is not None and around.message:
            for part in _parts(around.message):
                yield _fault(around, part)


# A patch that the server can't read is shown whole, as JSON in a quoted text; what it is a patch of stands in there.
_PATCH: Final = re.compile(
    r'The request is invalid: .*?\\"kind\\":\\"(\w+)\\".*?\\"name\\":\\"([^"\\]+)\\",\\"namespace\\".*": (.*)'
)
_UNKNOWN: Final = re.compile(r'unknown field "([^"]+)"')


def _head(line: str) -> Found | None:
    """What a line says of an object; without a message where the lines below say it."""
    if line.startswith("Warning: "):
        return Found(rule="Warning", severity=Severity.WARNING, message=line.removeprefix("Warning: "))
    patch = _PATCH.match(line)
    if patch is not None:
        kind, name, message = patch.groups()
        return Found(rule="Invalid", severity=Severity.ERROR, message=message, kind=kind, name=name)
    file, status, thing = _FILE.search(line), _STATUS.search(line), _OBJECT.search(line)
    named = file[1] if file else ""
    if thing is not None:
        kind, name, rule, message = thing.groups()
        said = message or ("" if rule == "invalid" else thing[0])
        return Found(
            rule=status[1] if status else rule.title().replace(" ", ""),
            severity=Severity.ERROR,
            message=said,
            file=named,
            kind=kind,
            name=name,
        )
    if not line.lower().startswith("error"):
        return None
    kind_of = _DECODING.search(line)
    return Found(
        rule=status[1] if status else "error",
        severity=Severity.ERROR,
        message=re.sub(r"^[Ee]rror[^:]*: ", "", line),
        file=named,
        kind=(kind_of[1] or kind_of[2]) if kind_of else "",
    )


def _parts(message: str) -> list[str]:
    """Splits `[a: …, b: …]`, as the API server lists faults of one object."""
    if not (message.startswith("[") and message.endswith("]")):
        return [message]
    return re.split(r", (?=[a-z]\w*(?:[.\[][^\s:]*)?: )", message[1:-1])


def _fault(around: Found, text: str) -> Found:
    match = _FAULT.match(text) or _UNKNOWN.search(text)
    field = match[1] if match and around.kind else ""
    return msgspec.structs.replace(around, message=text, field=field)


TOOLS: Final[Mapping[str, Callable[[bytes], Iterator[Found]]]] = {
    "hadolint": _hadolint,
    "kubeconform": _kubeconform,
    "kube-linter": _kube_linter,
    "kubectl": _kubectl,
}
"""The tools whose reports can be read."""
