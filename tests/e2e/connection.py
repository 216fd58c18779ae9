"""A connection to an API server, for questions of which each would take kubectl longer to start than to ask."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

OK: Final = (200, 201)


class Answer(NamedTuple):
    """What the server said: the HTTP status, an object or a Status, and the texts of its Warning headers."""

    status: int
    body: dict[str, Any]
    warnings: list[str]


@dataclass(frozen=True, slots=True)
class Connection:
    """Sends and reads JSON as one user.

    Attributes:
        http: Where to.
        token: Who is asking.
    """

    http: http.client.HTTPSConnection
    token: str
    _resources: dict[tuple[str, str], tuple[str, bool]] = field(default_factory=dict)

    def send(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Answer:
        """What the server answers to one request; a PATCH is a server-side apply."""
        kind = "application/apply-patch+yaml" if method == "PATCH" else "application/json"
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Accept": "application/json",
            "Content-Type": kind,
        }
        self.http.request(method, path, None if body is None else json.dumps(body), headers)
        answer = self.http.getresponse()
        text = answer.read().decode()
        is_json = answer.headers.get_content_type() == "application/json"
        content = json.loads(text) if is_json else {"message": text.strip()}
        return Answer(answer.status, content, answer.headers.get_all("Warning") or [])

    def get(self, path: str) -> dict[str, Any]:
        """What is at a path.

        Raises:
            AssertionError: Nothing that may be read.
        """
        status, body, _ = self.send("GET", path)
        assert status in OK, body
        return body

    def path(self, thing: Mapping[str, Any]) -> str:
        """Where an object is served, as in `/apis/apps/v1/namespaces/mlflow/deployments/mlflow`.

        A kind that is not served gets a path that isn't either, and so the server's own complaint.
        """
        version, metadata = thing["apiVersion"], thing["metadata"]
        prefix = f"/apis/{version}" if "/" in version else f"/api/{version}"
        if (version, thing["kind"]) not in self._resources:
            status, body, _ = self.send("GET", prefix)
            for resource in body["resources"] if status in OK else ():
                if "/" not in resource["name"]:
                    self._resources[version, resource["kind"]] = (resource["name"], resource["namespaced"])
        plural, is_namespaced = self._resources.get((version, thing["kind"]), (thing["kind"].lower(), False))
        place = f"namespaces/{metadata['namespace']}/" if is_namespaced else ""
        return f"{prefix}/{place}{plural}/{metadata['name']}"
