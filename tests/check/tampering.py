"""A whole stack to tamper with, made by the real stages from a small spec."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from mlkc.artifact.model import Artifact, OutputTree
from mlkc.check.check import check
from mlkc.check.model import CheckInput
from mlkc.diag.diagnostic import Diagnostic
from mlkc.emit.emit import emit
from mlkc.plan.plan import Plan
from mlkc.plan.resolve import resolve
from mlkc.source.load import decode
from mlkc.spec.validate import validate

SPEC = """\
apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs:
  nameNode: hdfs://node1.example.com:8020
  nodes:
    - address: 192.168.10.145
      hostnames: [node1.example.com]
environments:
  dev: {}
  prod:
    server:
      replicas: 2
      ingress: {host: mlflow.example.com, tlsSecret: mlflow-tls}
"""


class Stack(Struct, frozen=True):
    """A compiled stack that has not been checked."""

    plan: Plan
    output: OutputTree

    def check(self) -> tuple[Diagnostic, ...]:
        return check(CheckInput(self.plan, self.output))

    def codes(self) -> list[str]:
        return [diagnostic.code for diagnostic in self.check()]

    def change(self, path: str, change: Callable[[Any], Any]) -> Stack:
        """Changes the body of an output, and of the object that is meant by it in every environment."""

        def changed(artifact: Artifact) -> Artifact:
            if path not in {artifact.path, f"base/{artifact.path}"}:
                return artifact
            return replace(artifact, body=change(artifact.body))

        files = tuple(changed(artifact) for artifact in self.output.artifacts)
        intended = {name: tuple(map(changed, objects)) for name, objects in self.output.intended.items()}
        return replace(self, output=replace(self.output, artifacts=files, intended=intended))


def stack(spec: str = SPEC) -> Stack:
    tree = decode(spec.encode(), "spec.yaml").value
    assert tree is not None
    parsed = validate(tree)
    assert parsed.value is not None, parsed.diagnostics
    plan = resolve(parsed.value).value
    assert plan is not None
    return Stack(plan, emit(plan))
