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
    container(securityContext={"seLinuxOptions": {"type": "spc_t"}}),
    container(securityContext={"appArmorProfile": {"type": "Unconfined"}}),
    {"securityContext": {"seLinuxOptions": {"user": "system_u"}}},
    {"securityContext": {"appArmorProfile": {"type": "Unconfined"}}},
    {"securityContext": {"windowsOptions": {"hostProcess": True}}},
    container(securityContext={"procMount": "Unmasked"}),
    {**container(securityContext={"procMount": "Unmasked"}), "hostUsers": False},
]


@pytest.mark.parametrize("spec", REFUSED, ids=str)
def test_refused(a_stack: MakeStack, spec: dict[str, Any]) -> None:
    assert "MK434" in pod(a_stack, spec)


def test_an_annotation_that_takes_apparmor_away_is_refused(a_stack: MakeStack) -> None:
    note = {"container.apparmor.security.beta.kubernetes.io/jupyter": "unconfined"}
    template = {"spec": {"template": {"metadata": {"annotations": note}}}}
    patch = {"target": {"kind": "Deployment", "name": "mlflow-client"}, "merge": template}
    found = [diagnostic.code for diagnostic in a_stack(f"patches: [{json.dumps(patch)}]\n").check()]
    assert "MK434" in found


def test_what_a_container_runtime_gives_anyway_may_be_written(a_stack: MakeStack) -> None:
    same = {"seLinuxOptions": {"type": "container_t"}, "appArmorProfile": {"type": "RuntimeDefault"}}
    assert "MK434" not in pod(a_stack, container(securityContext=same))


def test_a_safe_setting_of_the_kernel_is_admitted(a_stack: MakeStack) -> None:
    sysctls = [{"name": "net.ipv4.tcp_syncookies", "value": "1"}]
    assert pod(a_stack, {"securityContext": {"sysctls": sysctls}}) == []


def test_a_lower_level_of_the_namespace_is_held_to_what_it_refuses(a_stack: MakeStack) -> None:
    level = {"metadata": {"labels": {"pod-security.kubernetes.io/enforce": "baseline"}}}

    def codes(spec: dict[str, Any]) -> list[str]:
        target = {"kind": "Deployment", "name": "mlflow-client"}
        patches = [
            {"target": {"kind": "Namespace", "name": "mlflow"}, "merge": level},
            {"target": target, "merge": {"spec": {"template": {"spec": spec}}}},
        ]
        return [diagnostic.code for diagnostic in a_stack(f"patches: {json.dumps(patches)}\n").check()]

    assert "MK434" not in codes(container(securityContext={"capabilities": {"add": ["CHOWN"]}}))
    assert "MK434" in codes(container(securityContext={"capabilities": {"add": ["SYS_ADMIN"]}}))
    assert "MK434" in codes({"hostPID": True})
    unmasked = container(securityContext={"procMount": "Unmasked"})
    assert "MK434" in codes(unmasked)
    assert "MK434" not in codes({**unmasked, "hostUsers": False})
