"""The use case behind `mlkc compile --watch`: when a file was saved.

The file is asked for its state again and again, which works on every system and every kind of disk. An editor may
write in place, or write another file and rename it: time, size and inode together tell either.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TypeAlias

INTERVAL: Final = 0.02
"""Seconds between two looks at the file."""
_SETTLED: Final = 0.004
"""Seconds in which a file that is being written changes, as a program writes the parts of a file at once."""

_State: TypeAlias = tuple[int, int, int]


def saves(file: Path, stopped: Callable[[], bool], interval: float = INTERVAL) -> Iterator[None]:
    """Yields at once, then each time when the file was saved, until it shall stop.

    What happens to the file while the caller is at work on a save is seen afterwards, so no save is missed. A file
    that is away, empty or still changing is waited for: an editor is about to write it.

    Args:
        file: the file.
        stopped: asked at every look.
        interval: seconds between two looks.
    """
    seen = _state(file)
    yield
    while not stopped():
        state = _state(file)
        if state is None or state == seen or state[1] == 0:
            time.sleep(interval)
            continue
        time.sleep(_SETTLED)
        if _state(file) != state:
            continue
        seen = state
        yield


def _state(file: Path) -> _State | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
