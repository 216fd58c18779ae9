"""Spark of the client's image against a real API server, which runs no pods: the driver and an executor run here.

The driver has the rendered configuration, apart from where the API server is and how it is reached. The pods that it
makes are admitted and stay pending; one of them is then started by the command, the variables and the files that Spark
wrote into it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from mlkc.app.compile import compile_spec

from .. import hadoop
from ..binaries import cache_folder
from ..cluster import Cluster
from ..overlays import apply, assert_pods_are_made
from ..processes import Server, server

_SECONDS: Final = 180.0
# Where Spark puts the files of an executor's ConfigMap.
_THEIRS: Final = "/opt/spark/conf"


@dataclass(frozen=True, slots=True)
class Installed:
    """The applied overlay: the client's pod, and the files that its volumes hold."""

    cluster: Cluster
    namespace: str
    build: Path
    pod: str
    container: dict[str, Any]
    account: str
    files: dict[str, str]


@contextmanager
def installed(cluster: Cluster, spec: Path, namespace: str, folder: Path) -> Iterator[Installed]:
    """Apply a spec's prod overlay; at the end its namespace is forgotten.

    Args:
        cluster: Where.
        spec: A spec whose client has Spark.
        namespace: That of its environment `prod`.
        folder: Gets what it compiles to.
    """
    assert not compile_spec(spec, "spec.yaml", folder).failed
    overlay = folder / "overlays" / "prod"
    done = apply(cluster, overlay)
    assert done.code == 0, done.err
    (client,) = (
        pods.made[0]
        for pods in assert_pods_are_made(cluster, overlay)
        if pods.workload == f"Deployment {namespace}/mlflow-client"
    )
    (pod,) = cluster.objects("pod", client, "--namespace", namespace)
    (volume,) = (each["projected"] for each in pod["spec"]["volumes"] if each["name"] == "spark-conf")
    files: dict[str, str] = {}
    for source in volume["sources"]:
        (found,) = cluster.objects("configmap", source["configMap"]["name"], "--namespace", namespace)
        files |= found["data"]
    yield Installed(
        cluster,
        namespace,
        folder / "images" / "client",
        client,
        pod["spec"]["containers"][0],
        pod["spec"]["serviceAccountName"],
        files,
    )
    cluster.forget(namespace)


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


@dataclass(frozen=True, slots=True)
class Session:
    """A session that has ended.

    Attributes:
        said: What the driver printed.
        executor: What the executor printed.
        pod: That of an executor, as Spark asked for it.
        files: What Spark gave the executor as its configuration.
    """

    said: str
    executor: str
    pod: dict[str, Any]
    files: dict[str, str]


def session(
    client: Installed,
    script: str,
    folder: Path,
    settings: Mapping[str, object] = MappingProxyType({}),
    variables: Mapping[str, str] = MappingProxyType({}),
) -> Session:
    """Run a driver and the executor that it asks for, each a process of its own, until the driver ends well.

    Args:
        client: The applied overlay.
        script: The driver's program.
        folder: Gets logs and configurations.
        settings: Spark's that differ here from those of a pod.
        variables: The driver's that differ here, its keytab's path for one.
    """
    python = python_with_spark(client.build)
    conf = mounted(folder / "conf", client.files)
    log = folder / "driver.log"
    environment = {**_driver(client, conf, settings), **variables}
    with server([python, "-c", script], log, environment) as driver:
        pod = _executor_pod(client, driver)
        (given,) = client.cluster.objects(
            "configmap", pod["spec"]["volumes"][-1]["configMap"]["name"], "--namespace", client.namespace
        )
        files: dict[str, str] = given["data"]
        own = _executor(pod, python, folder / "programs", mounted(folder / "executor", files))
        program = client.build / "spark_executor.py"
        with server([python, program, "executor"], folder / "executor.log", own) as executor:
            try:
                assert driver.process.wait(_SECONDS) == 0
            except (AssertionError, subprocess.TimeoutExpired) as error:
                raise AssertionError(log.read_text() + executor.log.read_text()) from error
    return Session(log.read_text(), executor.log.read_text(), pod, files)


def _driver(client: Installed, conf: Path, settings: Mapping[str, object]) -> dict[str, str]:
    """The variables of the client's container, with its folders where they are here."""
    written = {each["name"]: each.get("value", "") for each in client.container["env"]}
    return {
        **written,
        "PATH": os.environ["PATH"],
        "HOME": str(conf),
        "JAVA_HOME": str(hadoop.java_home()),
        "HADOOP_CONF_DIR": str(conf),
        "SPARK_CONF_DIR": str(conf),
        "SPARK_DRIVER_POD": client.pod,
        "PYSPARK_SUBMIT_ARGS": " ".join([*_elsewhere(client, conf, settings), "pyspark-shell"]),
    }


def _elsewhere(client: Installed, conf: Path, more: Mapping[str, object]) -> list[str]:
    """Options for a driver outside of the cluster; in a pod these files and names are there."""
    cluster = client.cluster
    target = json.loads(cluster.kubeconfig.read_text())["clusters"][0]["cluster"]
    token = cluster.kubectl("create", "token", client.account, "--namespace", client.namespace).out.strip()
    (conf.parent / "token").write_text(token)
    options: dict[str, object] = {
        "spark.master": f"k8s://{target['server']}",
        "spark.kubernetes.authenticate.caCertFile": target["certificate-authority"],
        "spark.kubernetes.authenticate.oauthTokenFile": conf.parent / "token",
        "spark.kubernetes.executor.podTemplateFile": conf / "executor.yaml",
        "spark.driver.host": "127.0.0.1",
        **more,
    }
    return [part for key, value in options.items() for part in ("--conf", f"{key}={value}")]


def _executor_pod(client: Installed, driver: Server) -> dict[str, Any]:
    found: list[dict[str, Any]] = []

    def asked() -> bool:
        found[:] = client.cluster.objects(
            "pods", "--selector=spark-role=executor", "--namespace", client.namespace
        )
        return bool(found)

    driver.wait_until(asked, _SECONDS)
    return found[0]


def mounted(folder: Path, files: dict[str, str]) -> Path:
    """A folder as a kubelet makes one of ConfigMaps: links to links."""
    (folder / "..1").mkdir(parents=True)
    (folder / "..data").symlink_to("..1")
    for name, text in files.items():
        (folder / "..1" / name).write_text(text)
        (folder / name).symlink_to(f"..data/{name}")
    return folder


def _executor(pod: dict[str, Any], python: Path, programs: Path, conf: Path) -> dict[str, str]:
    """The variables that Spark and the template wrote, with less memory and the folders of this machine."""
    written = {each["name"]: each.get("value", "") for each in pod["spec"]["containers"][0]["env"]}
    programs.mkdir()
    (programs / "with-hadoop").write_text('#!/bin/sh\nexec "$@"\n')
    (programs / "with-hadoop").chmod(0o755)
    return {
        **{name: value.replace(_THEIRS, str(conf)) for name, value in written.items()},
        "PATH": f"{programs}:{python.parent}:{os.environ['PATH']}",
        "JAVA_HOME": str(hadoop.java_home()),
        "HOME": str(programs),
        "SPARK_LOCAL_DIRS": str(programs),
        "SPARK_EXECUTOR_MEMORY": "600m",
        "SPARK_EXECUTOR_POD_IP": "127.0.0.1",
        "SPARK_EXECUTOR_POD_NAME": pod["metadata"]["name"],
    }
