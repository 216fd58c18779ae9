"""Documents that would take too much time or memory are refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from mlkc.diag import codes
from mlkc.source.compose import MAX_DEPTH, MAX_NODES
from mlkc.source.parse import parse
from mlkc.text.span import SourceFile, Span


def codes_of(text: str) -> list[str]:
    return [fault.code for fault in parse(SourceFile("spec.yaml", text)).diagnostics]


@pytest.mark.parametrize(
    "nest",
    [
        lambda depth: "[" * depth + "]" * depth,
        lambda depth: "{a: " * depth + "1" + "}" * depth,
        lambda depth: "- " * depth + "1\n",
        lambda depth: "".join(" " * level + "a:\n" for level in range(depth)) + " " * depth + "1\n",
    ],
)
def test_nesting(nest: object) -> None:
    assert callable(nest)
    assert codes_of(nest(MAX_DEPTH)) == []
    assert codes_of(nest(MAX_DEPTH + 1)) == [codes.TOO_DEEP.code]


def test_nesting_through_aliases() -> None:
    half = "[" * 40 + "]" * 40
    assert codes_of(f"a: &x {half}\nb: {'[' * 23}*x{']' * 23}\n") == []
    assert codes_of(f"a: &x {half}\nb: {'[' * 24}*x{']' * 24}\n") == [codes.TOO_DEEP.code]


def test_number_of_nodes() -> None:
    assert codes_of("[" + "1," * (MAX_NODES - 1) + "]") == []
    assert codes_of("[" + "1," * MAX_NODES + "]") == [codes.TOO_MANY_NODES.code]


def test_an_alias_bomb_is_refused_at_the_alias_that_goes_too_far() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    (fault,) = parse(SourceFile("spec.yaml", "\n".join(lines))).diagnostics
    assert fault.code == codes.TOO_MANY_NODES.code
    assert isinstance(fault.primary.place, Span)
    assert fault.primary.place.start.line == 4
    assert "once the alias `*a2` is expanded" in fault.message


def test_many_aliases_of_one_value_are_allowed() -> None:
    assert codes_of("a: &x [1, 2]\n" + "".join(f"b{n}: *x\n" for n in range(500))) == []


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)
# Each is repeated until the file is full.
PIECES = ["[", "- ", "a: b\n", "a:\n ", "password: a, ", "\x1b", "x: [1]\n", "- a: 0777\n", "a\n", "x"]
MORE_PIECES = [
    *(
        "{",
        "? ",
        "[a,",
        "{a: ",
        "&a ",
        "*a ",
        "!!a ",
        "'",
        '"',
        "#",
        "\n",
        "\t",
        "% ",
        "\x00",
        "\r",
        "-\n",
        "---\n",
    ),
    *(
        "1",
        "[1,",
        "日",
        "<<: ",
        "a ",
        ": ",
        ", ",
        "|\n",
        "{a: &a {",
        "\\",
        '"\\x"',
        "? - ",
        "a: &a\n",
        "\u2028",
    ),
    *("e\u0301", "password", "://a@b ", "a: |\n  x\n", "a: 'x\n'\n", "a: [b, {c: d}]\n"),
]
MEASURE = """
import json, sys, time
from pathlib import Path
from mlkc.report.text import render
from mlkc.source.load import decode
for whole, piece in json.load(sys.stdin):
    case = whole or piece * ((2**20 - 16) // len(piece.encode()))
    begin = time.process_time()
    render(decode(case.encode(), "spec.yaml").diagnostics, colour=False, width=100)
    print(time.process_time() - begin)
# Not ru_maxrss: that keeps the size of the test runner, out of which this process was started.
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
print(int(peak.split()[1]) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
def test_the_worst_files_of_one_mebibyte_take_less_than_two_seconds_and_300_mb() -> None:
    pieces = PIECES + (MORE_PIECES if "MLKC_FUZZ" in os.environ else [])
    cases = [(BOMB, ""), *(("", piece) for piece in pieces)]
    run = subprocess.run(
        [sys.executable, "-c", MEASURE], input=json.dumps(cases), capture_output=True, text=True, check=True
    )
    *seconds, megabytes = run.stdout.split()
    assert [(case, taken) for case, taken in zip(cases, seconds, strict=True) if float(taken) > 2] == []
    assert int(megabytes) < 300
