"""The page of `mlkc diff`: it parses, holds every change, runs nothing that comes from a spec, and loads nothing."""

from __future__ import annotations

import json
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from msgspec.structs import replace

from mlkc.app.diff import Change, Diff, diff
from mlkc.app.explain import Cause, Reason
from mlkc.catalog.effects import TITLES, Effect
from mlkc.report.diff_html import page
from mlkc.text.span import Position, SourceFile, Span

SPEC = """apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs:
  nameNode: "hdfs://namenode.example.com:8020"
  nodes:
    - {address: 10.0.0.1, hostnames: [namenode.example.com]}
    - {address: 10.0.0.2, hostnames: [data.example.com]}
environments:
  dev: {}
  prod: {server: {replicas: 3, ingress: {host: mlflow.example.com, tlsSecret: tls}}, client: {enabled: false}}
"""
VOID = {"meta", "wbr"}
EVIL = "<script>alert(1)</script>\" onload='x' & \u202e\x00"
PLACE = Span(SourceFile("s.yaml", f"a: {EVIL[:26]}\n"), Position(1, 4), Position(1, 5))
CHANGE = Change(
    "server", ("dev",), "Deployment", "mlflow", "spec.a.b", "memory limit", "2Gi", "4Gi", "changed",
    Effect.RESTART, "a note", ("mlflow",), Reason(Cause.SPEC, ("a",), ("a",), True, "", PLACE),
)  # fmt: skip


class Page(HTMLParser):
    """Reads a page; every element that is opened must be closed, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.cards: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "article":
            self.cards.append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self.open[-1] if self.open else "", []).append(data)
        if "article" in self.open:
            self.cards[-1] += data


@pytest.fixture
def found(tmp_path: Path) -> Diff:
    """A new stack: everything is added."""
    (tmp_path / "spec.yaml").write_text(SPEC)
    (tmp_path / "empty").mkdir()
    return diff(tmp_path / "spec.yaml", "spec.yaml", str(tmp_path / "empty"))


def test_every_change_is_a_card_with_its_effect_in_words(found: Diff) -> None:
    cards = Page(page(found.changes, found.environments, "t")).cards
    assert len(cards) == len(found.changes) > 10
    for card, change in zip(cards, found.changes, strict=True):
        assert change.term in card
        assert TITLES[change.effect] in card
        assert change.reason is None or str(change.reason.place) in card


def test_a_card_has_the_values_and_the_line_of_the_spec() -> None:
    (card,) = Page(page([CHANGE], (), "t")).cards
    for part in ("Deployment/mlflow", "spec.a.b", "2Gi", "4Gi", "a note", "s.yaml:1:4", "a: <script>", "dev"):
        assert part in card


def test_the_picture_is_that_of_the_environment(found: Diff) -> None:
    parsed = Page(page((), found.environments, "t"))
    labels = [a["aria-label"] for tag, a in parsed.elements if tag == "svg"]
    assert len(labels) == 2
    dev, prod = (str(label) for label in labels)
    assert "client connects to hdfs" in dev
    assert "ingress" not in dev
    assert "ingress connects to server, server connects to database, server connects to hdfs." in prod
    assert {"3 replicas", "1 replica", "port 5000", "mlflow.example.com"} <= set(parsed.texts["text"])
    assert {"namenode.example.com", "data.example.com"} <= set(parsed.texts["text"])


@pytest.mark.parametrize("port", ["", ":8020"])
def test_the_name_node_is_drawn_once(tmp_path: Path, port: str) -> None:
    (tmp_path / "spec.yaml").write_text(SPEC.replace(":8020", port))
    found = diff(tmp_path / "spec.yaml", "spec.yaml", str(tmp_path))
    texts = Page(page((), found.environments[:1], "t")).texts["text"]
    assert texts.count("namenode.example.com") == texts.count("data.example.com") == 1
    assert ("port 8020" in texts) is bool(port)


@pytest.mark.parametrize("field", ["component", "name", "field", "term", "old", "new", "note", "action"])
def test_text_of_a_spec_is_never_markup(field: str) -> None:
    plain = Page(page([replace(CHANGE)], (), "t"))
    evil = Page(
        page(
            [
                replace(CHANGE, **{field: EVIL}),
            ],
            (),
            EVIL,
        )
    )
    # A line break opportunity in a path is the page's own; all else must be the same elements and attributes.
    shape = [(tag, sorted(a)) for tag, a in evil.elements if tag != "wbr"]
    assert shape == [(tag, sorted(a)) for tag, a in plain.elements if tag != "wbr"]
    assert "alert(1)" in evil.cards[0]
    assert "alert" not in "".join(evil.texts["script"])


def test_an_environment_of_any_name_is_text() -> None:
    parsed = Page(page([replace(CHANGE, environments=(EVIL, "b"))], (), "t"))
    (card,) = (a for tag, a in parsed.elements if tag == "article")
    values = {a["value"] for tag, a in parsed.elements if tag == "button"}
    assert set(json.loads(str(card["data-env"]))) | {""} == values


def test_nothing_is_loaded_and_nothing_is_hidden_without_scripts(found: Diff) -> None:
    text = page(found.changes, found.environments, "t")
    assert text.isascii()
    elements = Page(text).elements
    names = {name for _, attributes in elements for name in attributes}
    assert not names & {"src", "href", "style", "srcset", "action", "onclick", "onload"}
    assert not {tag for tag, _ in elements} & {
        "link",
        "img",
        "iframe",
        "object",
        "base",
        "form",
        "use",
        "image",
    }
    assert "url(" not in text
    assert "@import" not in text
    assert [a.get("class") for _, a in elements if "hidden" in a] == ["filter"]


def test_the_same_changes_are_the_same_bytes(found: Diff) -> None:
    assert page(found.changes, found.environments, "t") == page(found.changes, found.environments, "t")


def test_no_change_is_said() -> None:
    assert "Nothing changes." in page((), (), "t")


def chromium(page_: Path, *mode: str) -> subprocess.CompletedProcess[str]:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    assert browser, "no chromium on PATH"
    flags = [
        *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        *("--hide-scrollbars", "--enable-logging=stderr", f"--user-data-dir={page_.parent / 'profile'}"),
    ]
    command = [browser, *flags, *mode, page_.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)


@pytest.mark.e2e
@pytest.mark.parametrize(("wide", "high"), [(1600, 1200), (400, 1200)])
def test_a_browser_draws_the_page(found: Diff, tmp_path: Path, wide: int, high: int) -> None:
    target, shot = tmp_path / "page.html", tmp_path / "page.png"
    target.write_text(page(found.changes, found.environments, "t"))
    done = chromium(target, f"--window-size={wide},{high}", f"--screenshot={shot}")
    # A style or script that the policy does not know would be told here.
    assert "CONSOLE" not in done.stderr
    drawn = shot.read_bytes()
    assert (int.from_bytes(drawn[16:20], "big"), int.from_bytes(drawn[20:24], "big")) == (wide, high)
    # A blank page of this size compresses to a tenth of that.
    assert len(drawn) > 50_000


@pytest.mark.e2e
def test_a_browser_runs_the_filter_and_no_text_of_a_spec(found: Diff, tmp_path: Path) -> None:
    evil = replace(
        CHANGE, new="<img src=x onerror=document.title='owned'><script>document.title='owned'</script>"
    )
    target = tmp_path / "page.html"
    text = page([evil, *found.changes], found.environments, "the title")
    target.write_text(text)
    plain = Page(chromium(target, "--dump-dom").stdout)
    assert plain.texts["title"][0] == "the title"
    assert not [tag for tag, attributes in plain.elements if "hidden" in attributes]
    # The policy lets no other script click.
    head, _, rest = text.partition('<meta http-equiv="Content-Security-Policy"')
    click = "<script>document.querySelector('button[value=prod]').click();</script></body>"
    target.write_text(head + rest.partition(">")[2].replace("</body>", click))
    parsed = Page(chromium(target, "--dump-dom").stdout)
    items = [attributes for _, attributes in parsed.elements if "data-env" in attributes]
    hidden = [set(json.loads(str(a["data-env"]))) for a in items if "hidden" in a]
    shown = [set(json.loads(str(a["data-env"]))) for a in items if "hidden" not in a]
    assert all("prod" not in names for names in hidden)
    assert all("prod" in names or not names for names in shown)
    assert {"dev"} in hidden
