"""Spark of the client's image against a real API server: as the rendered account may, it gets executors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from ..binaries import NEWEST
from ..cluster import Cluster
from .spark import Installed, installed, session

SPEC: Final = Path(__file__).parents[2] / "golden" / "client-spark" / "spec.yaml"
NAMESPACE: Final = "mlflow-prod"
SCRIPT: Final = """
from pyspark.sql import SparkSession
spark = SparkSession.builder.appName("Sum of squares").getOrCreate()
print("SUM", spark.sparkContext.parallelize(range(100), 4).map(lambda n: n * n).sum(), flush=True)
spark.stop()
"""


@pytest.fixture(name="client")
def _client(kubernetes: Cluster, tmp_path: Path) -> Iterator[Installed]:
    """The golden spec's prod overlay on the API server, with the client's pod."""
    with installed(kubernetes, SPEC, NAMESPACE, tmp_path) as found:
        yield found


@pytest.mark.parametrize("kubernetes", [NEWEST], indirect=True)
def test_a_session_gets_executors_that_compute(client: Installed, tmp_path: Path) -> None:
    ran = session(client, SCRIPT, tmp_path)
    pod = ran.pod
    assert pod["metadata"]["ownerReferences"][0]["name"] == client.pod
    (container,) = pod["spec"]["containers"]
    assert container["image"] == client.container["image"]
    assert container["command"] == ["spark-executor"]
    assert pod["spec"]["automountServiceAccountToken"] is False
    assert [volume for volume in pod["spec"]["volumes"] if "hostPath" in volume] == []
    assert ran.files["core-site.xml"] == client.files["core-site.xml"]
    assert f"SUM {sum(n * n for n in range(100))}" in ran.said
    assert "forbidden" not in ran.said
    left = client.cluster.objects("pods,configmaps", "--namespace", NAMESPACE, "--selector=spark-role")
    assert left == []


def test_the_account_may_do_no_more(client: Installed) -> None:
    user = f"--as=system:serviceaccount:{NAMESPACE}:{client.account}"
    for wish, answer in (
        (("create", "pods"), "yes"),
        (("create", "configmaps"), "yes"),
        (("get", "secrets"), "no"),
        (("list", "configmaps"), "no"),
        (("create", "pods", "--subresource=exec"), "no"),
        (("patch", "deployments"), "no"),
    ):
        asked = client.cluster.kubectl("auth", "can-i", *wish, user, "--namespace", NAMESPACE, check=False)
        assert asked.out.strip() == answer, wish
    elsewhere = client.cluster.kubectl("auth", "can-i", "create", "pods", user, "-n", "default", check=False)
    assert elsewhere.out.strip() == "no"
