"""A Kubernetes control plane without nodes: etcd, kube-apiserver and kube-controller-manager on 127.0.0.1.

Pods are created and stay pending, since there is neither a scheduler nor a kubelet. What the API server validates,
defaults and admits, and what the controllers create, is the real thing.
"""

from __future__ import annotations

import base64
import http.client
import json
import os
import ssl
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import urlsplit

from .binaries import NEWEST, binaries
from .connection import Connection
from .control_plane import ControlPlane

_NO_COLLECTING: Final = {"GOGC": "off", "GOMEMLIMIT": "1GiB"}
# The old kubectl computes patches from OpenAPI v3 or, told so, from v2, in less than half the time on a processor; the
# packaged one knows v3 only. So both ways are tried.
_OPENAPI: Final = {"KUBECTL_OPENAPIV3_PATCH": "false"}


@dataclass(frozen=True, slots=True)
class Ran:
    """What a kubectl command did."""

    code: int
    out: str
    err: str


def printed(ran: Ran) -> list[dict[str, Any]]:
    """The objects that kubectl printed with `-o json`, as a list whether it is one or many."""
    found = json.loads(ran.out or '{"items": []}')
    return cast("list[dict[str, Any]]", found.get("items", [found]))


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running API server and how to talk to it.

    Attributes:
        minor: The Kubernetes minor, as in `1.37`.
        version: The release, as in `1.37.2`.
        kubectl_program: The kubectl whose version fits.
        kubeconfig: Admits a member of system:masters.
        folder: Certificates, logs and the database; removed at the end.
        etcd_port: Where its database listens.
    """

    minor: str
    version: str
    kubectl_program: Path
    kubeconfig: Path
    folder: Path
    etcd_port: int

    def kubectl(self, *arguments: str | Path, stdin: str | None = None, check: bool = True) -> Ran:
        """Run kubectl against this cluster.

        Args:
            arguments: The command line after `kubectl`.
            stdin: What it reads from standard input, for `-f -`.
            check: Whether a non-zero exit status fails the test.

        Returns:
            Its exit status and what it printed.

        Raises:
            AssertionError: It failed and `check` is set.
        """
        done = subprocess.run(
            [str(self.kubectl_program), *(str(argument) for argument in arguments)],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            # Its cache of what the server serves must not outlive the server. Without collecting garbage it takes a
            # tenth less of the processor.
            env={
                **os.environ,
                **_NO_COLLECTING,
                **_OPENAPI,
                "KUBECONFIG": str(self.kubeconfig),
                "HOME": str(self.folder),
            },
        )
        ran = Ran(done.returncode, done.stdout, done.stderr)
        assert not check or ran.code == 0, f"kubectl {' '.join(map(str, arguments))}\n{ran.out}{ran.err}"
        return ran

    def objects(self, *arguments: str | Path) -> list[dict[str, Any]]:
        """The objects that `kubectl get ARGUMENTS` finds, as a list whether it is one or many."""
        return printed(self.kubectl("get", "-o", "json", *arguments))

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """A connection to the API server as its administrator."""
        kubeconfig = json.loads(self.kubeconfig.read_text(encoding="utf-8"))
        target, user = kubeconfig["clusters"][0]["cluster"], kubeconfig["users"][0]["user"]
        trust = ssl.create_default_context(cafile=target["certificate-authority"])
        place = urlsplit(target["server"]).netloc
        with closing(http.client.HTTPSConnection(place, timeout=30, context=trust)) as connection:
            yield Connection(connection, user["token"])

    def listed(self, *paths: str) -> list[dict[str, Any]]:
        """The objects of some lists, as in `/api/v1/namespaces/mlflow/pods`, without a kubectl for each."""
        with self.connected() as connection:
            lists = [connection.get(path) for path in paths]
        return [
            {**one, "kind": found["kind"].removesuffix("List")} for found in lists for one in found["items"]
        ]

    def current(self, things: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Objects that are there, as the server has them now."""
        with self.connected() as connection:
            return [connection.get(connection.path(thing)) for thing in things]

    def forget(self, *namespaces: str) -> None:
        """Remove namespaces and all that is in them, as if they had never been, in no time.

        Deleting a namespace takes 5 seconds at least, and 8 more with a volume claim. This takes the objects out of
        the database, from where the API server and the controllers learn of it like of any other change.
        """
        every_key = self._etcd("range", "/registry/", "/registry0", keys_only=True).get("kvs", [])
        for entry in every_key:
            key = base64.b64decode(entry["key"]).decode()
            if any(f"/{name}/" in key or key == f"/registry/namespaces/{name}" for name in namespaces):
                self._etcd("deleterange", key)

    def _etcd(self, method: str, key: str, range_end: str = "", **options: bool) -> dict[str, Any]:
        keys = {"key": key, "range_end": range_end}
        body = {name: base64.b64encode(value.encode()).decode() for name, value in keys.items()}
        with closing(http.client.HTTPConnection("127.0.0.1", self.etcd_port, timeout=30)) as connection:
            connection.request("POST", f"/v3/kv/{method}", json.dumps({**body, **options}))
            answer = connection.getresponse()
            assert answer.status == 200, answer.read()
            return cast("dict[str, Any]", json.load(answer))


@contextmanager
def cluster(minor: str = NEWEST, *, controller_manager: bool = True) -> Iterator[Cluster]:
    """Run a control plane of its own.

    Args:
        minor: One of `binaries.MINORS`.
        controller_manager: Whether deployments get pods, namespaces their service account, and so on. Without it
            the API server still validates and admits.

    Yields:
        The cluster, ready.
    """
    programs = binaries(minor)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mlkc-e2e-")))
        plane = ControlPlane(programs, folder, stack)
        etcd_port = plane.etcd()
        api_server, admin, controllers = plane.api_server(etcd_port)
        running = Cluster(minor, programs.version, programs.kubectl, admin, folder, etcd_port)
        api_server.wait_until(lambda: _is_ready(running))
        if controller_manager:
            manager = plane.controller_manager(controllers)
            manager.wait_until(lambda: _has_service_account(running))
        yield running


def _is_ready(running: Cluster) -> bool:
    return running.kubectl("get", "--raw", "/readyz", check=False).out == "ok"


def _has_service_account(running: Cluster) -> bool:
    return running.kubectl("get", "serviceaccount", "default", check=False).code == 0
