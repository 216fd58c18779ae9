"""The words of the room: what is checked, what a rule is and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from msgspec import Struct

from mlkc.artifact.model import Artifact, OutputTree
from mlkc.diag.code import Code
from mlkc.plan.plan import Plan
from mlkc.text.paths import Pointer

Subject_contra = TypeVar("Subject_contra", contravariant=True)


class CheckInput(Struct, frozen=True):
    """All that a check may read."""

    plan: Plan
    output: OutputTree


class Finding(Struct, frozen=True):
    """A fault at a part of an output; the place in the spec that explains it is found later.

    Attributes:
        artifact: the file, or a rendered object in the clothes of the file that it comes from.
        pointer: the part of its body, for a text `(line,)`.
        message: one line without a full stop that names the object and the offending text.
        help: what to do.
        label: a few words for the underline.
        notes: facts that explain it.
        against: what the part contradicts; the place to look at where nobody wrote the part, being a default.
    """

    artifact: Artifact
    pointer: Pointer
    message: str
    help: str | None = None
    label: str = ""
    notes: tuple[str, ...] = ()
    against: tuple[Artifact, Pointer] | None = None


class Rule(Struct, Generic[Subject_contra], frozen=True):
    """One rule: its code, its documentation and the function that finds its faults.

    Attributes:
        code: what its diagnostics carry.
        doc: the docstring of its file, with the headings What, Why, Bad and Good.
        find: finds all faults in what it reads, and never changes it.
    """

    code: Code
    doc: str | None
    find: Callable[[Subject_contra], Iterable[Finding]]
