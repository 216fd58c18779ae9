"""What a run did to the output folder, for people."""

from __future__ import annotations

from mlkc.write.apply import Written

_MOST = 20


def summary(written: Written) -> str:
    """Lists the files that changed, at most 20 of a kind; one line when nothing did."""
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
        lines += [f"  {sign} {path}" for path in paths[:_MOST]]
        if len(paths) > _MOST:
            lines.append(f"  {sign} … and {len(paths) - _MOST} more")
    lines += [f"  + {path} (made once, with random values; never commit it)" for path in written.made]
    if written.recovered:
        lines.append("an interrupted run was finished first")
    return "\n".join(lines) + "\n"
