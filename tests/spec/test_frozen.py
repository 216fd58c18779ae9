"""The frozen models say what the models say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, create_model

from mlkc.source.load import load
from mlkc.spec import freeze, frozen, thaw
from mlkc.spec.model import SpecModel
from mlkc.spec.overlay import without_nulls
from mlkc.spec.parts import Value
from mlkc.spec.stack import Stack

TESTS = Path(__file__).parents[1]


def mapping(spec: Path) -> dict[str, Any] | None:
    """The content of the file; None where there is nothing to validate."""
    tree = load(spec, spec.name).value
    return tree.data if tree is not None and isinstance(tree.data, dict) else None


SPECS = (*TESTS.glob("golden/*/spec.yaml"), *TESTS.glob("broken/*.yaml"))
CONTENTS = {path: data for path in sorted(SPECS) if (data := mapping(path)) is not None}


def plain(value: Any) -> Any:
    """A model or what stands in for it, as builtins, with the names of the types."""
    if isinstance(value, BaseModel | Value):
        return type(value).__name__, {key: plain(below) for key, below in vars(value).items()}
    if isinstance(value, dict):
        return {key: plain(below) for key, below in value.items()}
    return [plain(below) for below in value] if isinstance(value, list) else value


def said(validate: Any, data: Any) -> Any:
    try:
        return plain(validate(data))
    except ValidationError as error:
        return error.errors(include_url=False, include_input=False, include_context=False)


def test_they_are_the_models_of_today() -> None:
    assert thaw.thawed() is not None


@pytest.mark.parametrize(
    "spec", CONTENTS, ids=lambda path: path.stem if path.stem != "spec" else path.parent.name
)
def test_both_say_the_same(spec: Path) -> None:
    validate = thaw.thawed()
    assert validate is not None
    data = without_nulls(CONTENTS[spec])
    assert said(validate, data) == said(Stack.model_validate, data)


@pytest.mark.parametrize("name", ["mlflow.yaml", "minimal.yaml"])
def test_a_spec_without_errors_is_resolved_without_pydantic(name: str) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from mlkc.app.front import front\n"
        f"found = front(Path({str(TESTS.parent / 'specs' / name)!r}), 'spec.yaml')\n"
        "print(found.failed, 'pydantic' in sys.modules, 'pydantic_core' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False False False\n"


def test_pydantic_is_whole_after_its_compiled_half_was_imported_alone() -> None:
    script = (
        "from mlkc.spec.thaw import thawed; thawed()\n"
        "import pydantic, pydantic_core\n"
        "from mlkc.spec.stack import Stack\n"
        "try: Stack.model_validate({})\n"
        "except pydantic.ValidationError as error: print(error.error_count())\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "4\n"


def test_changed_models_are_not_thawed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thaw, "fingerprints", lambda: {"types.py": 1})
    assert thaw.thawed.__wrapped__() is None


def test_a_schema_that_pydantic_core_does_not_know_is_not_thawed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlkc.spec.frozen.SCHEMA", {"type": "of a later version"})
    assert thaw.thawed.__wrapped__() is None


def test_a_default_that_cannot_be_written_down_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freeze, "Stack", create_model("Root", __base__=SpecModel, value=(Any, object())))
    with pytest.raises(ValueError, match="no plain value"):
        freeze.frozen()


def test_a_validator_without_a_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    model = create_model(
        "Root", __base__=SpecModel, value=(Annotated[str, AfterValidator(lambda text: text)], ...)
    )
    monkeypatch.setattr(freeze, "Stack", model)
    with pytest.raises(ValueError, match="a validator is a function of one value"):
        freeze.frozen()


def test_a_model_with_a_configuration_of_its_own_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Loose(SpecModel):
        model_config = ConfigDict(extra="ignore")

    monkeypatch.setattr(freeze, "Stack", create_model("Root", __base__=SpecModel, below=(Loose, ...)))
    with pytest.raises(ValueError, match="Loose"):
        freeze.frozen()


def test_no_validator_stands_in_a_file_that_imports_pydantic() -> None:
    """A spec that uses the setting would wait 100 ms for it: such functions have a file `…_types.py`."""
    found = set(re.findall(r'"(\w+)", "[\w.]+"(?=[,)])', Path(frozen.__file__).read_text()))
    room = Path(frozen.__file__).parent
    slow = [
        name
        for name in found
        if re.search("^from (pydantic|mlkc.spec.model)", (room / f"{name}.py").read_text(), re.M)
    ]
    assert "types" in found
    assert slow == []
