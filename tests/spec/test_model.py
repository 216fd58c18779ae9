"""What the base of the models does to the process that imports it."""

from __future__ import annotations

import subprocess
import sys


def said_by(script: str) -> str:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_spec_is_validated_without_a_look_at_installed_packages() -> None:
    script = (
        "import sys\n"
        "from mlkc.spec.stack import Stack\n"
        "Stack.model_validate({'apiVersion': 'mlkc.dev/v1alpha1', 'kind': 'MLflowStack',\n"
        "    'hdfs': {'nameNode': 'hdfs://a.example.com:8020'}, 'environments': {'prod': {}}})\n"
        "print('importlib.metadata' in sys.modules)\n"
    )
    assert said_by(script) == "False"


def test_whatever_else_the_module_of_plugins_has_is_still_there() -> None:
    script = (
        "import mlkc.spec.model\n"
        "from pydantic.plugin._loader import PYDANTIC_ENTRY_POINT_GROUP, get_plugins\n"
        "print(PYDANTIC_ENTRY_POINT_GROUP, list(get_plugins()))\n"
    )
    assert said_by(script) == "pydantic []"
