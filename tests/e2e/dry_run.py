"""Asks an API server about objects without storing them, over one connection: some hundred answers a second.

Starting kubectl takes longer than the server's answer. For a property tried on hundreds of specs this sends what
`kubectl apply --server-side --dry-run=server --validate=strict` would send.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, cast

from .cluster import Cluster

Object = Mapping[str, Any]

_MANAGER: Final = "fieldManager=e2e&force=true&fieldValidation=Strict"
_CREATED: Final = (200, 201)
_ALREADY_THERE: Final = 409


@dataclass(frozen=True, slots=True)
class DryRun:
    """A connection that asks what the server would say.

    Namespaces are really made, since the server takes nothing into one that isn't there, and forgotten at the end;
    everything else is not.
    """

    _connection: http.client.HTTPSConnection
    _headers: Mapping[str, str]
    _resources: dict[tuple[str, str], tuple[str, bool]] = field(default_factory=dict)
    _namespaces: dict[str, Object | None] = field(default_factory=dict)

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
            complaints += self._ask("PATCH", self._path(each), each)
            pod = _pod_of(each)
            if pod is not None:
                complaints += self._ask("POST", self._path(pod).rpartition("/")[0], pod)
        return complaints

    def _ask(self, method: str, path: str, thing: Object) -> list[str]:
        name = f"{thing['kind']} {thing['metadata']['name']}"
        status, body, warnings = self._send(method, f"{path}?dryRun=All&{_MANAGER}", thing)
        refused = [] if status in _CREATED else [f"{name}: {body.get('message', body)}"]
        return refused + [f"{name}: {warning}" for warning in warnings]

    def _make_namespace(self, name: str, wanted: Object | None) -> None:
        if name in self._namespaces and self._namespaces[name] == wanted:
            return
        namespace = wanted or {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}
        path = f"/api/v1/namespaces/{name}"
        status, body, _ = self._send("PATCH", f"{path}?{_MANAGER}", namespace)
        assert status in _CREATED, body
        # A controller makes it too, but maybe only after the first pod was asked about.
        account = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default"}}
        status, body, _ = self._send("POST", f"{path}/serviceaccounts", account)
        assert status in (*_CREATED, _ALREADY_THERE), body
        self._namespaces[name] = wanted

    def _path(self, thing: Object) -> str:
        version = thing["apiVersion"]
        prefix = f"/apis/{version}" if "/" in version else f"/api/{version}"
        if (version, thing["kind"]) not in self._resources:
            status, body, _ = self._send("GET", prefix, None)
            for resource in body["resources"] if status in _CREATED else ():
                if "/" not in resource["name"]:
                    found = (resource["name"], resource["namespaced"])
                    self._resources[version, resource["kind"]] = found
        # A kind that is not served gets a path that isn't either, and so the server's own complaint.
        plural, is_namespaced = self._resources.get((version, thing["kind"]), (thing["kind"].lower(), False))
        metadata = thing["metadata"]
        place = f"namespaces/{metadata['namespace']}/" if is_namespaced else ""
        return f"{prefix}/{place}{plural}/{metadata['name']}"

    def _send(self, method: str, path: str, body: Object | None) -> tuple[int, dict[str, Any], list[str]]:
        kind = "application/apply-patch+yaml" if method == "PATCH" else "application/json"
        headers = {**self._headers, "Content-Type": kind}
        self._connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        is_json = answer.headers.get_content_type() == "application/json"
        content = json.loads(text) if is_json else {"message": text.strip()}
        return answer.status, cast("dict[str, Any]", content), answer.headers.get_all("Warning") or []


@contextmanager
def dry_run(cluster: Cluster) -> Iterator[DryRun]:
    """Connect to a cluster as its administrator."""
    with cluster.connected() as (connection, headers):
        asked = DryRun(connection, headers)
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
