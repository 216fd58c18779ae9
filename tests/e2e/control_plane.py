"""The command lines of etcd, kube-apiserver and kube-controller-manager on 127.0.0.1, and the keys they need."""

from __future__ import annotations

import http.client
import json
import secrets
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .binaries import Binaries
from .processes import Server, free_port, server

_END_WITH_THE_TESTS: Final = {"MLKC_E2E_END_WITH_STDIN": "1"}


@dataclass(frozen=True, slots=True)
class ControlPlane:
    """Starts the servers of one cluster.

    Attributes:
        programs: What to run.
        folder: An empty folder for keys, logs and the database.
        stack: Stops them, the last one first.
    """

    programs: Binaries
    folder: Path
    stack: ExitStack

    def etcd(self) -> int:
        """Start the database, wait for it, and return its port."""
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        etcd = self._start(
            "etcd",
            f"--data-dir={self.folder / 'etcd'}",
            "--unsafe-no-fsync",
            f"--listen-client-urls={url}",
            f"--advertise-client-urls={url}",
            "--listen-peer-urls=http://127.0.0.1:0",
            "--log-level=warn",
        )
        etcd.wait_until(lambda: _is_healthy(port))
        return port

    def api_server(self, etcd_port: int) -> tuple[Server, Path, Path]:
        """Start the API server without waiting for it.

        Returns:
            The server, and the kubeconfigs of a member of system:masters and of the controller manager.
        """
        port = free_port()
        keys = self._keys()
        keys.mkdir()
        signing_key = keys / "service-accounts.key"
        signing_key.write_bytes(_new_key())
        admin, controllers = secrets.token_hex(16), secrets.token_hex(16)
        tokens = keys / "tokens.csv"
        tokens.write_text(
            f'{admin},admin,admin,"system:masters"\n{controllers},system:kube-controller-manager,controllers\n',
            encoding="utf-8",
        )
        started = self._start(
            "kube-apiserver",
            f"--etcd-servers=http://127.0.0.1:{etcd_port}",
            f"--secure-port={port}",
            f"--cert-dir={keys}",  # where it makes a certificate for itself
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            # A loopback address may not stand in the endpoints of the service `kubernetes`, which nothing here calls.
            "--endpoint-reconciler-type=none",
            "--service-cluster-ip-range=10.96.0.0/16",
            "--allow-privileged=true",
            "--authorization-mode=RBAC",
            f"--token-auth-file={tokens}",
            "--enable-admission-plugins=PodSecurity",
            f"--service-account-key-file={signing_key}",
            f"--service-account-signing-key-file={signing_key}",
            "--service-account-issuer=https://kubernetes.default.svc",
        )
        url = f"https://127.0.0.1:{port}"
        return (
            started,
            self._kubeconfig("admin", url, admin),
            self._kubeconfig("controllers", url, controllers),
        )

    def controller_manager(self, kubeconfig: Path) -> Server:
        """Start the controllers without waiting for them; the API server must be ready."""
        return self._start(
            "kube-controller-manager",
            f"--kubeconfig={kubeconfig}",
            "--secure-port=0",
            "--leader-elect=false",
            # A volume that came after its claim is bound at the next look, every 15 seconds by default.
            "--pvclaimbinder-sync-period=1s",
            "--use-service-account-credentials=true",
            f"--service-account-private-key-file={self._keys() / 'service-accounts.key'}",
            f"--root-ca-file={self._root_certificate()}",
        )

    def _start(self, name: str, *options: str) -> Server:
        command: list[str | Path] = [self.programs.program(name), *options]
        return self.stack.enter_context(server(command, self.folder / f"{name}.log", _END_WITH_THE_TESTS))

    def _keys(self) -> Path:
        return self.folder / "keys"

    def _root_certificate(self) -> Path:
        # The server's own certificate stands first in its file, the one that signed it last; only that one is a root.
        begin = "-----BEGIN CERTIFICATE-----"
        chain = (self._keys() / "apiserver.crt").read_text(encoding="utf-8")
        root = self._keys() / "root.crt"
        root.write_text(begin + chain.rpartition(begin)[2], encoding="utf-8")
        return root

    def _kubeconfig(self, user: str, url: str, token: str) -> Path:
        cluster = {"server": url, "certificate-authority": str(self._keys() / "apiserver.crt")}
        document = {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [{"name": "e2e", "cluster": cluster}],
            "users": [{"name": user, "user": {"token": token}}],
            "contexts": [{"name": "e2e", "context": {"cluster": "e2e", "user": user}}],
            "current-context": "e2e",
        }
        file = self.folder / f"{user}.kubeconfig"
        file.write_text(json.dumps(document), encoding="utf-8")
        return file


def _new_key() -> bytes:
    """A private key, in which both servers that are given it find the public one too."""
    # Of the extra `e2e`: the tests without it collect this folder too.
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )


def _is_healthy(etcd_port: int) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", etcd_port, timeout=5)) as connection:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
