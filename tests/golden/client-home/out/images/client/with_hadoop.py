#!/usr/bin/env python3
"""Runs a command with the class path that libhdfs needs: with-hadoop COMMAND [ARGUMENT...].

pyarrow starts a Java machine inside its own process and takes the class path from the environment. Nothing else
sets it, and without it the first access to HDFS fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn


def class_path(home: str, configuration: str) -> str:
    """Asks the Hadoop client for its class path; the folder with the cluster's configuration stands first."""
    command = [str(Path(home) / "bin" / "hadoop"), "classpath", "--glob"]
    try:
        answer = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    except OSError as error:
        fail(f"{command[0]} can't be run: {error.strerror}")
    if answer.returncode != 0:
        last = answer.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["it gave no reason"]
        fail(f"`{' '.join(command)}` failed with {answer.returncode}: {last[0]}")
    jars = [entry for entry in answer.stdout.decode().strip().split(":") if entry != configuration]
    return ":".join([configuration, *jars])


def fail(reason: str) -> NoReturn:
    """Says why nothing is run, in one line."""
    sys.exit(f"with-hadoop: {reason}")


def main() -> NoReturn:
    """Becomes the command."""
    if len(sys.argv) < 2:
        fail("name the command to run")
    home = os.environ.get("HADOOP_HOME")
    if home:
        configuration = os.environ.get("HADOOP_CONF_DIR") or str(Path(home) / "etc" / "hadoop")
        os.environ["CLASSPATH"] = class_path(home, configuration)
    try:
        os.execvp(sys.argv[1], sys.argv[1:])
    except OSError as error:
        fail(f"{sys.argv[1]} can't be run: {error.strerror}")


if __name__ == "__main__":
    main()
