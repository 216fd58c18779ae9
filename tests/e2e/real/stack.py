"""The pods of a rendered environment on one network: its database, replicas of its server, and clients."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from . import database_image
from .container import Image, Pod, Running, run_container
from .kubelet import Kubelet
from .network import Host, Network
from .rendered import Rendered

# How long what runs to its end may take, a migration on a busy machine among it.
_INIT_SECONDS: Final = 600.0


@dataclass(frozen=True, slots=True)
class Replica:
    """One running pod of a workload.

    Attributes:
        pod: The pod.
        running: Its main container.
        kubelet: Sends that container's probes.
        init_logs: What each init container printed, by its name.
    """

    pod: Pod
    running: Running
    kubelet: Kubelet
    init_logs: Mapping[str, str]


@dataclass(slots=True)
class Stack:
    """Starts the pods of one environment; all of them share what stands in `services`.

    Attributes:
        network: Joins them.
        folder: An empty folder.
        services: Address by the name of a Service.
        claims: Folder by the name of a volume claim.
    """

    network: Network
    folder: Path
    services: dict[str, str] = field(default_factory=dict)
    claims: dict[str, Path] = field(default_factory=dict)
    _pods: int = 0

    def pod(self, rendered: Rendered, spec: Mapping[str, Any], host: Host, hosts: Mapping[str, str]) -> Pod:
        """A pod with a folder of its own."""
        self._pods += 1
        folder = self.folder / f"pod-{self._pods}"
        folder.mkdir(parents=True)
        for volume in spec.get("volumes", ()):
            if "persistentVolumeClaim" in volume:
                claim = volume["persistentVolumeClaim"]["claimName"]
                self.claims.setdefault(claim, self.folder / f"claim-{claim}").mkdir(exist_ok=True)
        return Pod(rendered, spec, host, hosts, folder, self.claims)

    @contextmanager
    def database(self, rendered: Rendered, host: Host) -> Iterator[Replica]:
        """Run the database until its probes pass; its claim outlives it."""
        spec = rendered.pod("database")
        pod = self.pod(rendered, spec, host, {})
        (container,) = spec["containers"]
        with run_container(pod, database_image.database(container["name"]), container) as running:
            replica = Replica(pod, running, Kubelet(self.network, pod, container, running), {})
            replica.kubelet.wait_until_started()
            replica.kubelet.wait_until_ready()
            (service,) = (s for s in rendered.all("Service") if _selects(s, "database"))
            self._serve(service, host)
            try:
                yield replica
            finally:
                if running.server.process.poll() is None:
                    running.terminate()
                    running.wait(spec["terminationGracePeriodSeconds"])

    @contextmanager
    def servers(self, rendered: Rendered, image: Image, count: int) -> Iterator[list[Replica]]:
        """Start replicas of the server at the same time, their init containers first."""
        spec = rendered.pod("server")
        (service,) = (s for s in rendered.all("Service") if _selects(s, "server"))
        with ExitStack() as stack:
            pods = [self.pod(rendered, spec, self.network.pod(), dict(self.services)) for _ in range(count)]
            for init in spec.get("initContainers", ()):
                started = [stack.enter_context(run_container(pod, image, init)) for pod in pods]
                for each in started:
                    status = each.wait(_INIT_SECONDS)
                    assert status == 0, f"{init['name']} ended with {status}:\n{each.log()}"
            (container,) = spec["containers"]
            replicas = []
            for pod in pods:
                running = stack.enter_context(run_container(pod, image, container))
                logs = {log.stem: log.read_text(encoding="utf-8") for log in pod.folder.glob("*.log")}
                kubelet = Kubelet(self.network, pod, container, running)
                replicas.append(Replica(pod, running, kubelet, logs))
            self._serve(service, pods[0].host)
            yield replicas

    def client(self, rendered: Rendered, image: Image, script: str, aliases: bool = True) -> str:
        """Run a Python script in the client's pod.

        Args:
            rendered: An environment that has a client.
            image: The client's image.
            script: The program.
            aliases: Whether the pod gets the addresses of the HDFS nodes.

        Returns:
            What it printed.

        Raises:
            AssertionError: It failed.
        """
        spec = dict(rendered.pod("client"))
        if not aliases:
            spec.pop("hostAliases")
        (container,) = spec["containers"]
        pod = self.pod(rendered, spec, self.network.pod(), dict(self.services))
        program = {**container, "command": ["with-hadoop", "python", "-c", script], "args": []}
        with run_container(pod, image, program) as running:
            status = running.wait(300)
            assert status == 0, f"the client ended with {status}:\n{running.log()}"
            return running.log()

    def _serve(self, service: Mapping[str, Any], host: Host) -> None:
        name, namespace = service["metadata"]["name"], service["metadata"]["namespace"]
        for suffix in ("", f".{namespace}", f".{namespace}.svc", f".{namespace}.svc.cluster.local"):
            self.services[f"{name}{suffix}"] = host.address


def _selects(service: Mapping[str, Any], component: str) -> bool:
    selector: dict[str, str] = service["spec"]["selector"]
    return selector["app.kubernetes.io/component"] == component


def answers(network: Network, address: str, port: int) -> bool:
    """Whether something listens there, asked from the node."""

    def connect() -> bool:
        with closing(socket.create_connection((address, port), timeout=5)):
            return True

    try:
        return network.node.run(connect)
    except OSError:
        return False


def last_line(text: str) -> str:
    """The last line that a program printed, for scripts that answer in one."""
    return re.split(r"\n", text.strip())[-1]
