"""Artifacts on a real HDFS, found by the rendered host aliases and configuration alone."""

from __future__ import annotations

import http.client
import json
from contextlib import closing

import pytest

from .conftest import Site
from .kubelet import Kubelet
from .stack import last_line

WRITE = """
import json, mlflow
mlflow.set_experiment("on-hdfs")
with mlflow.start_run() as run:
    mlflow.log_text("from the client", "notes/note.txt")
print(json.dumps([run.info.run_id, run.info.artifact_uri]))
"""
OWNER = """
import subprocess, sys
subprocess.run(["java", "org.apache.hadoop.fs.FsShell", "-ls", "-R", "/mlflow/mlruns"], check=True)
"""


@pytest.fixture(scope="module")
def run(site: Site) -> str:
    """A run whose artifact a client wrote."""
    run_id, uri = json.loads(last_line(site.stack.client(site.dev, site.client_image, WRITE)))
    assert uri.startswith("hdfs://ab-node1.senses:8020/mlflow/mlruns/")
    return str(run_id)


def test_the_server_shows_what_the_client_wrote(site: Site, run: str) -> None:
    for replica in site.replicas:
        replica.kubelet.wait_until_started()
        assert (
            _get(replica.kubelet, f"/get-artifact?path=notes/note.txt&run_uuid={run}") == b"from the client"
        )


def test_files_belong_to_the_user_of_the_spec(site: Site, run: str) -> None:
    listed = site.stack.client(site.dev, site.client_image, OWNER)
    (line,) = (each for each in listed.splitlines() if each.endswith(f"{run}/artifacts/notes/note.txt"))
    assert line.split()[2] == "hdfs"


def test_without_its_host_aliases_a_client_does_not_find_the_node(site: Site) -> None:
    with pytest.raises(AssertionError, match=r"UnknownHostException: ab-node1\.senses"):
        site.stack.client(site.dev, site.client_image, WRITE, aliases=False)


def _get(kubelet: Kubelet, path: str) -> bytes:
    def get() -> bytes:
        with closing(http.client.HTTPConnection(kubelet.pod.host.address, 5000, timeout=60)) as connection:
            connection.request("GET", path, headers={"Host": "mlflow.example.com"})
            answer = connection.getresponse()
            text = answer.read()
            assert answer.status == 200, text
            return text

    return kubelet.network.node.run(get)
