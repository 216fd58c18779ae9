"""Each fault of the YAML text: its code, its place and what it says."""

from __future__ import annotations

import pytest

from mlkc.diag import codes
from mlkc.diag.code import Code
from mlkc.diag.diagnostic import Diagnostic
from mlkc.source.parse import parse
from mlkc.text.span import SourceFile, Span


def faults(text: str) -> tuple[Diagnostic, ...]:
    return parse(SourceFile("spec.yaml", text)).diagnostics


def underlined(fault: Diagnostic) -> str:
    place = fault.primary.place
    assert isinstance(place, Span)
    assert place.start.line == place.end.line
    return place.file.line(place.start.line)[place.start.column - 1 : place.end.column - 1]


CASES: list[tuple[str, Code, str, str, str]] = [
    # text, code, line:column, what is underlined, a part of message or help
    ("a:\n\tb: 1\n", codes.TAB_INDENTATION, "2:1", "\t", "indent with spaces"),
    ("a:\n  b: 1\n  \tc: 2\n", codes.TAB_INDENTATION, "3:3", "\t", "indent with spaces"),
    ("a: |\n\tx\n", codes.TAB_INDENTATION, "2:1", "\t", "indent with spaces"),
    ("a:\n   b: 1\n  c: 2\n", codes.BAD_INDENTATION, "3:3", "c:", "indent it by 0 or 3 spaces"),
    ("e:\n  d: {}\n p: {}\n", codes.BAD_INDENTATION, "3:2", "p:", "indent it by 0 or 2 spaces"),
    ("a:\n  - b: 1\n   c: 2\n", codes.BAD_INDENTATION, "3:4", "c:", "indent it by 0, 2 or 4 spaces"),
    ("a: |\n  x\n y\n", codes.BAD_INDENTATION, "3:2", "y", "indent it by 0 or 2 spaces"),
    ("a: 1\n b: 2\n", codes.BAD_INDENTATION, "2:2", "b", "deeper than the key above it"),
    ("- a\nb: c\n", codes.BAD_INDENTATION, "2:1", "b:", "a list item is expected here"),
    ("a:\n  - x: 1\n    - y\n", codes.BAD_INDENTATION, "3:5", "-", "a key is expected here"),
    ("a: - b\n", codes.BAD_INDENTATION, "1:4", "-", "a list can't begin here"),
    ("a: 'x\nb: 1\n", codes.UNCLOSED_QUOTE, "1:4", "'", "never closed"),
    ('a: "x\nb: 1\n', codes.UNCLOSED_QUOTE, "1:4", '"', "never closed"),
    ("a: 'x\nb: 'y'\n", codes.UNCLOSED_QUOTE, "1:4", "'", "not closed on its line"),
    ("a: 'x\n---\nb: 'y'\n", codes.UNCLOSED_QUOTE, "1:4", "'", "before the document ends"),
    ("a: [1, 2\n", codes.UNCLOSED_BRACKET, "1:4", "[", "never closed"),
    ("a: [\n", codes.UNCLOSED_BRACKET, "1:4", "[", "never closed"),
    ("a: [{b: [1],\n", codes.UNCLOSED_BRACKET, "1:5", "{", "never closed"),
    ("a: {b: 1\n\n\n", codes.UNCLOSED_BRACKET, "1:4", "{", "never closed"),
    ("a: [1, 2\nb: 3\n", codes.UNCLOSED_BRACKET, "2:2", ":", "closing `]` is expected"),
    ("a: {b: x:y, c:, d: 1}\n", codes.SECOND_COLON, "1:14", ":,", "write a space after it"),
    ("a: {b: x:y, c: @}\n", codes.UNQUOTED_INDICATOR, "1:16", "@}", "can't begin with `@`"),
    ("{a: 1 b: 2}", codes.UNCLOSED_BRACKET, "1:8", ":", "closing `}` is expected"),
    ("a: @b\n", codes.UNQUOTED_INDICATOR, "1:4", "@b", "can't begin with `@`"),
    ("a: `b`\n", codes.UNQUOTED_INDICATOR, "1:4", "`b`", "can't begin with a backquote"),
    ("a: %b\n", codes.UNQUOTED_INDICATOR, "1:4", "%b", "can't begin with `%`"),
    ("a: ? b\n", codes.UNQUOTED_INDICATOR, "1:4", "?", "in single quotes"),
    ("a: *.log\n", codes.UNQUOTED_INDICATOR, "1:4", "*", "begins an alias"),
    ("a: & b\n", codes.UNQUOTED_INDICATOR, "1:4", "&", "begins an anchor"),
    ('a: "\\q"\n', codes.BAD_ESCAPE, "1:5", "\\q", "write a backslash twice"),
    ('a: "C:\\xyz"\n', codes.BAD_ESCAPE, "1:7", "\\x", "write a backslash twice"),
    ('a: "\\ud800"\n', codes.BAD_ESCAPE, "1:5", "\\ud800", "write a backslash twice"),
    ("a: b: c\n", codes.SECOND_COLON, "1:5", ":", "a second `: `"),
    (": a\n", codes.SECOND_COLON, "1:1", ":", "a key is missing"),
    ("a\nb: 1\n", codes.MISSING_COLON, "1:1", "a", "write `a: ` and a value"),
    ("b:2\na: 1\n", codes.MISSING_COLON, "1:1", "b:2", "write a space after the colon: `b: 2`"),
    ("a: 1\nb:2\n", codes.MISSING_COLON, "2:1", "b:2", "write a space after the colon: `b: 2`"),
    ("a:\n- b\n-c\n", codes.MISSING_COLON, "3:1", "-c", "write a space after the dash: `- c`"),
    ("a: 1\nserver\n  b: 1\n", codes.MISSING_COLON, "2:1", "server", "write `server: `"),
    ("- name\n  address: 1\n", codes.MISSING_COLON, "1:3", "name", "write `name: `"),
    ('a: "x" y\n', codes.TEXT_AFTER_VALUE, "1:8", "y", 'the value `"x"`'),
    ("x: 'a' @\n", codes.TEXT_AFTER_VALUE, "1:8", "@", "the value `'a'`"),
    ("b: 'don't'\n", codes.TEXT_AFTER_VALUE, "1:9", "t'", "an apostrophe is written twice"),
    ("{a: 1}\nb: 2\n", codes.TEXT_AFTER_VALUE, "2:1", "b:", "the end of the document"),
    ("a: 1\n]\n", codes.YAML_SYNTAX, "2:1", "]", "nothing is open"),
    ("a: }\n", codes.YAML_SYNTAX, "1:4", "}", "a value is expected"),
    ("a: |x\n  b\n", codes.YAML_SYNTAX, "1:4", "|x", "several lines"),
    ("a: |0\n  b\n", codes.YAML_SYNTAX, "1:4", "|0", "several lines"),
    ("'a\n  b': 1\n", codes.YAML_SYNTAX, "2:5", ":", "over several lines"),
    ("x" * 1100 + ": 1\n", codes.YAML_SYNTAX, "1:1101", ":", "1024 characters"),
    ("%YAML 1.1\n---\na: 1\n", codes.YAML_DIRECTIVE, "1:1", "%YAML 1.1", "delete this line"),
    ("# x\n%TAG ! tag:x:\n---\na: 1\n", codes.YAML_DIRECTIVE, "2:1", "%TAG ! tag:x:", "delete this line"),
    ("%FOO\n--- a\n", codes.YAML_DIRECTIVE, "1:1", "%FOO", "a spec has none"),
    ("%YAML 3.0\n--- a\n", codes.YAML_DIRECTIVE, "1:1", "%YAML 3.0", "a spec has none"),
    ("a: 1\n---\nb: 2\n", codes.SEVERAL_DOCUMENTS, "2:1", "---", "one document a file"),
    ("a: 1\n---\n", codes.SEVERAL_DOCUMENTS, "2:1", "---", "one document a file"),
    ("", codes.EMPTY_FILE, "1:1", "", "holds no document"),
    ("\n# only a comment\n", codes.EMPTY_FILE, "1:1", "", "holds no document"),
    ("---\n", codes.EMPTY_FILE, "1:1", "", "holds no document"),
    ("a: 1\nb: 2\na: 3\n", codes.DUPLICATE_KEY, "3:1", "a", "the key `a` is written twice"),
    ("{a: 1, 'a': 2}\n", codes.DUPLICATE_KEY, "1:8", "'a'", "the key `a` is written twice"),
    ("8080: a\n", codes.NON_STRING_KEY, "1:1", "8080", 'write it in quotes: "8080"'),
    ("true: a\n", codes.NON_STRING_KEY, "1:1", "true", "not a string but a boolean"),
    ("~: a\n", codes.NON_STRING_KEY, "1:1", "~", "not a string but null"),
    ("? [a]\n: b\n", codes.NON_STRING_KEY, "1:3", "[a]", "a list or mapping stands"),
    ("a: {{ x }}\n", codes.NON_STRING_KEY, "1:5", "{ x }", "a spec is not a template"),
    ("a: {b: 1}\nc:\n  <<: {d: 1}\n", codes.MERGE_KEY, "3:3", "<<", "already inherits"),
    ("a: !secret x\n", codes.CUSTOM_TAG, "1:4", "!secret", "the tag `!secret`"),
    ("a: !!binary aGk=\n", codes.CUSTOM_TAG, "1:4", "!!binary", "the tag `!!binary`"),
    ("a: !!set {}\n", codes.CUSTOM_TAG, "1:4", "!!set", "the tag `!!set`"),
    ("a: !x!y z\n", codes.CUSTOM_TAG, "1:4", "!x!y", "the tag `!x!y`"),
    ("a: !!int x\n", codes.WRONG_TAG, "1:4", "!!int x", "not of the type `!!int`"),
    ("a: !!int true\n", codes.WRONG_TAG, "1:4", "!!int true", "not of the type `!!int`"),
    ("a: *x\n", codes.UNDEFINED_ALIAS, "1:4", "*x", "no anchor `&x`"),
    ("a: &mark 1\nb: *makr\nc: *mark\n", codes.UNDEFINED_ALIAS, "2:4", "*makr", "write `*mark`"),
    ("a: &x [1, *x]\n", codes.RECURSIVE_ALIAS, "1:11", "*x", "inside the value"),
    ("a: .inf\n", codes.NUMBER_OUT_OF_RANGE, "1:4", ".inf", "a finite number"),
    ("a: .NaN\n", codes.NUMBER_OUT_OF_RANGE, "1:4", ".NaN", "a finite number"),
    ("a: 1e999\n", codes.NUMBER_OUT_OF_RANGE, "1:4", "1e999", "a finite number"),
    ("a: " + "9" * 5000 + "\n", codes.NUMBER_OUT_OF_RANGE, "1:4", "9" * 5000, "a finite number"),
    ("a: 18446744073709551616\n", codes.NUMBER_OUT_OF_RANGE, "1:4", "18446744073709551616", "64 bits"),
    ("a: 0644\n", codes.LEADING_ZERO, "1:4", "0644", "`644` for the number, `0o644` for the octal"),
    ("a: -089\n", codes.LEADING_ZERO, "1:4", "-089", 'write `-89` for the number, or "-089" in quotes'),
    ("password: &secret\n", codes.UNUSED_ANCHOR, "1:11", "&secret", "never used"),
    ("a: b\x00c\n", codes.FORBIDDEN_CHARACTER, "1:5", "\x00", "U+0000 NUL"),
    ("a: b\x1bc\n", codes.FORBIDDEN_CHARACTER, "1:5", "\x1b", '"\\x1b"'),
    ("a: b\x85c\n", codes.FORBIDDEN_CHARACTER, "1:5", "\x85", "U+0085"),
    ("a: b\u2028c\n", codes.FORBIDDEN_CHARACTER, "1:5", "\u2028", "LINE SEPARATOR"),
    ("# \u202e\n", codes.FORBIDDEN_CHARACTER, "1:3", "\u202e", "RIGHT-TO-LEFT OVERRIDE"),
    ("a: b\ufeffc\n", codes.FORBIDDEN_CHARACTER, "1:5", "\ufeff", "ZERO WIDTH NO-BREAK SPACE"),
    ("a: 1\rb: 2\r", codes.FORBIDDEN_CHARACTER, "1:5", "\r", "line ends LF or CRLF"),
    ("a: \ud800\n", codes.FORBIDDEN_CHARACTER, "1:4", "\ud800", "U+D800"),
]


@pytest.mark.parametrize(
    ("text", "code", "place", "under", "words"), CASES, ids=[repr(c[0])[:30] for c in CASES]
)
def test_fault(text: str, code: Code, place: str, under: str, words: str) -> None:
    (fault,) = faults(text)
    assert fault.code == code.code, fault.message
    assert str(fault.primary.place) == f"spec.yaml:{place}"
    assert underlined(fault) == under
    assert words in f"{fault.message}\n{fault.help}"


@pytest.mark.parametrize("text", [case[0] for case in CASES], ids=[repr(c[0])[:30] for c in CASES])
def test_a_message_is_one_short_line_and_there_is_always_help(text: str) -> None:
    for fault in faults(text):
        assert "\n" not in fault.message + str(fault.help)
        assert not fault.message.endswith(".")
        assert len(fault.message) < 150
        assert fault.help


def test_a_key_of_several_lines_is_said_on_one() -> None:
    (fault,) = faults("? |\n  a\n  b\n: 1\n? |\n  a\n  b\n: 2\n")
    assert fault.message == r"the key `a\nb\n` is written twice"


def test_related_places() -> None:
    (fault,) = faults("a: 1\nb: 2\na: 3\n")
    (first,) = fault.related
    assert str(first.place) == "spec.yaml:1:1"
    assert first.text == "first written here"


def test_everything_is_reported_in_file_order() -> None:
    text = "8080: a\na: &unused 010\na: .inf\nb: !x y\n"
    assert [fault.code for fault in faults(text)] == [
        codes.NON_STRING_KEY.code,
        codes.LEADING_ZERO.code,
        codes.UNUSED_ANCHOR.code,
        codes.DUPLICATE_KEY.code,
        codes.NUMBER_OUT_OF_RANGE.code,
        codes.CUSTOM_TAG.code,
    ]


def test_faults_before_a_syntax_error_are_reported_with_it() -> None:
    assert [fault.code for fault in faults("a: 1\na: 2\nb: [\n")] == [
        codes.DUPLICATE_KEY.code,
        codes.UNCLOSED_BRACKET.code,
    ]


def test_a_binary_file_gives_a_few_diagnostics_only() -> None:
    assert len(faults("\x00" * 1000)) == 10
