"""MLflow on the rendered MariaDB: two replicas that start together on the empty database, and a client."""

from __future__ import annotations

from pathlib import Path

from .container import Image
from .network import network
from .rendered import compile_and_render
from .stack import Stack, last_line

SPEC = """
apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
database: {engine: mariadb, config: {max_connections: 77}}
hdfs: {nameNode: "hdfs://10.0.0.1:8020"}
environments:
  prod: {server: {replicas: 2, workers: 1}}
"""
LOG_A_RUN = """
import mlflow
mlflow.set_experiment("trials")
with mlflow.start_run() as run:
    mlflow.log_param("depth", 3)
    mlflow.log_metric("loss", 0.25)
read = mlflow.get_run(run.info.run_id).data
print(read.params["depth"], read.metrics["loss"])
"""
RUNS = """MYSQL_PWD="$MARIADB_PASSWORD" exec mariadb --user=mlflow -N -B \\
    -e "SELECT @@max_connections, COUNT(*), VERSION() LIKE '%MariaDB%' FROM runs" mlflowdb
"""


def test_one_of_two_replicas_makes_the_tables_and_a_client_logs_a_run(
    server_image: Image, tmp_path: Path
) -> None:
    prod = compile_and_render(SPEC, tmp_path / "compiled", "prod")
    with network() as joined:
        stack = Stack(joined, tmp_path / "pods")
        with (
            stack.database(prod, joined.pod()) as database,
            stack.servers(prod, server_image, 2) as replicas,
        ):
            for replica in replicas:
                replica.kubelet.wait_until_started()
                replica.kubelet.wait_until_ready()
                assert replica.kubelet.probe("liveness") == ""
            logs = [replica.init_logs["upgrade-database"] for replica in replicas]
            assert sum("creating its tables" in log for log in logs) == 1, logs
            # The server's image serves as the client's: it has MLflow too.
            assert last_line(stack.client(prod, server_image, LOG_A_RUN)) == "3 0.25"
            assert database.running.execute(["sh", "-c", RUNS]).stdout.split() == ["77", "1", "1"]
