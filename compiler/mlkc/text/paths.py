"""Paths into the three trees of a compile: the spec, the plan and an output file.

A path is a tuple of keys and list indexes. In a spec path and a plan path the written form is
`hdfs.nodes[0].address`; in an output it is a JSON Pointer (RFC 6901), `/spec/replicas`.
"""

from __future__ import annotations

from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
SpecPath: TypeAlias = Path
PlanPath: TypeAlias = Path
Pointer: TypeAlias = Path


def dotted(path: Path) -> str:
    """Writes a spec or plan path as people read it: `hdfs.nodes[0].address`."""
    out = ""
    for part in path:
        if isinstance(part, int):
            out += f"[{part}]"
        else:
            out += f".{part}" if out else part
    return out


def pointer(path: Path) -> str:
    """Writes an output path as a JSON Pointer, RFC 6901; the empty path is the empty string."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)
