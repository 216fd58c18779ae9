"""Whatever bytes come, the answer is data or diagnostics, in a way that can be shown.

`MLKC_FUZZ=20000` sets the number of files tried.
"""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlkc.diag import codes
from mlkc.diag.diagnostic import Severity
from mlkc.report import REPORTERS, Terminal
from mlkc.source.load import decode
from mlkc.source.tree import SourceTree
from mlkc.text.span import Span

CODES = {code.code for code in codes.ALL}
SEED = """\
# The whole stack, in every style of YAML.
apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs: &hdfs
  nameNode: hdfs://192.168.10.145:8020/mlflow/mlruns
  nodes:
  - address: 192.168.10.145
    names: [ab-node1.senses, 'node one', "日本\\u00e9"]
database: {engine: mysql, image: mysql:8.4, storage: 20Gi, port: 3306, "quoted": ~}
notes: |
  Several lines,
    indented.

folded: >-
  one
  two
environments:
  dev: {}
  prod:
    server: {replicas: 3, ratio: 0.5, debug: false}
    hdfs: *hdfs
"""
PIECES = [
    *(
        "\t",
        "\r",
        "\r\n",
        "\n",
        " ",
        "  ",
        "    ",
        ": ",
        ":",
        "- ",
        "-",
        "? ",
        "?",
        ",",
        "#",
        " #",
        "[",
        "]",
        "{",
        "}",
    ),
    *(
        "&a ",
        "*a",
        "*hdfs",
        "!a ",
        "!!int ",
        "!!str",
        "!<x> ",
        "|",
        "|2",
        ">-",
        "'",
        '"',
        "%",
        "%YAML 1.1\n",
        "@",
        "`",
    ),
    *(
        "<<: ",
        "<<: *hdfs",
        "---\n",
        "...\n",
        "\n---\n",
        "~",
        "\\",
        "\\x",
        "\\ud800",
        "{{ x }}",
        "0777",
        ".inf",
        "1e999",
    ),
    *(
        "\x00",
        "\x1b[31m",
        "\x7f",
        "\x85",
        "\u2028",
        "\u202e",
        "\ufeff",
        "\ufffe",
        "日",
        "e\u0301",
        "😀",
        "9" * 5000,
    ),
    *("\ue000", ":x", "[" * 70, "{a: " * 70, "&x [*x]", "database: ", "x" * 1100 + ": "),
]
RAW = [b"\xff", b"\xc3", b"\xe9", b"\xed\xa0\x80", b"\xff\xfe", b"\xef\xbb\xbf", b"\xf4\x90\x80\x80", b"\x80"]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A spec with some bytes deleted, repeated, moved, overwritten or put in."""
    content = SEED.encode()
    piece = st.one_of(
        st.sampled_from(PIECES).map(str.encode),
        st.sampled_from(RAW),
        st.text(max_size=5).map(_bytes),
        st.binary(max_size=3),
    )
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 40)))
        change = draw(st.integers(0, 4))
        if change == 0:
            content = content[:start] + content[end:]
        elif change == 1:
            content = content[:end] + content[start:end] * draw(st.integers(1, 3)) + content[end:]
        elif change == 2:
            content = content[:start] + draw(piece) + content[end:]
        elif change == 3:
            content = content[:start] + draw(piece) + content[start:]
        else:
            content = content[:start] if draw(st.booleans()) else content[start:]
    if draw(st.integers(0, 19)) == 0:
        encoding = draw(st.sampled_from(["utf-16", "utf-32", "latin-1", "utf-16-le"]))
        content = content.decode(errors="replace").encode(encoding, "replace")
    return content


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@settings(
    max_examples=int(os.environ.get("MLKC_FUZZ", "400")),
    deadline=2000,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    print_blob=True,
)
@given(st.one_of(mutated(), mutated(), mutated(), st.binary(max_size=60), st.text(max_size=60).map(_bytes)))
def test_any_bytes(content: bytes) -> None:
    outcome = decode(content, "spec.yaml")
    assert outcome.value is not None or outcome.failed
    for fault in outcome.diagnostics:
        assert fault.code in CODES
        assert fault.severity in (Severity.WARNING, Severity.ERROR)
        assert fault.help
        assert "\n" not in fault.message
        assert len(fault.message) < 200
        for label in (fault.primary, *fault.related):
            assert isinstance(label.place, Span)
            check_span(label.place)
    for reporter in REPORTERS.values():
        reporter(outcome.diagnostics, Terminal(colour=True, width=60))
    if outcome.value is not None:
        check_tree(outcome.value)


def check_span(span: Span) -> None:
    assert (1, 1) <= span.start <= span.end
    lines = span.file.text.split("\n")
    assert span.end.line <= len(lines)
    assert span.start.column <= len(lines[span.start.line - 1]) + 1
    assert span.end.column <= len(lines[span.end.line - 1]) + 1


def check_tree(tree: SourceTree) -> None:
    seen: set[tuple[str | int, ...]] = set()

    def walk(data: Any, path: tuple[str | int, ...]) -> None:
        seen.add(path)
        places = tree.spans[path]
        check_span(places.value)
        assert (places.key is None) == (not path or isinstance(path[-1], int))
        if places.key is not None:
            check_span(places.key)
        if isinstance(data, dict):
            assert all(type(key) is str for key in data)
            for key, value in data.items():
                walk(value, (*path, key))
        elif isinstance(data, list):
            for index, value in enumerate(data):
                walk(value, (*path, index))
        else:
            assert data is None or type(data) in (str, int, float, bool)

    walk(tree.data, ())
    assert seen == set(tree.spans)
