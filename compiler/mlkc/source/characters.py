"""Characters that may not stand raw in a spec, because people or parsers see them differently."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from mlkc.diag.codes import FORBIDDEN_CHARACTER

if TYPE_CHECKING:
    from mlkc.diag.diagnostic import Diagnostic
    from mlkc.source.positions import Positions

# Outside YAML's c-printable (1.2.2, section 5.1); line breaks of YAML 1.1 that 1.2 and editors do not
# count; a carriage return alone; a byte order mark inside the text; bidirectional overrides, which
# make reviewed text read differently from what it says (CVE-2021-42574).
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff"
    "\u202a-\u202e\u2066-\u2069]|\r(?!\n)"
)
_SHOWN = 10
_NAMES = {"\x00": "NUL", "\r": "CARRIAGE RETURN without a line feed", "\x1b": "ESCAPE", "\x7f": "DELETE"}


def forbidden(positions: Positions, start: int = 0) -> tuple[Diagnostic, ...]:
    """Finds the characters that may not stand raw in a spec, at most ten of them, in file order.

    Args:
        positions: of the file.
        start: offset of the first character to look at.
    """
    found = []
    for match in _FORBIDDEN.finditer(positions.file.text, start):
        found.append(_fault(positions, match.start(), match.group()))
        # A file with line ends of old Macs, or a binary file, has one fault and not thousands.
        if match.group() == "\r" or len(found) == _SHOWN:
            break
    return tuple(found)


def name(character: str) -> str:
    """Names a character as Unicode does: `U+0085 NEXT LINE`, in so far as it has a name."""
    known = _NAMES.get(character) or unicodedata.name(character, "control character")
    return f"U+{ord(character):04X} {known}"


def _fault(positions: Positions, offset: int, character: str) -> Diagnostic:
    if character == "\r":
        advice = "save the file with line ends LF or CRLF"
    elif "\ud800" <= character <= "\udfff" or character == "\x00":
        advice = "delete it, or save the file again as UTF-8 text"
    else:
        advice = f'delete it, or write it in double quotes as "{_escape(character)}"'
    return FORBIDDEN_CHARACTER.at(
        positions.span(offset, offset + 1),
        f"the character {name(character)} may not stand in a spec",
        help=advice,
    )


def _escape(character: str) -> str:
    return f"\\x{ord(character):02x}" if ord(character) < 0x100 else f"\\u{ord(character):04x}"
