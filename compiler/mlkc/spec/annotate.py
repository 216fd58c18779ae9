"""What a scalar type of the spec says to pydantic, without pydantic.

The functions behind the types are called for every spec, the models are only read when one has errors or is
documented. So a file of types has these in the place of pydantic's own, whose import takes 60 ms.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


class AfterValidator:
    """The function takes the value once it has the right type, and returns or refuses it."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self._function = function

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Pydantic's way to ask a type for its validator."""
        from pydantic_core import core_schema  # noqa: PLC0415

        return core_schema.no_info_after_validator_function(self._function, handler(source))


class BeforeValidator:
    """The function takes whatever is written, and returns what is to be validated."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self._function = function

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Pydantic's way to ask a type for its validator."""
        from pydantic_core import core_schema  # noqa: PLC0415

        return core_schema.no_info_before_validator_function(self._function, handler(source))


class Within:
    """The bounds of a whole number, both of them allowed."""

    def __init__(self, least: int, most: int) -> None:
        self._least = least
        self._most = most

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Pydantic's way to ask a type for its validator."""
        from pydantic_core import core_schema  # noqa: PLC0415

        assert source is int, "only a whole number has bounds"  # noqa: S101  a programmer's mistake
        return core_schema.int_schema(ge=self._least, le=self._most)
