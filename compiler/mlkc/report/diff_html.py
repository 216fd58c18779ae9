"""Changes of a stack as one page that needs nothing else: a picture of each environment, and a card for each change.

All that comes from a spec or an output is text here, never markup: it is escaped, and the page's policy lets no
script or style run but the page's own, which it names by their hashes.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections import Counter
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

from mlkc.catalog.effects import TITLES
from mlkc.report.cells import safe
from mlkc.report.diff import edited, effect_words, spec_line
from mlkc.report.diff_page import SCRIPT, STYLE
from mlkc.report.topology import Mark, picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mlkc.app.diff import Change
    from mlkc.app.edits import Edit
    from mlkc.plan.plan import EnvironmentPlan

_PARTS = {"Ingress": "ingress"}


def page(
    changes: Sequence[Change],
    environments: Sequence[EnvironmentPlan],
    title: str,
    edits: Sequence[Edit] = (),
    unread: Sequence[str] = (),
) -> str:
    """Writes the page, in ASCII: every other character is a reference, so that no encoding can spoil it.

    Args:
        changes: what differs, in the order to show.
        environments: the plans of the stacks to draw.
        title: what is compared with what.
        edits: of files that are compared with.
        unread: what could not be compared.
    """
    drawn = "".join(_stack(environment, changes) for environment in environments)
    cards = "".join(_card(change) for change in changes)
    names = _names(changes, environments)
    body = (
        f"<header><p class=soft>mlkc diff</p><h1>{_text(title)}</h1>{_counts(changes)}{_unread(unread)}"
        f"{_filter(names, len(changes)) if len(names) > 1 else ''}</header>\n<main>\n"
        f'<h2>The stack</h2>\n<div class="stacks">{drawn}</div>\n'
        f"<h2>Changes</h2>\n{_cards(cards)}\n{_edits(edits)}</main>\n"
    )
    return _document(title, body).encode("ascii", "xmlcharrefreplace").decode("ascii")


def _document(title: str, body: str) -> str:
    policy = (
        f"default-src 'none'; style-src {_hash(STYLE)}; script-src {_hash(SCRIPT)};"
        " base-uri 'none'; form-action 'none'"
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}"
        f"<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _names(changes: Iterable[Change], environments: Iterable[EnvironmentPlan]) -> list[str]:
    """All environments, those that are gone too."""
    names = {environment.name for environment in environments}
    return sorted(names.union(*(change.environments for change in changes)))


def _counts(changes: Sequence[Change]) -> str:
    if not changes:
        return "<p>Nothing changes.</p>"
    counts = Counter(change.effect for change in changes)
    items = (
        f'<li class="badge {effect}">{counts[effect]} {_text(TITLES[effect])}</li>'
        for effect in sorted(counts, reverse=True)
    )
    return f'<ul class="counts">{"".join(items)}</ul>'


def _unread(lines: Iterable[str]) -> str:
    return "".join(f'<p class="note">Not compared: {_text(line)}</p>' for line in lines)


def _edits(edits: Sequence[Edit]) -> str:
    if not edits:
        return ""
    shown = "".join(
        f"<p>{_text(edited(edit))}</p><pre>{'<br>'.join(_text(line) for line in edit.lines)}</pre>"
        for edit in edits
    )
    return f"<h2>Edited by hand</h2>\n{shown}\n"


def _filter(names: Sequence[str], total: int) -> str:
    """The buttons, which show only where scripts run: without them there is nothing to press."""
    buttons = "".join(
        f'<button type="button" value="{_text(name)}" aria-pressed="false">{_text(name)}</button>'
        for name in names
    )
    return (
        '<div class="filter" role="group" aria-label="Environment" hidden>'
        f'<button type="button" value="" aria-pressed="true">all environments</button>{buttons}'
        f'<span class="soft" role="status"><span id="count">{total}</span> of {total} changes</span></div>'
    )


def _stack(environment: EnvironmentPlan, changes: Iterable[Change]) -> str:
    own = [change for change in changes if not change.environments or environment.name in change.environments]
    found: dict[str, list[Change]] = {}
    for change in own:
        found.setdefault(_PARTS.get(change.kind, change.component), []).append(change)
    marks = {part: _mark(some) for part, some in found.items()}
    stack = environment.stack
    caption = f"<strong>{_text(environment.name)}</strong> <span class=soft>namespace {_text(stack.namespace)}</span>"
    return (
        f'<figure data-env="{_environments([environment.name])}"><figcaption>{caption}</figcaption>'
        f"{picture(stack, marks)}</figure>"
    )


def _mark(changes: Sequence[Change]) -> Mark:
    worst = max(change.effect for change in changes)
    number = f"{len(changes)} change{'' if len(changes) == 1 else 's'}"
    return Mark(f"{number}: {worst}" if worst else number, f"marked {worst}")


def _cards(cards: str) -> str:
    return f'<div class="cards">{cards}</div>' if cards else "<p>Nothing changes.</p>"


def _card(change: Change) -> str:
    where = ", ".join(change.environments) or "all environments"
    thing = change.name if change.kind == "image" else f"{change.kind}/{change.name}"
    # A long path breaks between its steps.
    field = _text(change.field).replace(".", ".<wbr>")
    path = f'<code class="soft path">{field}</code>' if field else ""
    return (
        f'<article class="{change.effect}" data-env="{_environments(change.environments)}">'
        f'<div class="top"><span class="badge {change.effect}">{_text(TITLES[change.effect])}</span>'
        f"<span>{_text(change.component)}</span><span class=soft>{_text(where)}</span></div>"
        f"<h3>{_text(f'{change.term} {change.action}')}</h3><code class=soft>{_text(thing)}</code>{path}"
        f"{_values(change)}{_effect(change)}{_because(change)}</article>\n"
    )


def _values(change: Change) -> str:
    if change.kind == "image" or (change.old and change.old == change.new):
        return (
            f'<div class="values"><code class="line">{_text(change.new)}</code></div>' if change.new else ""
        )
    old = f"<del>{_text(change.old)}</del>" if change.old else ""
    new = f"<ins>{_text(change.new)}</ins>" if change.new else ""
    return f'<div class="values">{old}{new}</div>' if old or new else ""


def _effect(change: Change) -> str:
    words = effect_words(change)
    # The badge says the bare effect already.
    return "" if words == TITLES[change.effect] else f"<p>{_text(words[:1].upper() + words[1:])}</p>"


def _because(change: Change) -> str:
    if change.reason is None:
        return ""
    place = f"because of <code>{_text(str(change.reason.place))}</code>"
    line = f'<code class="line">{_text(spec_line(change))}</code>'
    return f'<div class="because"><span class=soft>{place}</span>{line}</div>'


def _environments(names: Iterable[str]) -> str:
    return escape(json.dumps([safe(name) for name in names]))


def _text(text: str) -> str:
    return escape(safe(text))
