"""MLflow on the rendered PostgreSQL: its first start, its migration, its users, and its end."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from . import images
from .container import Image
from .network import Network, network
from .rendered import Rendered, compile_and_render, render
from .stack import Replica, Stack, last_line

SPEC = """
apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
database: {engine: postgresql}
hdfs: {nameNode: "hdfs://10.0.0.1:8020"}
environments:
  prod: {server: {replicas: 2, workers: 1, auth: {type: basic}}}
"""
# Whatever a shell, a URL, SQL or psql could take for something else.
PASSWORD = "a'b\"c@%2F:/#?&$HOME`id`\\n :d ü€"  # noqa: S105  of a database that lives for a minute
LOG_A_RUN = """
import json, os, mlflow
os.environ.update(MLFLOW_TRACKING_USERNAME="admin", MLFLOW_TRACKING_PASSWORD={password!r})
mlflow.set_experiment("trials")
with mlflow.start_run() as run:
    mlflow.log_metric("loss", 0.25)
print(json.dumps(mlflow.get_run(run.info.run_id).data.metrics))
"""


@dataclass(slots=True)
class Site:
    """A database, and two replicas that were started on it at the same time while it was empty."""

    prod: Rendered
    network: Network
    stack: Stack
    image: Image
    database: Replica
    replicas: list[Replica]


@pytest.fixture(scope="module")
def site(compiled: Path, server_image: Image, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("postgresql")
    prod = compile_and_render(SPEC, folder / "compiled", "prod")
    secrets = folder / "compiled/overlays/prod/secrets.env"
    lines = secrets.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("DB_PASSWORD=")]
    secrets.write_text("\n".join([*kept, f"DB_PASSWORD={PASSWORD}", ""]), encoding="utf-8")
    prod = render(folder / "compiled", "prod")
    assert base64.b64decode(prod.one("Secret", "db-secrets")["data"]["DB_PASSWORD"]).decode() == PASSWORD
    image = images.variant(
        server_image, compiled / "images/server", prod.images / "server", folder / "driver"
    )
    with network() as joined:
        stack = Stack(joined, folder / "pods")
        with (
            stack.database(prod, joined.pod()) as database,
            stack.servers(prod, image, 2) as replicas,
        ):
            for replica in replicas:
                replica.kubelet.wait_until_started()
                replica.kubelet.wait_until_ready()
            yield Site(prod, joined, stack, image, database, replicas)


def test_one_of_two_replicas_makes_the_tables(site: Site) -> None:
    logs = [replica.init_logs["upgrade-database"] for replica in site.replicas]
    assert sum("creating its tables" in log for log in logs) == 1, logs
    assert not any(PASSWORD in log for log in (*logs, site.database.running.log()))


def test_a_client_logs_a_run_and_reads_it_back(site: Site) -> None:
    assert json.loads(last_line(site.stack.client(site.prod, site.image, _script(site)))) == {"loss": 0.25}


def _script(site: Site) -> str:
    secret = site.prod.one("Secret", "auth-secrets")["data"]["MLFLOW_AUTH_ADMIN_PASSWORD"]
    return LOG_A_RUN.format(password=base64.b64decode(secret).decode())


def test_nobody_uses_the_server_without_a_user(site: Site) -> None:
    for name in ("", "MLFLOW_TRACKING_USERNAME='admin', MLFLOW_TRACKING_PASSWORD='wrong'"):
        script = f"import os, mlflow; os.environ.update({name}); mlflow.search_experiments()"
        with pytest.raises(AssertionError, match="401"):
            site.stack.client(site.prod, site.image, script)


def _query(site: Site, query: str, environment: str = "") -> str:
    command = f'export PGPASSWORD="$DB_PASSWORD" {environment}; exec psql -XAt -h 127.0.0.1 -U mlflow mlflowdb -c "$1"'
    done = site.database.running.execute(["sh", "-c", command, "sh", query])
    return done.stdout.strip() or done.stderr.strip()


def test_its_user_owns_the_database_and_nothing_else(site: Site) -> None:
    rights = "SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication FROM pg_roles WHERE rolname = current_user"
    assert _query(site, rights) == "f|f|f|f"
    assert "permission denied" in _query(site, "CREATE DATABASE other")
    assert "permission denied" in _query(site, "SELECT * FROM pg_authid")


def test_nobody_gets_in_without_the_password(site: Site) -> None:
    assert "authentication failed" in _query(site, "SELECT 1", "PGPASSWORD=wrong")


def test_the_root_file_system_is_read_only_and_the_data_lie_in_a_folder_of_the_volume(site: Site) -> None:
    assert site.database.running.execute(["touch", "/etc/x"]).returncode != 0
    (claim,) = site.stack.claims.values()
    assert [path.name for path in claim.iterdir()] == ["datadir"]


def test_it_stops_with_clients_connected_and_starts_again_with_its_data(site: Site) -> None:
    host, replica = site.database.pod.host, site.replicas[0]
    began = time.monotonic()
    site.database.running.terminate()
    assert site.database.running.wait(30) == 0
    assert time.monotonic() - began < 20, "a smart shutdown waits for every client"
    assert "database system is shut down" in site.database.running.log()
    assert replica.kubelet.probe("liveness") == "", "a kubelet would restart it"
    with site.stack.database(site.prod, host) as again:
        assert "CREATE ROLE" not in again.running.log()
        replica.kubelet.wait_until_ready()
        assert json.loads(last_line(site.stack.client(site.prod, site.image, _script(site)))) == {
            "loss": 0.25
        }
