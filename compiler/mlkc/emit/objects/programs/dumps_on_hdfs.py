"""Moves dumps of a database between the folder FOLDER and HDFS_FOLDER on HDFS: put or get.

put: writes the one dump in FOLDER under another name, reads it back, gives it its name, and keeps the newest KEEP.
get: fetches the dump RESTORE, or the newest.
"""

from __future__ import annotations

import hashlib
import os
import posixpath
import sys
from pathlib import Path
from typing import Any

from pyarrow import fs

SIZE = 1 << 20
END = ".sql.gz"


def files(store: Any, folder: str) -> list[str]:
    """Lists the names in a folder."""
    return sorted(one.base_name for one in store.get_file_info(fs.FileSelector(folder)))


def dumps(store: Any, folder: str) -> list[str]:
    """Lists the dumps of DB_NAME in a folder, the oldest first."""
    begin = os.environ["DB_NAME"] + "-"
    return [name for name in files(store, folder) if name.startswith(begin) and name.endswith(END)]


def copy(source: Any, target: Any = None) -> str:
    """Copies what is left of an open file, or only reads it; returns the SHA-256 of what was read."""
    digest = hashlib.sha256()
    while True:
        block = source.read(SIZE)
        if not block:
            return digest.hexdigest()
        digest.update(block)
        if target is not None:
            target.write(block)


# By the name's end pyarrow would take a file for compressed, and give what is in it.
AS_IT_IS = {"compression": None}


def put(store: Any, here: Path, folder: str, keep: int) -> None:
    """Stores the dump; until it is proved nobody finds it."""
    (dump,) = here.glob("*" + END)
    store.create_dir(folder, recursive=True)
    for name in files(store, folder):
        if name.startswith(".") and name.endswith(".partial"):
            store.delete_file(posixpath.join(folder, name))
    part = posixpath.join(folder, "." + dump.name + ".partial")
    with dump.open("rb") as source, store.open_output_stream(part, **AS_IT_IS) as target:
        written = copy(source, target)
    with store.open_input_stream(part, **AS_IT_IS) as again:
        if copy(again) != written:
            sys.exit(part + ": HDFS gives back something else than was written")
    store.move(part, posixpath.join(folder, dump.name))
    for name in dumps(store, folder)[:-keep]:
        store.delete_file(posixpath.join(folder, name))
    print("\n".join(dumps(store, folder)))


def get(store: Any, here: Path, folder: str, wanted: str) -> None:
    """Fetches a dump."""
    found = dumps(store, folder)
    print("\n".join(found))
    name = wanted or (found[-1] if found else "")
    if name not in found:
        sys.exit("there is no dump " + name + " of " + os.environ["DB_NAME"] + " in " + folder)
    with store.open_input_stream(posixpath.join(folder, name), **AS_IT_IS) as source, (here / name).open(
        "wb"
    ) as target:
        copy(source, target)


def main() -> None:
    """Runs one of the two."""
    store = fs.HadoopFileSystem("default")
    here, folder = Path(os.environ["FOLDER"]), os.environ["HDFS_FOLDER"]
    if sys.argv[1] == "put":
        put(store, here, folder, int(os.environ["KEEP"]))
    else:
        get(store, here, folder, os.environ.get("RESTORE", ""))


if __name__ == "__main__":
    main()
