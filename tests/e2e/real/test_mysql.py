"""The rendered MySQL on a server of MySQL's own: its users, its way to prove a password, its end, its dump."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from .container import Image, run_container
from .database_image import database as database_image
from .kubelet import Kubelet
from .test_backup import Site, running

SPEC = """
apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs: {nameNode: "hdfs://nn.example.com:8020"}
client: {enabled: false}
database:
  engine: mysql
  config: {max_connections: 77, tls_version: ""}
  backup: {keep: 2}
environments: {prod: {}}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("mysql"), SPEC, "mysql") as site:
        yield site


def root(site: Site, query: str) -> str:
    """What the administrator is answered, who is asked for a password as everybody is."""
    command = 'MYSQL_PWD="$MYSQL_ROOT_PASSWORD" exec mysql --user=root -N -B -e "$0"'
    done = site.database.running.execute(["sh", "-c", command, query])
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_server_is_a_mysql_with_the_variables_of_the_spec(site: Site) -> None:
    version, *rest = root(
        site, "SELECT @@version, @@max_connections, @@log_bin_trust_function_creators, @@datadir"
    ).split("\t")
    assert version.split(".") >= ["9", "7"]
    assert rest == ["77", "1", "/var/lib/mysql/datadir/"]


def test_its_user_has_the_database_and_nothing_else(site: Site) -> None:
    assert root(site, "SELECT plugin FROM mysql.user WHERE user = 'mlflow'") == "caching_sha2_password"
    assert root(site, "SHOW GRANTS FOR mlflow").splitlines() == [
        "GRANT USAGE ON *.* TO `mlflow`@`%`",
        "GRANT ALL PRIVILEGES ON `mlflowdb`.* TO `mlflow`@`%`",
    ]


def test_mlflow_and_the_backup_get_in_without_tls_and_a_dump_comes_back(
    site: Site, server_image: Image
) -> None:
    spec = site.rendered.pod("server")
    (upgrade,) = spec["initContainers"]
    pod = site.stack.pod(site.rendered, spec, site.stack.network.pod(), dict(site.stack.services))
    with run_container(pod, server_image, upgrade) as running:
        assert running.wait(300) == 0, running.log()
    before = root(site, "SELECT version_num FROM mlflowdb.alembic_version")
    assert before
    status, log = site.job("mlflow-backup")
    assert status == 0, log
    root(site, "DROP DATABASE mlflowdb")
    status, log = site.job("mlflow-restore")
    assert status == 0, log
    assert root(site, "SELECT version_num FROM mlflowdb.alembic_version") == before
    assert root(site, "SHOW GLOBAL STATUS LIKE 'Ssl_accepts'") in ("", "Ssl_accepts\t0")


def test_killed_it_comes_back_in_its_pod_with_its_data(site: Site) -> None:
    pod = site.database.pod
    (container,) = pod.spec["containers"]
    os.kill(site.database.running.pid, signal.SIGKILL)
    assert site.database.running.wait(30) != 0
    with run_container(pod, database_image("mysql"), container, "again") as again:
        Kubelet(site.stack.network, pod, container, again).wait_until_started()
        assert "init process done" not in again.log()
        done = again.execute(
            ["sh", "-c", 'MYSQL_PWD="$MYSQL_PASSWORD" exec mysql -u mlflow -N -e "SHOW DATABASES"']
        )
        assert "mlflowdb" in done.stdout
