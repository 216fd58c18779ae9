"""MLflow's server as the rendered Deployment runs it, on a database set up as rendered, used by a client."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from . import images
from .conftest import Site
from .container import Image, Running
from .stack import Stack, last_line

# The minor before the one that the catalogue has; two migrations lie between them.
OLDER: Final = "3.16.1"

LOG_A_RUN = """
import json, mlflow
mlflow.set_experiment("trials")
with mlflow.start_run() as run:
    mlflow.log_param("depth", 3)
    mlflow.log_metric("loss", 0.25)
    mlflow.log_text("what was seen", "notes/seen.txt")
print(json.dumps([run.info.run_id, run.info.artifact_uri]))
"""
READ_A_RUN = """
import json, mlflow
run = mlflow.get_run("{run}")
text = mlflow.artifacts.load_text(run.info.artifact_uri + "/notes/seen.txt")
print(json.dumps([run.data.params, run.data.metrics, text]))
"""
LOG_A_METRIC = """
import mlflow
assert mlflow.__version__ == "{version}", mlflow.__version__
with mlflow.start_run() as run:
    mlflow.log_metric("loss", 0.5)
print(run.info.run_id)
"""
READ_A_METRIC = """
import mlflow
print(mlflow.get_run("{run}").data.metrics["loss"])
"""
SCHEMA_VERSION = """MYSQL_PWD="$MYSQL_PASSWORD" mysql --host=127.0.0.1 --user="$MYSQL_USER" --batch \\
    --execute="SELECT version_num FROM alembic_version" "$MYSQL_DATABASE"
"""


def test_replicas_started_together_on_an_empty_database_all_come_up(site: Site) -> None:
    assert len(site.replicas) == 2
    for replica in site.replicas:
        replica.kubelet.wait_until_started()
        replica.kubelet.wait_until_ready()
        assert replica.kubelet.probe("liveness") == ""
    created = [r for r in site.replicas if "creating its tables" in r.init_logs["upgrade-database"]]
    assert len(created) == 1, "one of them migrates, the other waits for its lock"


def test_a_client_logs_a_run_and_reads_it_back(site: Site) -> None:
    logged = last_line(site.stack.client(site.dev, site.client_image, LOG_A_RUN))
    run, uri = json.loads(logged)
    assert uri.startswith("hdfs://ab-node1.senses:8020/mlflow/mlruns/")
    read = last_line(site.stack.client(site.dev, site.client_image, READ_A_RUN.format(run=run)))
    assert json.loads(read) == [{"depth": "3"}, {"loss": 0.25}, "what was seen"]


def test_a_database_that_went_and_came_back_needs_no_restart(site: Site) -> None:
    host, replica = site.database.pod.host, site.replicas[0]
    replica.kubelet.wait_until_ready()
    site.database.running.terminate()
    site.database.running.wait(site.database.pod.spec["terminationGracePeriodSeconds"])
    # 503, or no answer in time while MLflow tries again.
    assert replica.kubelet.probe("readiness")
    assert replica.kubelet.probe("liveness") == "", "a kubelet would restart it"
    site.database = site.resources.enter_context(site.stack.database(site.prod, host))
    replica.kubelet.wait_until_ready()
    assert replica.running.server.process.poll() is None


def test_a_pod_that_is_asked_to_stop_is_gone_in_time(site: Site) -> None:
    replica = site.replicas[-1]
    replica.kubelet.wait_until_started()
    replica.running.terminate()
    # A kubelet kills it afterwards; a TimeoutExpired fails this test.
    replica.running.wait(replica.pod.spec["terminationGracePeriodSeconds"])


def test_an_upgrade_by_one_minor_migrates_the_schema(site: Site, tmp_path: Path) -> None:
    stack = Stack(site.stack.network, tmp_path / "pods")
    with stack.database(site.prod, site.stack.network.pod()) as database:
        with stack.servers(site.prod, older(site.image, tmp_path / "older"), 1) as (server,):
            server.kubelet.wait_until_started()
            log = LOG_A_METRIC.format(version=OLDER)
            run = last_line(stack.client(site.dev, older(site.client_image, tmp_path / "older"), log))
        before = schema_version(database.running)
        with stack.servers(site.prod, site.image, 1) as (server,):
            server.kubelet.wait_until_started()
            assert "bringing the schema up to date" in server.init_logs["upgrade-database"]
            assert schema_version(database.running) != before
            read = stack.client(site.dev, site.client_image, READ_A_METRIC.format(run=run))
            assert last_line(read) == "0.5"


def older(image: Image, folder: Path) -> Image:
    """The image with an older MLflow before its own; the packages that MLflow needs are the same."""
    names = (f"{name}=={OLDER}" for name in ("mlflow", "mlflow-skinny", "mlflow-tracing"))
    return images.with_packages(image, folder, *names)


def schema_version(database: Running) -> str:
    done = database.execute(["sh", "-c", SCHEMA_VERSION])
    assert done.returncode == 0, done.stderr
    return done.stdout
