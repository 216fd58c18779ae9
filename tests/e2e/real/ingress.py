"""What an ingress controller does for the rendered Ingress: it ends TLS, and passes requests on as they are."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from .network import Network


@contextmanager
def ingress(
    network: Network, rendered: Mapping[str, Any], backend: str, port: int, folder: Path
) -> Iterator[str]:
    """Serve the host of an Ingress on port 443 of the node.

    Args:
        network: Its node is the controller's.
        rendered: The Ingress, with one host and one path.
        backend: The address that its service stands for.
        port: The port of that service.
        folder: Gets a key and a certificate.

    Yields:
        The address to map the host to.
    """
    (rule,) = rendered["spec"]["rules"]
    assert rule["host"] in rendered["spec"]["tls"][0]["hosts"]
    key, certificate = folder / "tls.key", folder / "tls.crt"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", f"/CN={rule['host']}", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    context.set_alpn_protocols(["http/1.1"])
    listener = network.node.run(lambda: socket.create_server((network.node.address, 443)))

    def serve() -> None:
        # A closed listener ends it.
        with suppress(OSError):
            while True:
                accepted, _ = listener.accept()
                threading.Thread(target=_join, args=(network, context, accepted, backend, port)).start()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield network.node.address
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def _join(network: Network, context: ssl.SSLContext, raw: socket.socket, backend: str, port: int) -> None:
    with (
        suppress(OSError),
        context.wrap_socket(raw, server_side=True) as client,
        network.node.run(lambda: socket.create_connection((backend, port))) as server,
    ):
        there = threading.Thread(target=_pump, args=(client, server))
        there.start()
        _pump(server, client)
        there.join()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
