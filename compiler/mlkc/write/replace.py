"""Replacing one file of the user's, as a whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def replace_text(path: Path, before: str, after: str) -> bool:
    """Writes a new text in the place of an old one.

    The new file is written and flushed beside the old one, gets its mode, and takes its name; a link stays a link.
    A byte order mark stays.

    Args:
        path: the file.
        before: what it must hold.
        after: what it shall hold.

    Returns:
        Whether it was written: not when the file holds something else by now.

    Raises:
        OSError: the file can't be read or written.
    """
    target = path.resolve()
    content = target.read_bytes()
    start = BYTE_ORDER_MARK if content.startswith(BYTE_ORDER_MARK) else b""
    if content != start + before.encode():
        return False
    beside = target.with_name(f".{target.name}.{os.getpid()}.mlkc")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(start + after.encode())
            stream.flush()
            os.fchmod(stream.fileno(), target.stat().st_mode & 0o7777)
            os.fsync(stream.fileno())
        beside.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    return True
