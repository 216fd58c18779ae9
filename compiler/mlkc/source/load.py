"""A spec file on the disk to a SourceTree."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from mlkc.diag import codes
from mlkc.diag.outcome import Outcome
from mlkc.source.parse import parse
from mlkc.source.positions import Positions
from mlkc.text.span import SourceFile

if TYPE_CHECKING:
    import pathlib

    from mlkc.diag.diagnostic import Diagnostic
    from mlkc.source.tree import SourceTree
    from mlkc.text.span import Span

MAX_BYTES = 2**20

# The longer mark first: UTF-32 little-endian begins as UTF-16 little-endian does.
_OTHER_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def load(path: pathlib.Path, display_name: str) -> Outcome[SourceTree]:
    """Reads a spec file.

    Args:
        path: the file; a pipe is read to its end.
        display_name: the path as the user gave it.

    Returns:
        What `parse` returns, or no tree and one diagnostic when the file is not there, can't be read,
        is larger than 1 MiB or is not UTF-8.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        return Outcome(None, (_unreadable(error, display_name),))
    if len(content) > MAX_BYTES:
        fault = codes.FILE_TOO_LARGE.at(
            _nowhere(display_name),
            f"`{display_name}` is larger than 1 MiB",
            help="name a spec file: a spec has a few hundred lines",
        )
        return Outcome(None, (fault,))
    return decode(content, display_name)


def decode(content: bytes, display_name: str) -> Outcome[SourceTree]:
    """Reads the bytes of a spec, which must be UTF-8; a byte order mark at its start is left out."""
    for mark, encoding in _OTHER_MARKS:
        if content.startswith(mark):
            return Outcome(None, (_other_encoding(encoding, display_name),))
    if _looks_wide(content):
        return Outcome(None, (_other_encoding("UTF-16", display_name),))
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        return Outcome(None, (_not_utf8(error, content, display_name),))
    return parse(SourceFile(display_name, text))


def _nowhere(display_name: str) -> Span:
    return Positions(SourceFile(display_name, "")).span(0, 0)


def _unreadable(error: OSError | ValueError, display_name: str) -> Diagnostic:
    place = _nowhere(display_name)
    if isinstance(error, FileNotFoundError):
        return codes.MISSING_FILE.at(
            place, f"there is no file `{display_name}`", help="check the path and the current folder"
        )
    if isinstance(error, IsADirectoryError):
        return codes.UNREADABLE_FILE.at(
            place, f"`{display_name}` is a folder", help="name the spec file in it"
        )
    reason = getattr(error, "strerror", None) or str(error)
    return codes.UNREADABLE_FILE.at(
        place, f"`{display_name}` can't be read: {reason}", help="name a file that you may read"
    )


def _looks_wide(content: bytes) -> bool:
    # ASCII in UTF-16 has a NUL as every other byte; no text in UTF-8 has one.
    start = content[:64]
    return len(start) >= 4 and (not any(start[::2]) or not any(start[1::2]))


def _other_encoding(encoding: str, display_name: str) -> Diagnostic:
    return codes.WRONG_ENCODING.at(
        _nowhere(display_name), f"`{display_name}` is {encoding}", help="save the file as UTF-8"
    )


def _not_utf8(error: UnicodeDecodeError, content: bytes, display_name: str) -> Diagnostic:
    # Everything before the first bad byte is good, so offsets in the repaired text are those of the file.
    file = SourceFile(display_name, content.decode(errors="replace"))
    offset = len(content[: error.start].decode())
    byte = content[error.start]
    notes = (f"in Latin-1 this byte is `{chr(byte)}`",) if byte >= 0xA0 else ()
    return codes.WRONG_ENCODING.at(
        Positions(file).span(offset, offset + 1),
        f"the byte 0x{byte:02X} is not UTF-8 here",
        notes=notes,
        help="save the file as UTF-8",
    )
