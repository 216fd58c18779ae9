"""The backup's job and the restoring one, as they are rendered, on a database set up as rendered."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread, Timer
from typing import Any

import pytest

from .container import Image, run_container
from .database_image import database as database_image
from .hdfs import hdfs
from .network import network
from .rendered import Rendered, compile_and_render
from .stack import Replica, Stack

SPEC = """
apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs: {nameNode: "hdfs://nn.example.com:8020"}
client: {enabled: false}
database:
  engine: mariadb
  config: {max_connections: 77, init_connect: "SET @a = '# \\"x\\"'"}
  backup: {keep: 2}
environments: {prod: {}}
"""


# A client that has just ended may be counted too.
STILL_OPEN = r"[1-9]\d* connections to mlflowdb are open: stop the server first"


class Site:
    """A database with a backup.

    Attributes:
        database: Its running pod.
        dumps: The folder of the backup's claim.
    """

    def __init__(self, rendered: Rendered, stack: Stack, database: Replica, image: Image) -> None:
        self.rendered, self.stack, self.database, self.image = rendered, stack, database, image
        self.server: Image | None = None

    @property
    def dumps(self) -> list[str]:
        return sorted(path.name for path in self.stack.claims["mlflow-backup"].iterdir())

    def query(self, text: str, *options: str) -> str:
        """What MLflow's own user is answered."""
        client = f'MYSQL_PWD="$MARIADB_PASSWORD" exec mariadb --user=mlflow -N -B {" ".join(options)} -e "$0"'
        done = self.database.running.execute(["sh", "-c", client, text])
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def job(self, name: str, **variables: str) -> tuple[int, str]:
        """Runs a job made from a CronJob; returns its exit status and what it printed."""
        spec = self.rendered.one("CronJob", name)["spec"]["jobTemplate"]["spec"]["template"]["spec"]
        pod = self.stack.pod(self.rendered, spec, self.stack.network.pod(), dict(self.stack.services))
        status, log = 0, ""
        for container in (*spec.get("initContainers", ()), *spec["containers"]):
            image = self.image if container["command"][0] == "bash" else self.server
            assert image is not None
            with run_container(pod, image, _with(container, variables)) as running:
                status, log = running.wait(180), log + running.log()
            if status != 0:
                break
        return status, log


def _with(container: Mapping[str, Any], variables: Mapping[str, str]) -> dict[str, Any]:
    """The container with other or more variables, as `kubectl set env` makes it."""
    env = [one for one in container["env"] if one["name"] not in variables]
    return {**container, "env": [*env, *({"name": name, "value": text} for name, text in variables.items())]}


@contextmanager
def connected(query: Callable[[str], str], hold: str, ids: str, end: str) -> Iterator[Callable[[], None]]:
    """Somebody else is in the database until the block ends, or what it is given is called.

    Args:
        query: asks the database.
        hold: a query that takes long.
        ids: finds its connection.
        end: ends the connection whose id is put in.
    """

    def held() -> None:
        # Its connection is taken from it.
        with suppress(AssertionError):
            query(hold)

    def leave() -> None:
        found = query(ids)
        if found:
            query(end.format(found))
        holder.join()

    holder = Thread(target=held)
    holder.start()
    deadline = time.monotonic() + 60
    while not query(ids):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    try:
        yield leave
    finally:
        leave()


@contextmanager
def running(folder: Path, spec: str, engine: str) -> Iterator[Site]:
    rendered = compile_and_render(spec, folder / "compiled", "prod")
    with network() as joined:
        stack = Stack(joined, folder / "pods")
        with stack.database(rendered, joined.pod()) as database:
            yield Site(rendered, stack, database, database_image(engine))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("backup"), SPEC, "mariadb") as site:
        yield site


def test_the_server_has_the_variables_of_the_spec(site: Site) -> None:
    assert site.query("SELECT @@max_connections, @@init_connect") == "77\tSET @a = '# \"x\"'"


def test_what_was_dumped_comes_back(site: Site) -> None:
    site.query("CREATE TABLE runs (id INT PRIMARY KEY, note TEXT, raw BLOB)", "mlflowdb")
    site.query(
        "CREATE TABLE spare (id INT); CREATE TRIGGER t AFTER INSERT ON runs FOR EACH ROW DELETE FROM spare",
        "mlflowdb",
    )
    site.query(
        "INSERT INTO runs VALUES (1, 'naïve 😀 \\\\ ''quoted''', x'00ff0a27')",
        "--default-character-set=utf8mb4",
        "mlflowdb",
    )
    before = site.query("SELECT id, HEX(note), HEX(raw) FROM runs", "mlflowdb")
    status, log = site.job("mlflow-backup")
    assert status == 0, log
    (dump,) = site.dumps
    assert re.fullmatch(r"mlflowdb-\d{8}T\d{6}Z\.sql\.gz", dump)
    assert dump in log
    site.query("DROP DATABASE mlflowdb")
    status, log = site.job("mlflow-restore")
    assert status == 0, log
    assert site.query("SELECT id, HEX(note), HEX(raw) FROM runs", "mlflowdb") == before
    assert site.query("SELECT trigger_name FROM information_schema.triggers") == "t"


def test_a_dump_is_chosen_by_its_name(site: Site) -> None:
    (first,) = site.dumps
    # A name has seconds: a dump of the same one would take its place.
    while first == time.strftime("mlflowdb-%Y%m%dT%H%M%SZ.sql.gz", time.gmtime()):
        time.sleep(0.05)
    site.query("DELETE FROM runs", "mlflowdb")
    assert site.job("mlflow-backup")[0] == 0
    assert site.job("mlflow-restore", RESTORE=first)[0] == 0
    assert site.query("SELECT COUNT(*) FROM runs", "mlflowdb") == "1"


def test_nothing_is_restored_below_a_server_that_runs(site: Site) -> None:
    ids = "SELECT id FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP%'"
    with connected(lambda text: site.query(text, "mlflowdb"), "SELECT SLEEP(600)", ids, "KILL {}") as leave:
        status, log = site.job("mlflow-restore", PATIENCE="0")
        assert status == 1
        assert re.search(STILL_OPEN, log), log
        # One that ends soon is waited for.
        timer = Timer(5, leave)
        timer.start()
        status, log = site.job("mlflow-restore")
        assert status == 0, log
        timer.join()


def test_the_newest_are_kept_and_what_a_killed_run_left_is_not(site: Site) -> None:
    folder: Path = site.stack.claims["mlflow-backup"]
    (folder / ".mlflowdb-20200101T000000Z.sql.gz.partial").write_bytes(b"half")
    (folder / "mlflowdb-20200101T000000Z.sql.gz").write_bytes(b"old")
    (folder / "other-20200101T000000Z.sql.gz").write_bytes(b"another database's")
    status, log = site.job("mlflow-backup")
    assert status == 0, log
    kept = [name for name in site.dumps if name.startswith("mlflowdb-")]
    assert len(kept) == 2
    assert "mlflowdb-20200101T000000Z.sql.gz" not in kept
    assert "other-20200101T000000Z.sql.gz" in site.dumps
    assert not [name for name in site.dumps if name.startswith(".")]


def test_a_dump_that_fails_leaves_the_others_alone(site: Site) -> None:
    before = site.dumps
    status, log = site.job("mlflow-backup", END="-- words that no dump ends with")
    assert status == 1
    assert "the dump has no end" in log
    status, log = site.job("mlflow-backup", MYSQL_PWD="wrong")  # noqa: S106
    assert status != 0
    assert "Access denied" in log
    assert site.dumps == before


def test_postgresql_comes_back_without_what_was_made_since(tmp_path: Path) -> None:
    spec = SPEC.replace("mariadb", "postgresql").replace(
        SPEC[SPEC.index("  config:") : SPEC.index("  backup:")], ""
    )
    with running(tmp_path, spec, "postgresql") as site:

        def query(text: str) -> str:
            client = "exec psql --host=127.0.0.1 --username=mlflow --dbname=mlflowdb --tuples-only --no-align"
            done = site.database.running.execute(
                ["sh", "-c", f'cd / && PGPASSWORD="$DB_PASSWORD" {client} -c "$0"', text]
            )
            assert done.returncode == 0, done.stderr
            return done.stdout.strip()

        query("CREATE TABLE runs (id SERIAL PRIMARY KEY, note TEXT)")
        query(r"INSERT INTO runs (note) VALUES ('naïve 😀 \ ''quoted''')")
        query("CREATE SCHEMA mlflow_auth; CREATE TABLE mlflow_auth.users (id INT)")
        query("INSERT INTO mlflow_auth.users VALUES (5)")
        before = query("SELECT id, note FROM runs")
        status, log = site.job("mlflow-backup")
        assert status == 0, log
        (dump,) = site.dumps
        assert dump in log
        query("DELETE FROM runs")
        query("CREATE TABLE later (id INT); CREATE SCHEMA later; DELETE FROM mlflow_auth.users")
        status, log = site.job("mlflow-restore")
        assert status == 0, log
        assert query("SELECT id, note FROM runs") == before
        assert query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == "runs"
        assert query("SELECT id FROM mlflow_auth.users") == "5"
        assert query("SELECT count(*) FROM pg_namespace WHERE nspname = 'later'") == "0"
        query("INSERT INTO runs (note) VALUES ('next')")
        ids = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'"
        with connected(query, "SELECT pg_sleep(600)", ids, "SELECT pg_terminate_backend({})"):
            status, log = site.job("mlflow-restore", PATIENCE="0")
        assert status == 1
        assert re.search(STILL_OPEN, log), log


def test_dumps_go_to_hdfs_and_come_back_from_there(server_image: Image, tmp_path: Path) -> None:
    nodes = "nodes: [{address: 192.168.10.145, hostnames: [nn.example.com]}]"
    spec = SPEC.replace('8020"}', f'8020", {nodes}}}').replace("{keep: 2}", "{keep: 2, to: hdfs}")
    with (
        running(tmp_path, spec, "mariadb") as site,
        hdfs(site.rendered, site.stack.network, tmp_path / "hdfs"),
    ):
        site.server = server_image
        site.query("CREATE TABLE runs (id INT PRIMARY KEY); INSERT INTO runs VALUES (7)", "mlflowdb")
        status, log = site.job("mlflow-backup")
        while "0 datanode(s) running" in log:  # as the job's retries would
            time.sleep(2)
            status, log = site.job("mlflow-backup")
        assert status == 0, log
        for _ in range(2):
            time.sleep(1)
            status, log = site.job("mlflow-backup")
            assert status == 0, log
        kept = [line for line in log.splitlines() if re.fullmatch(r"mlflowdb-\d{8}T\d{6}Z\.sql\.gz", line)]
        assert len(kept) == 2
        site.query("DROP DATABASE mlflowdb")
        status, log = site.job("mlflow-restore", RESTORE=kept[0])
        assert status == 0, log
        assert f"{kept[0]} is restored" in log
        assert site.query("SELECT id FROM runs", "mlflowdb") == "7"
        status, log = site.job("mlflow-restore", RESTORE="mlflowdb-20200101T000000Z.sql.gz")
        assert status == 1
        assert "there is no dump mlflowdb-20200101T000000Z.sql.gz" in log
