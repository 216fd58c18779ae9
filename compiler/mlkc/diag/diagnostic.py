"""What the compiler says to its user."""

from __future__ import annotations

from enum import IntEnum
from typing import TypeAlias

from msgspec import Struct

from mlkc.text.paths import SpecPath
from mlkc.text.span import Span


class Severity(IntEnum):
    """How bad it is; a higher number is worse. Only ERROR stops a stage."""

    NOTE = 0
    WARNING = 1
    ERROR = 2

    def __str__(self) -> str:
        return self.name.lower()


class InSpec(Struct, frozen=True):
    """A place in the spec, named symbolically; `locate` turns it into a span.

    Attributes:
        path: where; when the path is not written in the file, its nearest written parent is meant.
        key: point at the key rather than at its value.
    """

    path: SpecPath
    key: bool = False


class InOutput(Struct, frozen=True):
    """A place in a generated file, for faults that no spec line explains.

    Attributes:
        file: path of the output, relative to the output folder.
        pointer: JSON Pointer or line, as text; empty for the file as a whole.
    """

    file: str
    pointer: str = ""


Place: TypeAlias = Span | InSpec | InOutput


class Label(Struct, frozen=True):
    """A place with a few words to stand under its underline; `text` may be empty."""

    place: Place
    text: str = ""


class Fix(Struct, frozen=True):
    """A change of the spec that mends the fault and that `mlkc fix` may apply unasked.

    Attributes:
        title: what it does, in the imperative: `replace "tunna" by "tuna"`.
        path: the spec path that changes.
        value: the new value; None deletes the key, unless it is renamed.
        key: the new name of the key, whose value stays what it is.
    """

    title: str
    path: SpecPath
    value: object = None
    key: str | None = None


class Diagnostic(Struct, frozen=True):
    """One fault. A message says what is wrong and where; `help` says what to do.

    Attributes:
        code: a permanent code of `mlkc.diag.codes`, such as MK101.
        severity: taken from the table unless `--strict` raised it.
        message: one line, no full stop, with the offending text in it.
        primary: the one place that it is about.
        related: other places that explain it.
        notes: facts that explain it, each a line, with their source where they have one.
        help: what to do, a line; None only where nothing can be done.
        fixes: machine-applicable ways out.
        hidden: places of the file whose text is a secret, whatever the fault is about.
    """

    code: str
    severity: Severity
    message: str
    primary: Label
    related: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    help: str | None = None
    fixes: tuple[Fix, ...] = ()
    hidden: tuple[Span, ...] = ()
