"""Spark with executors on an HDFS that asks for Kerberos: two name nodes under one name, below a `viewfs://` table.

The driver logs in by the keytab. The executor, a process of its own, has neither that nor a way to the key distribution
centre; what it has is what Spark wrote into its pod and the ConfigMap beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from ..binaries import NEWEST
from ..cluster import Cluster
from ..processes import free_port
from .secured_hdfs import SecuredHdfs, kdc, secured_hdfs
from .spark import Installed, installed, session

NAMESPACE: Final = "mlflow-kerberos"
SPEC: Final = """
apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
namespace: mlflow-kerberos
hdfs:
  nameNode: viewfs://all
  nameServices: {{prod: ["hdfs://localhost:{first}", "hdfs://localhost:{second}"]}}
  mounts: {{/mlflow: hdfs://prod/mlflow, /raw/old: hdfs://prod/old}}
  kerberos:
    realm: EXAMPLE.COM
    kdc: [127.0.0.1]
    principal: mlflow
    keytabSecret: keytab
    rpcProtection: privacy
    dataProtection: privacy
client: {{spark: {{executors: 1}}}}
environments: {{prod: {{}}}}
"""
SCRIPT: Final = """
from pyspark.sql import SparkSession
spark = SparkSession.builder.appName("Squares").getOrCreate()
spark.range(1000).selectExpr("id * id AS n").repartition(2).write.parquet("/mlflow/squares")
print("SUM", spark.read.parquet("/mlflow/squares").selectExpr("sum(n)").collect()[0][0], flush=True)
spark.stop()
"""


@dataclass(frozen=True, slots=True)
class Site:
    """The applied overlay and its HDFS."""

    client: Installed
    hdfs: SecuredHdfs
    krb5: Path


@pytest.fixture
def site(kubernetes: Cluster, tmp_path: Path) -> Iterator[Site]:
    ports, centre = [free_port(), free_port()], free_port()
    spec = tmp_path / "spec.yaml"
    spec.write_text(SPEC.format(first=ports[0], second=ports[1]), encoding="utf-8")
    with installed(kubernetes, spec, NAMESPACE, tmp_path) as client:
        krb5 = tmp_path / "krb5.conf"
        krb5.write_text(client.files["krb5.conf"].replace(":88", f":{centre}"), encoding="utf-8")
        with kdc(tmp_path, centre) as keytab, secured_hdfs(tmp_path, ports, keytab, krb5) as hdfs:
            yield Site(client, hdfs, krb5)


@pytest.mark.parametrize("kubernetes", [NEWEST], indirect=True)
def test_executors_write_and_read_without_the_keytab(site: Site, tmp_path: Path) -> None:
    ran = session(
        site.client,
        SCRIPT,
        tmp_path,
        {"spark.kerberos.keytab": site.hdfs.keytab},
        {"KRB5KEYTAB": str(site.hdfs.keytab), "JAVA_TOOL_OPTIONS": f"-Djava.security.krb5.conf={site.krb5}"},
    )
    assert f"SUM {sum(n * n for n in range(1000))}" in ran.said
    assert "Updating delegation tokens for current user" in ran.executor
