"""Writes the reference in `docs/` and the frozen models: `python tools/generate_docs.py [--check]`.

A file is a row of PAGES: where it goes, and a function that makes its text from what the program itself
uses. With `--check` nothing is written; the exit code is 1 when a file on disk is not what it would be.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "compiler"), str(ROOT / "tools")]

import catalogue_page  # noqa: E402  it runs from a checkout as it is
import reference_pages  # noqa: E402

from mlkc.spec import freeze  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Page:
    """A generated file.

    Attributes:
        path: below the repository, with `/`.
        make: gives the whole text, LF line ends, one at its end.
    """

    path: str
    make: Callable[[], str]


PAGES = (
    Page("compiler/mlkc/spec/frozen.py", freeze.frozen),
    Page("docs/reference/catalogue.md", catalogue_page.make),
    Page("docs/reference/diagnostics.md", reference_pages.diagnostics),
    Page("docs/reference/spec.md", reference_pages.spec),
)


def main() -> int:
    """Writes or checks every file; returns the exit code."""
    parser = argparse.ArgumentParser(description="Write the generated files.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file is stale")
    check = parser.parse_args().check
    stale = [page for page in PAGES if not _current(page)]
    for page in stale:
        if check:
            print(f"{page.path} is stale: run python tools/generate_docs.py", file=sys.stderr)  # noqa: T201
            continue
        target = ROOT / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page.make(), encoding="utf-8", newline="\n")
        print(f"{page.path}: written")  # noqa: T201
    return 1 if check and stale else 0


def _current(page: Page) -> bool:
    path = ROOT / page.path
    return path.is_file() and path.read_bytes() == page.make().encode("utf-8")


if __name__ == "__main__":
    sys.exit(main())
