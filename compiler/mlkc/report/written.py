"""What a run did to the output folder, for people."""

from __future__ import annotations

from collections import Counter

from mlkc.write.apply import Written

_MOST = 20


def summary(written: Written) -> str:
    """Lists the files that changed; over 20 of a kind are counted by folder; one line when nothing did."""
    if not written.changed:
        return f"nothing changed: {written.unchanged} files are as the spec says\n"
    counts = (
        (len(written.created), "created"),
        (len(written.updated), "updated"),
        (len(written.deleted), "deleted"),
        (written.unchanged, "unchanged"),
    )
    lines = [", ".join(f"{count} {what}" for count, what in counts if count)]
    for sign, paths in (("+", written.created), ("~", written.updated), ("-", written.deleted)):
        names = paths if len(paths) <= _MOST else _by_folder(paths)
        lines += [f"  {sign} {name}" for name in names]
    lines += [f"  + {path} (made once, with random values; never commit it)" for path in written.made]
    if written.recovered:
        lines.append("an interrupted run was finished first")
    return "\n".join(lines) + "\n"


def _by_folder(paths: tuple[str, ...]) -> list[str]:
    """Counts files by the first two folders of their path: `overlays/prod/ (7 files)`."""
    folders = Counter("/".join(path.split("/")[:-1][:2]) for path in paths)
    return [
        f"{folder}/ ({count} file{'s' if count > 1 else ''})" for folder, count in sorted(folders.items())
    ]
