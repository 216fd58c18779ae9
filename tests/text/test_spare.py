"""A module in the place of another, for as long as an import takes."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from mlkc.text.spare import stand_in


def test_it_is_what_an_import_gives_and_only_for_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    module = ModuleType("colorsys")
    with stand_in("colorsys", module):
        import colorsys  # noqa: PLC0415

        assert colorsys is module
    import colorsys as after  # noqa: PLC0415

    assert after.rgb_to_hsv(1, 1, 1) == (0.0, 0.0, 1)


def test_it_goes_after_an_error_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with pytest.raises(ModuleNotFoundError), stand_in("colorsys", None):
        import colorsys  # noqa: F401, PLC0415
    assert "colorsys" not in sys.modules


def test_what_is_imported_already_stays() -> None:
    before = sys.modules["types"]
    with stand_in("types", None):
        assert sys.modules["types"] is before
    assert sys.modules["types"] is before
