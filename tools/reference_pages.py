"""The pages docs/reference/diagnostics.md and docs/reference/spec.md, from what `mlkc explain` reads."""

from __future__ import annotations

from mlkc.app.manual import as_markdown, code_text, settings
from mlkc.diag import codes

_MADE = "<!-- Made by tools/generate_docs.py; don't edit. -->\n"


def diagnostics() -> str:
    """Makes the page of the codes."""
    parts = [
        f"# Diagnostics\n\n{_MADE}\n"
        "What mlkc says of a spec and its outputs. A warning can be accepted in the spec, with a reason:\n\n"
        "```yaml\naccept:\n  - code: ingress-without-tls\n    reason: TLS ends at the load balancer\n```\n\n"
        "| code | name | severity | what |\n|---|---|---|---|\n",
        "".join(
            f"| [{code.code}](#{code.code.lower()}) | {code.name} | {code.severity} | {_cell(code.title)} |\n"
            for code in codes.ALL
        ),
    ]
    parts += [
        f"\n## {code.code}\n\n`{code.name}`, {code.severity}\n\n{as_markdown(code_text(code))}"
        for code in codes.ALL
    ]
    return "".join(parts)


def spec() -> str:
    """Makes the page of the settings."""
    rows = "".join(
        f"| `{one.path}` | {_cell(one.type)} | {_default(one.default)} | {_cell(one.about)} |\n"
        for one in settings()
    )
    return (
        f"# The spec\n\n{_MADE}\n"
        "Every setting. `[]` stands for the entries of a list. An environment may override all but `apiVersion`,\n"
        "`kind`, `name`, `accept` and what the compiler says must be the same everywhere.\n\n"
        f"| setting | type | default | what |\n|---|---|---|---|\n{rows}"
    )


def _default(default: str | None) -> str:
    return "**must be written**" if default is None else _cell(default)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
