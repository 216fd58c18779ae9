"""Spark of the client's image against a real API server: it asks for executors as the rendered account may.

The driver runs here with the rendered configuration, apart from where the API server is and how it is reached. The pods
that it makes are admitted and stay pending; one of them is then started here, by the command and the variables that
Spark wrote into it, and computes.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from mlkc.app.compile import compile_spec

from .. import hadoop
from ..binaries import NEWEST, cache_folder
from ..cluster import Cluster
from ..overlays import apply, assert_pods_are_made
from ..processes import server

SPEC: Final = Path(__file__).parents[2] / "golden" / "client-spark" / "spec.yaml"
NAMESPACE: Final = "mlflow-prod"
SCRIPT: Final = """
from pyspark.sql import SparkSession
spark = SparkSession.builder.appName("Sum of squares").getOrCreate()
print("SUM", spark.sparkContext.parallelize(range(100), 4).map(lambda n: n * n).sum(), flush=True)
spark.stop()
print("STOPPED", flush=True)
"""
_SECONDS: Final = 120.0


@dataclass(frozen=True, slots=True)
class Installed:
    """The applied overlay: the client's pod, and the files that its volumes hold."""

    cluster: Cluster
    build: Path
    pod: str
    container: dict[str, Any]
    account: str
    files: dict[str, str]


@pytest.fixture
def installed(kubernetes: Cluster, tmp_path: Path) -> Iterator[Installed]:
    """The golden spec's prod overlay on the API server, with the client's pod."""
    assert not compile_spec(SPEC, "spec.yaml", tmp_path).failed
    overlay = tmp_path / "overlays" / "prod"
    done = apply(kubernetes, overlay)
    assert done.code == 0, done.err
    (client,) = (
        pods.made[0]
        for pods in assert_pods_are_made(kubernetes, overlay)
        if pods.workload == f"Deployment {NAMESPACE}/mlflow-client"
    )
    (pod,) = kubernetes.objects("pod", client, "--namespace", NAMESPACE)
    (volume,) = (each["projected"] for each in pod["spec"]["volumes"] if each["name"] == "spark-conf")
    files: dict[str, str] = {}
    for source in volume["sources"]:
        (found,) = kubernetes.objects("configmap", source["configMap"]["name"], "--namespace", NAMESPACE)
        files |= found["data"]
    yield Installed(
        kubernetes,
        tmp_path / "images" / "client",
        client,
        pod["spec"]["containers"][0],
        pod["spec"]["serviceAccountName"],
        files,
    )
    kubernetes.forget(NAMESPACE)


def python_with_spark(build: Path) -> Path:
    """A Python with the Spark of a build folder's requirements, kept between runs."""
    (pin,) = re.findall(r"^pyspark==\S+$", (build / "requirements.txt").read_text(), re.MULTILINE)
    folder = cache_folder() / pin.replace("==", "-")
    if not folder.is_dir():
        new = folder.with_name(f"{folder.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", new], check=True)
        subprocess.run([new / "bin/pip", "install", "--quiet", pin], check=True)
        new.rename(folder)
    return folder / "bin/python"


def driver_environment(installed: Installed, conf: Path) -> dict[str, str]:
    """The variables of the client's container that Spark reads, with its folders where they are here."""
    written = {each["name"]: each.get("value", "") for each in installed.container["env"]}
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(conf),
        "JAVA_HOME": str(hadoop.java_home()),
        "SPARK_CONF_DIR": str(conf),
        "SPARK_IMAGE": written["SPARK_IMAGE"],
        "SPARK_DRIVER_POD": installed.pod,
        "PYSPARK_SUBMIT_ARGS": " ".join([*_elsewhere(installed, conf), "pyspark-shell"]),
    }


def _elsewhere(installed: Installed, conf: Path) -> list[str]:
    """Options for a driver outside of the cluster; in a pod these files and names are there."""
    cluster = installed.cluster
    target = json.loads(cluster.kubeconfig.read_text())["clusters"][0]["cluster"]
    token = cluster.kubectl("create", "token", installed.account, "--namespace", NAMESPACE).out.strip()
    (conf.parent / "token").write_text(token)
    options = {
        "spark.master": f"k8s://{target['server']}",
        "spark.kubernetes.authenticate.caCertFile": target["certificate-authority"],
        "spark.kubernetes.authenticate.oauthTokenFile": conf.parent / "token",
        "spark.kubernetes.executor.podTemplateFile": conf / "executor.yaml",
        "spark.driver.host": "127.0.0.1",
    }
    return [part for key, value in options.items() for part in ("--conf", f"{key}={value}")]


def executor_pods(installed: Installed) -> list[dict[str, Any]]:
    deadline = time.monotonic() + _SECONDS
    while True:
        found = installed.cluster.objects("pods", "--selector=spark-role=executor", "--namespace", NAMESPACE)
        if found or time.monotonic() > deadline:
            return found
        time.sleep(0.5)


def mounted(folder: Path, files: dict[str, str]) -> Path:
    """A folder as a kubelet makes one of ConfigMaps: links to links."""
    (folder / "..1").mkdir(parents=True)
    (folder / "..data").symlink_to("..1")
    for name, text in files.items():
        (folder / "..1" / name).write_text(text)
        (folder / name).symlink_to(f"..data/{name}")
    return folder


def executor_environment(pod: dict[str, Any], python: Path, programs: Path, conf: Path) -> dict[str, str]:
    """The variables that Spark and the template wrote, with less memory and the folders of this machine."""
    written = {each["name"]: each.get("value", "") for each in pod["spec"]["containers"][0]["env"]}
    (programs / "with-hadoop").write_text('#!/bin/sh\nexec "$@"\n')
    (programs / "with-hadoop").chmod(0o755)
    return {
        **written,
        "PATH": f"{programs}:{python.parent}:{os.environ['PATH']}",
        "JAVA_HOME": str(hadoop.java_home()),
        "HOME": str(programs),
        "SPARK_CONF_DIR": str(conf),
        "HADOOP_CONF_DIR": str(conf),
        "SPARK_LOCAL_DIRS": str(programs),
        "SPARK_EXECUTOR_MEMORY": "600m",
        "SPARK_EXECUTOR_POD_IP": "127.0.0.1",
        "SPARK_EXECUTOR_POD_NAME": pod["metadata"]["name"],
    }


@pytest.mark.parametrize("kubernetes", [NEWEST], indirect=True)
def test_a_session_gets_executors_that_compute(installed: Installed, tmp_path: Path) -> None:
    python = python_with_spark(installed.build)
    conf = mounted(tmp_path / "conf", installed.files)
    log = tmp_path / "driver.log"
    with server([python, "-c", SCRIPT], log, driver_environment(installed, conf)) as driver:
        pods = executor_pods(installed)
        assert pods, log.read_text()
        pod = pods[0]
        assert pod["metadata"]["ownerReferences"][0]["name"] == installed.pod
        (container,) = pod["spec"]["containers"]
        assert container["image"] == installed.container["image"]
        assert container["command"] == ["spark-executor"]
        assert pod["spec"]["automountServiceAccountToken"] is False
        assert [volume for volume in pod["spec"]["volumes"] if "hostPath" in volume] == []
        (given,) = installed.cluster.objects(
            "configmap", pod["spec"]["volumes"][-1]["configMap"]["name"], "--namespace", NAMESPACE
        )
        assert given["data"]["core-site.xml"] == installed.files["core-site.xml"]
        programs = tmp_path / "programs"
        programs.mkdir()
        environment = executor_environment(pod, python, programs, conf)
        program = installed.build / "spark_executor.py"
        with server([python, program, "executor"], tmp_path / "executor.log", environment):
            try:
                driver.wait_until(lambda: "STOPPED" in log.read_text(), _SECONDS)
            except RuntimeError as error:
                raise AssertionError((tmp_path / "executor.log").read_text()) from error
    said = log.read_text()
    assert f"SUM {sum(n * n for n in range(100))}" in said
    assert "forbidden" not in said
    left = installed.cluster.objects("pods,configmaps", "--namespace", NAMESPACE, "--selector=spark-role")
    assert left == []


def test_the_account_may_do_no_more(installed: Installed) -> None:
    user = f"--as=system:serviceaccount:{NAMESPACE}:{installed.account}"
    for wish, answer in (
        (("create", "pods"), "yes"),
        (("create", "configmaps"), "yes"),
        (("get", "secrets"), "no"),
        (("list", "configmaps"), "no"),
        (("create", "pods", "--subresource=exec"), "no"),
        (("patch", "deployments"), "no"),
    ):
        asked = installed.cluster.kubectl("auth", "can-i", *wish, user, "--namespace", NAMESPACE, check=False)
        assert asked.out.strip() == answer, wish
    elsewhere = installed.cluster.kubectl(
        "auth", "can-i", "create", "pods", user, "-n", "default", check=False
    )
    assert elsewhere.out.strip() == "no"
