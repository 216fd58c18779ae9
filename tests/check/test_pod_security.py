"""What MK434 says of a pod beside the examples of its page, as patches of a whole stack."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from tampering import Stack

MakeStack = Callable[[str], Stack]


def pod(a_stack: MakeStack, spec: dict[str, Any]) -> list[str]:
    target = {"kind": "Deployment", "name": "mlflow-client"}
    patch = {"target": target, "merge": {"spec": {"template": {"spec": spec}}}}
    return [diagnostic.code for diagnostic in a_stack(f"patches: [{json.dumps(patch)}]\n").check()]


def container(**fields: Any) -> dict[str, Any]:
    return {"containers": [{"name": "jupyter", **fields}]}


REFUSED: list[dict[str, Any]] = [
    {"hostPID": True},
    {"volumes": [{"name": "node", "hostPath": {"path": "/"}}]},
    {"securityContext": {"sysctls": [{"name": "kernel.msgmax", "value": "1"}]}},
    {"securityContext": {"runAsUser": 0}},
    container(securityContext={"privileged": True}),
    container(securityContext={"capabilities": {"add": ["SYS_ADMIN"]}}),
    container(securityContext={"seccompProfile": {"type": "Unconfined"}}),
]


@pytest.mark.parametrize("spec", REFUSED, ids=str)
def test_refused(a_stack: MakeStack, spec: dict[str, Any]) -> None:
    assert "MK434" in pod(a_stack, spec)


def test_a_safe_setting_of_the_kernel_is_admitted(a_stack: MakeStack) -> None:
    sysctls = [{"name": "net.ipv4.tcp_syncookies", "value": "1"}]
    assert pod(a_stack, {"securityContext": {"sysctls": sysctls}}) == []
