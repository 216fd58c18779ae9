"""Where the program starts and ends, and the only place that catches everything."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from mlkc.cli.once import Plain


def main() -> None:
    """Runs the command line and exits."""
    try:
        _leave(_run(sys.argv[1:]))
    except SystemExit as done:
        _leave(done.code if isinstance(done.code, int) else int(done.code is not None))
    except Exception as error:  # the one place that catches everything
        _leave(_bug(error))


def _run(arguments: list[str]) -> int:
    if arguments[:1] == ["compile"]:
        from mlkc.cli.once import plain  # noqa: PLC0415  what each command line would pay for

        read = plain(arguments[1:])
        if read is not None:
            return _plain(read)
    from mlkc.cli.commands import mlkc  # noqa: PLC0415

    mlkc(prog_name="mlkc")
    return 0


def _plain(read: Plain) -> int:
    """Ends as the CLI framework does, when the user breaks off or the reader of a pipe is gone."""
    from mlkc.cli.once import run_plain  # noqa: PLC0415
    from mlkc.text.spare import stand_in  # noqa: PLC0415

    try:
        # Newer forms of types for older Pythons: msgspec does without them, and `inspect` and all that come with them.
        with stand_in("typing_extensions", None):
            import msgspec  # noqa: F401, PLC0415
        return run_plain(read)
    except KeyboardInterrupt:
        sys.stderr.write("\nAborted!\n")
        return 1
    except BrokenPipeError:
        return 1


def _leave(code: int) -> NoReturn:
    """Ends the process at once: to take all modules apart first, as Python does, costs 30 ms of every compile."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # the reader of a pipe is gone
        code = code or 1
    os._exit(code)


def _bug(error: Exception) -> int:
    """Says that mlkc or the machine is broken; the traceback is shown on request."""
    import click  # noqa: PLC0415

    from mlkc.cli.output import EXIT_BUG  # noqa: PLC0415

    if os.environ.get("MLKC_TRACEBACK"):
        import traceback  # noqa: PLC0415

        traceback.print_exc()
    else:
        click.echo(f"mlkc: internal error: {type(error).__name__}: {error}", err=True)
        click.echo("mlkc: set MLKC_TRACEBACK=1 to see where, and please report it", err=True)
    return EXIT_BUG
