"""A network of its own for the pods of a test: each has the address and ports that it would have in a cluster.

Network namespaces joined by a bridge, without a way out. One more stands for the machines beside the cluster, HDFS's.
"""

from __future__ import annotations

import ctypes
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path
from typing import Final, TypeVar

_T = TypeVar("_T")
_PODS: Final = IPv4Network("10.88.0.0/16")
_ROUTER: Final = _PODS[1]
_CLONE_NEWNET: Final = 0x40000000


@dataclass(frozen=True, slots=True)
class Host:
    """A network namespace, held by a process that does nothing.

    Attributes:
        address: Where others reach it.
        pid: The process that holds it.
    """

    address: str
    pid: int

    @property
    def namespace(self) -> str:
        """The file by which other programs enter it."""
        return f"/proc/{self.pid}/ns/net"

    def run(self, function: Callable[[], _T]) -> _T:
        """Call a function in a thread of its own whose connections start from here."""
        with ThreadPoolExecutor(1) as executor:
            return executor.submit(self._enter_and_run, function).result()

    def _enter_and_run(self, function: Callable[[], _T]) -> _T:
        with Path(self.namespace).open("rb") as handle:
            if ctypes.CDLL(None, use_errno=True).setns(handle.fileno(), _CLONE_NEWNET) != 0:
                raise OSError(ctypes.get_errno(), "setns")
        return function()


@dataclass(slots=True)
class Network:
    """What is joined to one bridge.

    Attributes:
        node: The machine that the pods run on: it routes, and probes come from it.
    """

    node: Host
    _stack: ExitStack
    _count: int = field(default=1)

    def pod(self) -> Host:
        """One more address for a pod."""
        self._count += 1
        return self._join(_PODS[self._count], _PODS, _ROUTER)

    def machine(self, address: str) -> Host:
        """A machine outside the cluster, which pods reach through their node."""
        network = IPv4Network(f"{address}/24", strict=False)
        router = next(each for each in network.hosts() if str(each) != address)
        _ip(self.node, "address", "add", f"{router}/24", "dev", "pods")
        return self._join(IPv4Address(address), network, router)

    def _join(self, address: IPv4Address, network: IPv4Network, router: IPv4Address) -> Host:
        host = Host(str(address), self._stack.enter_context(_holder()))
        link = f"p{host.pid}"
        _ip(self.node, "link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", str(host.pid))
        _ip(self.node, "link", "set", link, "master", "pods", "up")
        _ip(host, "link", "set", "lo", "up")
        _ip(host, "address", "add", f"{address}/{network.prefixlen}", "dev", "eth0")
        _ip(host, "link", "set", "eth0", "up")
        _ip(host, "route", "add", "default", "via", str(router))
        return host


@contextmanager
def network() -> Iterator[Network]:
    """Make the bridge; at the end all that was joined to it is gone."""
    with ExitStack() as stack:
        node = Host(str(_ROUTER), stack.enter_context(_holder()))
        _ip(node, "link", "set", "lo", "up")
        _ip(node, "link", "add", "pods", "type", "bridge")
        _ip(node, "address", "add", f"{_ROUTER}/{_PODS.prefixlen}", "dev", "pods")
        _ip(node, "link", "set", "pods", "up")
        forward = "echo 1 > /proc/sys/net/ipv4/ip_forward"
        subprocess.run(["nsenter", f"--net={node.namespace}", "sh", "-c", forward], check=True)
        yield Network(node, stack)


def _ip(host: Host, *arguments: str) -> None:
    subprocess.run(["nsenter", f"--net={host.namespace}", "ip", *arguments], check=True)


@contextmanager
def _holder() -> Iterator[int]:
    # It ends with the test run, however that ends.
    command = ["setpriv", "--pdeathsig", "KILL", "unshare", "--net", "sleep", "infinity"]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        own = Path("/proc/self/ns/net").readlink()
        deadline = time.monotonic() + 10
        while Path(f"/proc/{process.pid}/ns/net").readlink() == own:
            assert process.poll() is None, "no network namespace of its own: this needs root"
            assert time.monotonic() < deadline
            time.sleep(0.01)
        yield process.pid
    finally:
        process.kill()
        process.wait()
