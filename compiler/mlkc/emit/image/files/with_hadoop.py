#!/usr/bin/env python3
"""Runs a command with the class path that libhdfs needs: with-hadoop COMMAND [ARGUMENT...].

pyarrow starts a Java machine inside its own process and takes the class path from the environment. Nothing else
sets it, and without it the first access to HDFS fails.
"""

import os
import subprocess
import sys


def class_path(environment):
    """Asks the Hadoop client for its class path; the folder with the cluster's configuration stands first."""
    home = environment["HADOOP_HOME"]
    command = [os.path.join(home, "bin", "hadoop"), "classpath", "--glob"]
    try:
        answer = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    except OSError as error:
        sys.exit("with-hadoop: %s can't be run: %s" % (command[0], error.strerror))
    if answer.returncode != 0:
        last = answer.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no message"]
        sys.exit("with-hadoop: `%s` failed (%d): %s" % (" ".join(command), answer.returncode, last[0]))
    folder = environment.get("HADOOP_CONF_DIR") or os.path.join(home, "etc", "hadoop")
    found = answer.stdout.decode().strip().split(":")
    return ":".join([folder] + [entry for entry in found if entry.rstrip("/") != folder.rstrip("/")])


def main():
    if len(sys.argv) < 2:
        sys.exit("with-hadoop: say which command to run")
    environment = dict(os.environ)
    if environment.get("HADOOP_HOME"):
        environment["CLASSPATH"] = class_path(environment)
    try:
        os.execvpe(sys.argv[1], sys.argv[1:], environment)
    except OSError as error:
        sys.exit("with-hadoop: %s can't be run: %s" % (sys.argv[1], error.strerror))


if __name__ == "__main__":
    main()
