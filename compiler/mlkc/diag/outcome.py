"""What a stage gives back: a value or none, and what it has to say."""

from __future__ import annotations

from typing import Generic, TypeVar

from msgspec import Struct

from mlkc.diag.diagnostic import Diagnostic, Severity

T_co = TypeVar("T_co", covariant=True)


class Outcome(Struct, Generic[T_co], frozen=True):
    """The result of a stage.

    Attributes:
        value: the stage's value, or None when an error kept it from being made.
        diagnostics: everything found, errors and warnings, in file order where that is known.
    """

    value: T_co | None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def failed(self) -> bool:
        """True when an error was found or there is no value: the next stage must not run."""
        return self.value is None or any(d.severity is Severity.ERROR for d in self.diagnostics)
