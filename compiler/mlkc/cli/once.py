"""One compile, from its arguments to its exit code.

`mlkc compile SPEC` is run again and again, and the CLI framework would take a tenth of it. So its plain form is read
here; any other, and every word about a wrong one, is the framework's.
"""

from __future__ import annotations

import gc
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, NamedTuple

from mlkc.app.ahead import SUPPORTED, Ahead

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mlkc.app.compile import Compiled
    from mlkc.write.manifest import Owned


class Plain(NamedTuple):
    """What the plain form says; see the options of `mlkc.cli.compile`."""

    spec: str
    output: str
    force: bool
    quiet: bool


def plain(arguments: Sequence[str]) -> Plain | None:
    """Reads `SPEC [-o DIR] [--force] [-q]`, each at most once and in any order; None for whatever else there is."""
    words: list[str] = []
    said: dict[str, str] = {}
    rest = iter(arguments)
    for word in rest:
        option = {"--output": "-o", "--quiet": "-q"}.get(word, word)
        if not word.startswith("-"):
            words.append(word)
            continue
        value = next(rest, "-") if option == "-o" else ""
        if option not in {"-o", "-q", "--force"} or option in said or value.startswith("-"):
            return None
        said[option] = value
    if len(words) != 1 or "{" in said.get("-o", ""):
        return None
    return Plain(words[0], said.get("-o", "."), "--force" in said, "-q" in said)


def run_plain(read: Plain) -> int:
    """Compiles what the plain form says; returns the exit code."""
    with _back() as ahead:
        from pathlib import Path  # noqa: PLC0415  after the fork

        from mlkc.app.compile import compile_spec  # noqa: PLC0415

        spec, output = Path(read.spec), Path(read.output)
        compiled = compile_spec(spec, str(spec), output, force=read.force, ahead=ahead)
    from mlkc.cli.output import exit_code, show  # noqa: PLC0415

    show(compiled.diagnostics)
    if not read.quiet:
        tell(compiled, output)
    return exit_code(compiled.diagnostics)


def run(spec: Path, output: Path, *, force: bool, strict: bool, adopted: Owned) -> Compiled:
    """Compiles, with the checks in a second process where that is safe."""
    with _back() as ahead:
        from mlkc.app.compile import compile_spec  # noqa: PLC0415  after the fork

        return compile_spec(spec, str(spec), output, force=force, strict=strict, ahead=ahead, adopted=adopted)


def tell(compiled: Compiled, output: Path, whose: str = "") -> None:
    """Says what was written and what one does next.

    Args:
        compiled: what came of the spec; nothing is said of one with errors.
        output: the folder, as the user gave it.
        whose: what stands before it, where there are several specs.
    """
    if compiled.failed or compiled.written is None or compiled.plan is None or compiled.output is None:
        return
    from mlkc.report.notes import notes  # noqa: PLC0415
    from mlkc.report.written import summary  # noqa: PLC0415

    sys.stdout.write(whose + summary(compiled.written))
    if compiled.written.changed:
        sys.stdout.write(notes(compiled.plan, compiled.output, str(output)))


def _back() -> Ahead | nullcontext[None]:
    """Forks the process with the checks before anything else is imported; no collector for lives so short."""
    gc.disable()
    return Ahead() if SUPPORTED else nullcontext()
