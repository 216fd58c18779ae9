"""The use case behind `mlkc fix`: mends in the spec what has one certain remedy."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from mlkc.app.front import front_of
from mlkc.app.judge import strictly
from mlkc.diag.diagnostic import Diagnostic, Fix
from mlkc.source.edit import change
from mlkc.source.load import load
from mlkc.source.parse import parse
from mlkc.source.tree import SourceTree
from mlkc.text.span import SourceFile, Span

# A mended fault can uncover others in the next stage, and those that they hid; three stages have fixes.
_ROUNDS = 10


class Mended(Struct, frozen=True):
    """A fault that is gone.

    Attributes:
        fault: with its place in the text as it was then.
        fix: what was done about it.
    """

    fault: Diagnostic
    fix: Fix


class Fixed(Struct, frozen=True):
    """What became of a spec; nothing is written yet.

    Attributes:
        before: the text as it was read.
        after: the text with everything mended.
        mended: in the order in which it was done.
        diagnostics: what is left to say of `after`, located in it.
    """

    before: str
    after: str
    mended: tuple[Mended, ...]
    diagnostics: tuple[Diagnostic, ...]


def fix_spec(spec: Path, display_name: str, *, strict: bool = False) -> Fixed:
    """Applies the fixes that the spec's diagnostics carry, until none is left that can be applied.

    Args:
        spec: the spec file.
        display_name: its path as the user gave it, for messages.
        strict: a warning that is left is an error.
    """
    loaded = load(spec, display_name)
    tree = loaded.value
    before = tree.file.text if tree else ""
    mended: list[Mended] = []
    found = front_of(loaded)
    for _ in range(_ROUNDS):
        if tree is None:
            break
        done, tree = _round(tree, found.diagnostics)
        if not done:
            break
        mended += done
        found = front_of(parse(tree.file))
    left = strictly(found.diagnostics) if strict else found.diagnostics
    return Fixed(before, tree.file.text if tree else "", tuple(mended), left)


def _round(tree: SourceTree, diagnostics: tuple[Diagnostic, ...]) -> tuple[list[Mended], SourceTree]:
    """Makes each fix in the text that the one before left; a path that a fix has renamed waits for the next round."""
    done: list[Mended] = []
    for diagnostic in diagnostics:
        if len(diagnostic.fixes) != 1:
            continue  # which of several is meant is the user's to say
        fix = diagnostic.fixes[0]
        text = change(tree, fix)
        again = (
            parse(SourceFile(tree.file.name, text)).value
            if text is not None and text != tree.file.text
            else None
        )
        if again is not None:
            done.append(Mended(diagnostic, fix))
            tree = again
    return done, tree


def diff(fixed: Fixed, name: str) -> str:
    """Returns the change as a unified diff; empty without one."""
    import difflib  # noqa: PLC0415  only when it is asked for

    def lines(text: str) -> list[str]:
        return [line + "\n" for line in text.removesuffix("\n").split("\n")]

    return "".join(difflib.unified_diff(lines(fixed.before), lines(fixed.after), f"a/{name}", f"b/{name}"))


def where(mended: Mended) -> str:
    """Returns `file:line:column` of a fault."""
    place = mended.fault.primary.place
    return str(place) if isinstance(place, Span) else "the spec"
