"""The locks: complete, of the versions that other tables name, and free of where they came from."""

from __future__ import annotations

import re

import pytest

from mlkc.catalog import debian, defaults, drivers, lock_recipes, locks, mlflow, python, spark, version
from mlkc.catalog.lock_recipes import Recipe

LOCKS = pytest.mark.parametrize(
    "recipe", lock_recipes.RECIPES, ids=lambda recipe: f"{recipe.python}-{recipe.mlflow}"
)


def lock_of(recipe: Recipe) -> locks.Lock:
    found = locks.by_python(recipe.python, recipe.mlflow)
    assert found is not None
    return found


@LOCKS
def test_every_root_is_pinned_with_all_that_it_needs(recipe: Recipe) -> None:
    lock = lock_of(recipe)
    assert lock.mlflow == recipe.mlflow
    for root in ("mlflow", *(name.split("[")[0] for name in lock_recipes.ROOTS)):
        closure = lock.closure(root)
        assert f"{root}=={lock.version(root)}" in closure
        assert list(closure) == sorted(closure, key=lambda pin: pin.split("==")[0])
        assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", pin) for pin in closure)


@LOCKS
def test_a_package_has_one_version_in_a_lock(recipe: Recipe) -> None:
    pins = {pin for closure in lock_of(recipe).pins.values() for pin in closure}
    assert len({pin.split("==")[0] for pin in pins}) == len(pins)


@LOCKS
def test_the_caps_of_mlflow_and_spark_hold(recipe: Recipe) -> None:
    row = mlflow.by_version(recipe.mlflow)
    engine = spark.by_version(recipe.spark)
    assert row is not None
    assert engine is not None
    assert version.at_least(recipe.python, row.python_min)
    assert version.at_least(recipe.python, engine.python_min)
    pins = dict(pin.split("==") for pin in lock_of(recipe).closure("mlflow"))
    for name in ("sqlalchemy", "pandas", "numpy", "pyarrow"):
        bounds = [getattr(table, f"{name}_below", None) for table in (row, engine)]
        if name == "numpy" and version.at_least(recipe.python, "3.13"):
            bounds.pop()  # NumPy 1 does not exist for these Pythons
        for bound in filter(None, bounds):
            assert name not in pins or version.below(pins[name], bound)


@LOCKS
def test_the_drivers_are_those_of_the_driver_table(recipe: Recipe) -> None:
    for driver in drivers.DRIVERS:
        older = dict(driver.older)
        if version.at_least(recipe.python, driver.python_min):
            assert lock_of(recipe).version(driver.name) == driver.version
        else:
            assert lock_of(recipe).version(driver.name) == older[recipe.python]


def test_no_lock_names_an_index() -> None:
    for recipe in lock_recipes.RECIPES:
        text = (locks._FOLDER / recipe.file_name).read_text(encoding="utf-8")  # noqa: SLF001
        assert "//" not in text
        assert "\n-" not in text


def test_every_file_has_a_recipe() -> None:
    files = {path.name for path in locks._FOLDER.iterdir()}  # noqa: SLF001
    assert files == {recipe.file_name for recipe in lock_recipes.RECIPES}


def test_the_default_has_a_lock_for_each_debian() -> None:
    assert locks.by_python(defaults.PYTHON.value, defaults.MLFLOW.value)
    assert locks.by_python(defaults.PYTHON.value) == locks.by_python(
        defaults.PYTHON.value, defaults.MLFLOW.value
    )
    current = [row for row in debian.RELEASES if row.support != "ended"]
    assert all(locks.by_python(row.python3) and python.image(row.python3, row.codename) for row in current)


def test_there_is_no_lock_for_what_was_not_resolved() -> None:
    assert locks.by_python("2.7") is None
    assert locks.by_python("3.11", "3.17.1") is None
