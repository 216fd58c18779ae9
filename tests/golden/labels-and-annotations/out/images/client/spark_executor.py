#!/usr/bin/env python3
"""Starts an executor of Spark: spark-executor executor, as Spark on Kubernetes starts the image of a pod.

Spark says everything else in the environment: who the driver is, the memory, and Java's options one by one. Spark
itself is the one that pip installed. Python's workers inherit the class path that libhdfs needs.
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Mapping, NoReturn

BACKEND = "org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend"
OPTION = "SPARK_JAVA_OPT_"
# Option of the backend → the variable with its value.
ARGUMENTS = (
    ("--driver-url", "SPARK_DRIVER_URL"),
    ("--executor-id", "SPARK_EXECUTOR_ID"),
    ("--cores", "SPARK_EXECUTOR_CORES"),
    ("--app-id", "SPARK_APPLICATION_ID"),
    ("--hostname", "SPARK_EXECUTOR_POD_IP"),
    ("--resourceProfileId", "SPARK_RESOURCE_PROFILE_ID"),
    ("--podName", "SPARK_EXECUTOR_POD_NAME"),
)


def command(environment: Mapping[str, str], home: Path) -> list[str]:
    """Builds the command line of Java, `home` being Spark's folder."""
    missing = [name for _, name in (*ARGUMENTS, ("", "SPARK_EXECUTOR_MEMORY")) if not environment.get(name)]
    if missing:
        fail(f"not set: {', '.join(missing)}")
    numbered = sorted(
        (int(name[len(OPTION) :]), value)
        for name, value in environment.items()
        if name.startswith(OPTION) and name[len(OPTION) :].isdigit()
    )
    folders = [environment.get("SPARK_CONF_DIR"), environment.get("HADOOP_CONF_DIR")]
    extra = environment.get("SPARK_CLASSPATH")
    path = list(dict.fromkeys(part for part in (*folders, str(home / "jars" / "*"), extra) if part))
    memory = environment["SPARK_EXECUTOR_MEMORY"]
    arguments = [text for option, name in ARGUMENTS for text in (option, environment[name])]
    java = str(Path(environment.get("JAVA_HOME", "/opt/java")) / "bin" / "java")
    options = [value for _, value in numbered]
    return [java, *options, f"-Xms{memory}", f"-Xmx{memory}", "-cp", ":".join(path), BACKEND, *arguments]


def spark_home() -> Path:
    """Finds the Spark that pip installed."""
    found = find_spec("pyspark")
    if found is None or found.origin is None:
        fail("pyspark is not installed")
    return Path(found.origin).parent


def fail(reason: str) -> NoReturn:
    """Says why nothing is started, in one line."""
    sys.exit(f"spark-executor: {reason}")


def main() -> NoReturn:
    """Becomes the executor."""
    if sys.argv[1:] != ["executor"]:
        fail("it is for Spark, which calls it as `spark-executor executor`")
    home = spark_home()
    os.environ["SPARK_HOME"] = str(home)
    line = ["with-hadoop", *command(os.environ, home)]
    try:
        os.execvp(line[0], line)
    except OSError as error:
        fail(f"{line[0]} can't be run: {error.strerror}")


if __name__ == "__main__":
    main()
