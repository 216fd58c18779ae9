"""Laying an environment's overrides over the shared settings."""

from __future__ import annotations

from mlkc.spec.overlay import lay_over, settings_of, without_nulls


def test_mappings_are_merged_and_lists_replaced() -> None:
    base = {"a": {"x": 1, "y": 2}, "b": [1, 2]}
    assert lay_over(base, {"a": {"y": 3}, "b": [9]}) == {"a": {"x": 1, "y": 3}, "b": [9]}


def test_null_takes_a_setting_back() -> None:
    assert lay_over({"a": {"x": 1}, "b": 2}, {"a": {"x": None}, "b": None}) == {"a": {}}


def test_the_base_is_left_as_it_was() -> None:
    base = {"a": {"x": 1}}
    lay_over(base, {"a": {"x": 2}})
    assert base == {"a": {"x": 1}}


def test_the_root_s_own_keys_and_patches_are_no_settings() -> None:
    root = {"apiVersion": "v", "kind": "k", "name": "n", "environments": {}, "patches": [1], "server": {}}
    assert settings_of(root, {"patches": [2]}) == {"server": {}, "patches": [2]}


def test_a_key_without_a_value_is_left_out() -> None:
    assert without_nulls({"a": None, "b": [{"c": None}]}) == {"b": [{}]}


def test_a_patch_keeps_them_since_there_they_take_a_field_away() -> None:
    patches = [{"merge": {"spec": {"strategy": None}}, "json": None}]
    assert without_nulls({"patches": patches}) == {"patches": patches}
    assert without_nulls({"patches": None}) == {}
