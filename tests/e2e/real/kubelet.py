"""The probes of a rendered container, sent as a kubelet does: from the node, with its headers and its patience."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from .container import Pod, Running
from .network import Network


@dataclass(frozen=True, slots=True)
class Kubelet:
    """Probes one container.

    Attributes:
        network: The node that it runs on.
        pod: The container's pod.
        container: The container as it is rendered.
        running: The container as it runs.
    """

    network: Network
    pod: Pod
    container: Mapping[str, Any]
    running: Running

    def probe(self, kind: str) -> str:
        """Send a probe once.

        Args:
            kind: `startup`, `readiness` or `liveness`.

        Returns:
            Nothing if it passed, else the reason.
        """
        probe = self.container[f"{kind}Probe"]
        seconds = probe.get("timeoutSeconds", 1)
        try:
            if "exec" in probe:
                done = self.running.execute(probe["exec"]["command"])
                return "" if done.returncode == 0 else done.stderr or f"exit status {done.returncode}"
            if "tcpSocket" in probe:
                return self.network.node.run(lambda: self._connect(probe["tcpSocket"], seconds))
            return self.network.node.run(lambda: self._get(probe["httpGet"], seconds))
        except OSError as error:
            return repr(error)

    def wait_until_started(self) -> float:
        """Repeat the startup probe until it passes, at most as long as a kubelet would.

        Returns:
            The seconds it took.

        Raises:
            AssertionError: The kubelet would have killed the container, or it ended by itself.
        """
        probe = self.container["startupProbe"]
        return self._wait("startup", probe["periodSeconds"] * probe["failureThreshold"])

    def wait_until_ready(self, seconds: float = 30) -> float:
        """Repeat the readiness probe until it passes; returns the seconds it took."""
        return self._wait("readiness", seconds)

    def _wait(self, kind: str, seconds: float) -> float:
        start = time.monotonic()
        while reason := self.probe(kind):
            took = time.monotonic() - start
            ended = self.running.server.process.poll()
            assert ended is None, f"ended with {ended}:\n{self.running.log()}"
            assert took < seconds, f"{kind} probe after {took:.0f} s: {reason}\n{self.running.log()}"
            time.sleep(0.5)
        return time.monotonic() - start

    def _get(self, action: Mapping[str, Any], seconds: float) -> str:
        port = self._port(action["port"])
        headers = {"User-Agent": "kube-probe/1.36", "Accept": "*/*", "Connection": "close"}
        # http.client adds the Host header of the address, the pod's, where the probe names none.
        headers |= {each["name"]: each["value"] for each in action.get("httpHeaders", ())}
        with closing(http.client.HTTPConnection(self.pod.host.address, port, timeout=seconds)) as connection:
            connection.request("GET", action["path"], headers=headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
            return "" if 200 <= answer.status < 400 else f"status {answer.status}: {text[:200]}"

    def _connect(self, action: Mapping[str, Any], seconds: float) -> str:
        address = (self.pod.host.address, self._port(action["port"]))
        with closing(socket.create_connection(address, timeout=seconds)):
            return ""

    def _port(self, port: str | int) -> int:
        if isinstance(port, int):
            return port
        named = {each["name"]: each["containerPort"] for each in self.container["ports"]}
        return int(named[port])
