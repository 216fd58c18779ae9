"""`mlkc diff --against cluster`, on recorded answers of a kubectl: what it says, asks, and never does.

The program in kubectl's place answers from files and keeps what it was asked; only `kustomize` goes to the real one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
import yaml

from command import run
from mlkc.check.kustomize.kubectl import find_kubectl

SPEC = """apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs: {nameNode: "hdfs://namenode.example.com:8020"}
database: {storage: {size: 20Gi}}
client: {enabled: false}
server: {workers: 2}
environments:
  dev: {}
  prod: {}
"""
FAKE = """#!{python}
import os, sys
from pathlib import Path
here, asked = Path(__file__).parent, sys.argv[1:]
if asked[0] == "kustomize":
    os.execv("{real}", ["{real}", *asked])
known = {{"config": "contexts", "api-resources": "resources"}}
answer = known.get(asked[0]) or ("named" if "-f" in asked else "labelled")
stdin = sys.stdin.read()
with (here / "asked").open("a") as file:
    file.write(repr((asked, stdin)) + chr(10))
for name, stream in (("out", sys.stdout), ("err", sys.stderr)):
    path = here / (answer + "." + name)
    stream.write(path.read_text() if path.exists() else "")
sys.exit((here / (answer + ".err")).exists())
"""
RESOURCES = "configmaps\nsecrets\nservices\npods\ndeployments.apps\npersistentvolumeclaims\n"
LOG = 'E1124 12:02:05.508660   24189 memcache.go:381] "Couldn\'t get current server API group list"\n'
FORBIDDEN = (
    'Error from server (Forbidden): {} is forbidden: User "system:serviceaccount:mlflow:viewer" cannot get '
    'resource "x" in API group "" in the namespace "mlflow"\n'
)


class Stage:
    """A compiled stack, and a kubectl that answers for a cluster that has it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fake = folder / "fake"
        self.fake.mkdir()
        program = self.fake / "kubectl"
        program.write_text(FAKE.format(python=sys.executable, real=find_kubectl()))
        program.chmod(0o755)
        self.spec(SPEC)
        self.run("compile", "spec.yaml")
        self.answer("contexts", "prod\nstaging\n")
        self.answer("resources", RESOURCES)
        self.answer("labelled", json.dumps({"kind": "List", "items": []}))
        self.objects = self.rendered()
        self.has(self.objects)

    def spec(self, text: str) -> None:
        (self.folder / "spec.yaml").write_text(text)

    def answer(self, name: str, out: str, err: str = "") -> None:
        (self.fake / f"{name}.out").write_text(out)
        if err:
            (self.fake / f"{name}.err").write_text(err)

    def has(self, objects: list[Any], err: str = "") -> None:
        self.answer("named", json.dumps({"kind": "List", "items": objects}), err)

    def rendered(self) -> list[Any]:
        overlay = self.folder / "overlays" / "prod"
        done = subprocess.run([str(find_kubectl()), "kustomize", overlay], capture_output=True, check=True)
        found = list(yaml.safe_load_all(done.stdout))
        for body in found:
            note = json.dumps(body)
            body["metadata"]["annotations"] = {"kubectl.kubernetes.io/last-applied-configuration": note}
            body["metadata"]["resourceVersion"] = "1"
            body["status"] = {"phase": "Active"}
        return found

    def object(self, kind: str) -> Any:
        return next(body for body in self.objects if body["kind"] == kind)

    def run(self, *arguments: str) -> CompletedProcess[str]:
        return run(*arguments, cwd=self.folder, MLKC_KUBECTL=str(self.fake / "kubectl"))

    def diff(self, *arguments: str) -> CompletedProcess[str]:
        return self.run("diff", "spec.yaml", "--against", "cluster", *arguments)

    def changes(self) -> list[dict[str, Any]]:
        done = self.diff("--context", "prod=prod", "--format", "json")
        assert done.returncode == 0, done.stderr
        found: list[dict[str, Any]] = json.loads(done.stdout)["changes"]
        return found


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def test_a_cluster_that_has_the_stack_shows_nothing(stage: Stage) -> None:
    done = stage.diff("--context", "prod=prod")
    assert (done.returncode, done.stdout, done.stderr) == (0, "nothing changes\n", "")


def test_nothing_is_asked_but_to_read_and_no_secret_is_given_away(stage: Stage) -> None:
    stage.diff("--context", "prod=prod")
    asked = [eval(line) for line in (stage.fake / "asked").read_text().splitlines()]  # noqa: S307  our own repr
    assert {arguments[0] for arguments, _ in asked} == {"config", "api-resources", "get"}
    assert all("--context=prod" in arguments for arguments, _ in asked if arguments[0] != "config")
    assert not any('"data"' in stdin or '"spec"' in stdin for _, stdin in asked)


def test_a_change_is_told_as_for_a_folder(stage: Stage) -> None:
    stage.spec(SPEC.replace("workers: 2", "workers: 3").replace("20Gi", "10Gi"))
    found = {change["term"]: change for change in stage.changes()}
    assert found["volume size"]["effect"] == "refused"
    workers = found["variable MLFLOW_WORKERS"]
    assert (workers["environments"], workers["old"], workers["new"]) == (["prod"], "2", "3")
    assert (workers["effect"], workers["because"]["line"]) == ("restart", 6)


def test_what_a_person_changed_in_the_cluster_is_a_change(stage: Stage) -> None:
    stage.object("Deployment")["spec"]["replicas"] = 7
    stage.object("Service")["metadata"]["labels"]["mine"] = "a"
    stage.has(stage.objects)
    (change,) = stage.changes()
    assert (change["term"], change["old"], change["new"]) == ("replicas", "7", "1")


@pytest.mark.parametrize("form", ["text", "markdown", "json", "html"])
def test_another_password_is_data_at_risk_and_never_shown(stage: Stage, form: str) -> None:
    secrets = stage.folder / "overlays/prod/secrets.env"
    before = secrets.read_text()
    secrets.write_text("MYSQL_ROOT_PASSWORD=hunter2\n" + before.split("\n", 1)[1])
    done = stage.diff("--context", "prod=prod", "--format", form, "--fail-on", "data")
    assert done.returncode == 1
    assert "MYSQL_ROOT_PASSWORD" in done.stdout.replace("\\_", "_")
    assert "keeps the password" in done.stdout
    assert "MYSQL_PASSWORD" not in done.stdout.replace("\\_", "_")
    assert not any(value in done.stdout for value in ("hunter2", before.split("=")[1].split("\n")[0]))


def test_a_password_that_is_not_here_is_not_compared(stage: Stage) -> None:
    (stage.folder / "overlays/prod/secrets.env").unlink()
    done = stage.diff("--context", "prod=prod")
    assert (done.returncode, done.stdout) == (0, "nothing changes\n")
    assert "warning[MK763]: the passwords of prod are not compared" in done.stderr


def test_what_the_spec_no_longer_makes_is_told_and_what_a_controller_made_is_not(stage: Stage) -> None:
    claim = {**stage.object("PersistentVolumeClaim"), "metadata": {"name": "old", "labels": {}}}
    owned = {"name": "made", "ownerReferences": [{"kind": "CronJob"}]}
    made = {"kind": "Job", "metadata": owned}
    stage.answer("labelled", json.dumps({"kind": "List", "items": [*stage.objects, claim, made]}))
    (change,) = stage.changes()
    assert (change["name"], change["action"], change["effect"]) == ("old", "removed", "data")


def test_of_the_copies_of_a_config_map_that_counts_which_the_pods_use(stage: Stage) -> None:
    used = stage.object("ConfigMap")
    used["data"]["core-site.xml"] = "<name>a</name><value>b</value></property>"
    newer = json.loads(json.dumps(used).replace(used["metadata"]["name"], "mlflow-hadoop-2222222222"))
    newer["metadata"]["creationTimestamp"] = "2999-01-01T00:00:00Z"
    newer["data"]["core-site.xml"] = "newer"
    stage.has(stage.objects)
    stage.answer("labelled", json.dumps({"kind": "List", "items": [newer]}))
    (change,) = stage.changes()
    assert (change["term"], change["old"]) == ("file core-site.xml", "a=b")
    assert change["effect"] == "restart"


def test_a_namespace_that_is_not_there(stage: Stage) -> None:
    stage.has([])
    done = stage.diff("--context", "prod=prod")
    assert done.returncode == 0
    assert "warning[MK764]: the cluster of prod has no namespace mlflow" in done.stderr
    assert "StatefulSet mlflow-db added" in done.stdout


def test_an_object_that_may_not_be_read_is_not_compared(stage: Stage) -> None:
    rest = [body for body in stage.objects if body["kind"] != "Secret"]
    stage.has(rest, FORBIDDEN.format('secrets "db-secrets"'))
    done = stage.diff("--context", "prod=prod")
    assert (done.returncode, done.stdout) == (0, "nothing changes\n")
    assert "warning[MK763]" in done.stderr
    assert "not compared: Secret db-secrets" in done.stderr


@pytest.mark.parametrize(
    ("answer", "err", "code", "said"),
    [
        ("contexts", 'error: error loading config file "k": yaml: line 1\n', "MK760", "error loading"),
        (
            "named",
            'unable to recognize "STDIN": Get "https://192.0.2.1/api": dial tcp: connect: connection refused\n',
            "MK761",
            "the cluster of prod (context prod) does not answer: Get",
        ),
        (
            "named",
            "Unable to connect to the server: tls: failed to verify certificate: x509: unknown authority\n",
            "MK761",
            "x509",
        ),
        ("named", "error: You must be logged in to the server (Unauthorized)\n", "MK762", "gives no access"),
        (
            "named",
            "Unable to connect to the server: getting credentials: exec: executable aws not found\n",
            "MK762",
            "executable aws not found",
        ),
        ("named", FORBIDDEN.format('services "mlflow"'), "MK762", "nothing in the namespace mlflow may be"),
    ],
)
def test_a_cluster_that_gives_no_answer(stage: Stage, answer: str, err: str, code: str, said: str) -> None:
    stage.answer(answer, "", LOG + err)
    done = stage.diff("--context", "prod=prod")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"error[{code}]" in done.stderr
    assert said in done.stderr
    assert "help:" in done.stderr
    assert "memcache" not in done.stderr


def test_an_answer_that_broke_off_is_none(stage: Stage) -> None:
    said = "error: unexpected error when reading response body. Please retry. Original error: timeout\n"
    stage.has(stage.objects[:3], said)
    done = stage.diff("--context", "prod=prod")
    assert (done.returncode, done.stdout) == (1, "")
    assert "error[MK761]" in done.stderr


def test_a_kind_that_the_cluster_does_not_serve_leaves_the_others(stage: Stage) -> None:
    gone = 'resource mapping not found for name: "a": no matches for kind "{}" in version "{}"\n'
    every = "".join(gone.format(body["kind"], body["apiVersion"]) for body in stage.objects)
    stage.answer("named", "", every)
    done = stage.diff("--context", "prod=prod")
    assert done.returncode == 0
    assert "warning[MK765]: the cluster of prod does not serve" in done.stderr


def test_every_environment_needs_a_context(stage: Stage) -> None:
    done = stage.diff()
    assert done.returncode == 1
    assert done.stderr.count("MK760") == 1
    assert "--context dev=CONTEXT" in done.stderr


def test_a_context_goes_with_a_cluster_only(stage: Stage) -> None:
    assert stage.run("diff", "spec.yaml", "--context", "prod").returncode == 2


def test_without_a_kubectl_there_is_a_diagnostic(stage: Stage) -> None:
    (stage.fake / "kubectl").unlink()
    done = stage.diff("--context", "prod=prod")
    assert done.returncode == 3
    assert "MK901" in done.stderr
    assert "Traceback" not in done.stderr
