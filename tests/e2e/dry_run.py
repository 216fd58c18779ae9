"""Asks an API server about objects without storing them, over one connection: some hundred answers a second.

For a property tried on hundreds of specs this sends what
`kubectl apply --server-side --dry-run=server --validate=strict` would send.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from .cluster import Cluster
from .connection import OK, Connection

Object = Mapping[str, Any]

_MANAGER: Final = "fieldManager=e2e&force=true&fieldValidation=Strict"
_ALREADY_THERE: Final = 409


@dataclass(frozen=True, slots=True)
class DryRun:
    """A connection that asks what the server would say.

    Namespaces are really made, since the server takes nothing into one that isn't there, and forgotten at the end;
    everything else is not.
    """

    _connection: Connection
    _namespaces: dict[str, Object | None] = field(default_factory=dict)
    _answers: dict[str, list[str]] = field(default_factory=dict)

    @property
    def namespaces(self) -> tuple[str, ...]:
        """The names of the namespaces that were made."""
        return tuple(self._namespaces)

    def complaints(self, objects: Iterable[Object]) -> list[str]:
        """What the server refuses or warns of.

        Args:
            objects: Kubernetes objects as they would stand in files, those in a namespace naming it.

        Returns:
            One line for each complaint, beginning with the object's kind and name. A pod that a workload would get
            is asked about as well, for Pod Security admission refuses pods, not workloads.
        """
        everything = list(objects)
        namespaces: dict[str, Object | None] = {
            each["metadata"].get("namespace", ""): None for each in everything
        }
        namespaces |= {each["metadata"]["name"]: each for each in everything if each["kind"] == "Namespace"}
        for name, namespace in namespaces.items():
            if name:
                self._make_namespace(name, namespace)
        complaints: list[str] = []
        for each in everything:
            # Stacks have much in common. Nothing but the namespace is stored that could change an answer.
            question = json.dumps([each, self._namespaces.get(each["metadata"].get("namespace", ""))])
            if question not in self._answers:
                self._answers[question] = self._complaints(each)
            complaints += self._answers[question]
        return complaints

    def _complaints(self, thing: Object) -> list[str]:
        complaints = self._ask("PATCH", self._connection.path(thing), thing)
        pod = _pod_of(thing)
        if pod is not None:
            complaints += self._ask("POST", self._connection.path(pod).rpartition("/")[0], pod)
        return complaints

    def _ask(self, method: str, path: str, thing: Object) -> list[str]:
        name = f"{thing['kind']} {thing['metadata']['name']}"
        status, body, warnings = self._connection.send(method, f"{path}?dryRun=All&{_MANAGER}", thing)
        refused = [] if status in OK else [f"{name}: {body.get('message', body)}"]
        return refused + [f"{name}: {warning}" for warning in warnings]

    def _make_namespace(self, name: str, wanted: Object | None) -> None:
        if name in self._namespaces and self._namespaces[name] == wanted:
            return
        namespace = wanted or {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}
        path = f"/api/v1/namespaces/{name}"
        status, body, _ = self._connection.send("PATCH", f"{path}?{_MANAGER}", namespace)
        assert status in OK, body
        # A controller makes it too, but maybe only after the first pod was asked about.
        account = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default"}}
        status, body, _ = self._connection.send("POST", f"{path}/serviceaccounts", account)
        assert status in (*OK, _ALREADY_THERE), body
        self._namespaces[name] = wanted


@contextmanager
def dry_run(cluster: Cluster) -> Iterator[DryRun]:
    """Connect to a cluster as its administrator."""
    with cluster.connected() as connection:
        asked = DryRun(connection)
        try:
            yield asked
        finally:
            cluster.forget(*asked.namespaces)


def _pod_of(workload: Object) -> Object | None:
    spec = workload.get("spec") or {}
    if workload["kind"] == "CronJob":
        spec = (spec.get("jobTemplate") or {}).get("spec") or {}
    template = spec.get("template")
    if workload["kind"] not in ("CronJob", "DaemonSet", "Deployment", "Job", "StatefulSet") or not template:
        return None
    # Its own service account was asked about, not made, so that of the namespace stands in for it.
    pod_spec = {key: value for key, value in template["spec"].items() if key != "serviceAccountName"}
    own = workload["metadata"]
    metadata = {**template.get("metadata", {}), "name": f"{own['name']}-pod", "namespace": own["namespace"]}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": pod_spec}
