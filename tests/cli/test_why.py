"""`mlkc why`: every line of every output has an answer, and the answer is the right line of the spec."""

from __future__ import annotations

import json
from pathlib import Path
from subprocess import CompletedProcess

import pytest

import command
from mlkc.app.explain import Cause
from mlkc.app.field import find
from mlkc.app.why import Answer, compiled, explain_file

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = sorted(path.parent for path in GOLDEN.glob("*/spec.yaml"))
SPEC = """apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs: {nameNode: "hdfs://namenode.example.com:8020"}
server: {replicas: 2}
patches:
  - target: {kind: Service, name: mlflow}
    merge:
      metadata:
        annotations: {team: ml}
environments:
  dev: {}
  prod:
    server: {workers: 8, replicas: 3, ingress: {host: mlflow.example.com}}
"""


def run(*arguments: str, cwd: Path) -> CompletedProcess[str]:
    return command.run("why", *arguments, cwd=cwd)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/stack.yaml").write_text(SPEC)
    return tmp_path


def ask(folder: Path, *question: str) -> dict[str, object]:
    done = run(*question, "--format", "json", cwd=folder)
    assert done.returncode == 0, done.stderr
    (answer,) = json.loads(done.stdout)["answers"]
    return {**answer, "at": (answer["spec"]["line"], answer["spec"]["column"])}


def line_of(folder: Path, path: str, part: str) -> str:
    done = run(path, "--format", "json", cwd=folder)
    return next(f"{path}:{a['line']}" for a in json.loads(done.stdout)["answers"] if part in a["text"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_line_of_every_output_has_an_answer(case: Path) -> None:
    _, found = compiled(case / "spec.yaml", "spec.yaml")
    assert found is not None
    spec = (case / "spec.yaml").read_text().split("\n")
    seen = 0
    for artifact in found.output.artifacts:
        answers = explain_file(found, artifact)
        committed = (case / "out" / artifact.path).read_text().removesuffix("\n").split("\n")
        assert [answer.text for answer in answers] == committed
        for answer in answers:
            check(answer, spec)
        seen += len(answers)
    assert seen > 500


def check(answer: Answer, spec: list[str]) -> None:
    reason = answer.reason
    where = f"{answer.path}:{answer.line} {answer.text}"
    assert 1 <= reason.place.start.line <= len(spec), where
    assert reason.place.start.column <= len(spec[reason.place.start.line - 1]) + 1, where
    if reason.cause in (Cause.SPEC, Cause.OVERRIDE, Cause.PATCH):
        assert reason.written or any(reason.setting), where
        assert reason.setting, where
    else:
        assert reason.rule, where


def test_most_lines_with_a_value_of_the_spec_name_their_setting() -> None:
    """A count per cause, so that a mark that is lost in an emitter shows."""
    _, found = compiled(GOLDEN / "full-stack/spec.yaml", "spec.yaml")
    assert found is not None
    answers = [answer for artifact in found.output.artifacts for answer in explain_file(found, artifact)]
    programs = [answer for answer in answers if not answer.path.endswith((".py", ".txt"))]
    assert sum(answer.reason.cause is not Cause.FIXED for answer in programs) > len(programs) / 3


def test_an_override_is_found_through_its_patch(folder: Path) -> None:
    at = line_of(folder, "overlays/prod/patches/server-deployment.yaml", "value: '8'")
    answer = ask(folder, at)
    assert (answer["cause"], answer["setting"]) == ("override", "environments.prod.server.workers")
    assert answer["at"] == (13, 23)


def test_a_users_patch_is_its_own_line(folder: Path) -> None:
    answer = ask(folder, line_of(folder, "base/patches/01-service-mlflow.yaml", "team: ml"))
    assert (answer["cause"], answer["at"]) == ("patch", (9, 29))


def test_the_header_is_answered_for_the_file(folder: Path) -> None:
    done = run("overlays/prod/kustomization.yaml:1", cwd=folder)
    assert "the file as a whole" in done.stdout
    assert "specs/stack.yaml:12:3" in done.stdout


def test_a_line_of_a_dockerfile(folder: Path) -> None:
    answer = ask(folder, line_of(folder, "images/server/Dockerfile", "EXPOSE"))
    assert (answer["cause"], answer["setting"]) == ("default", "server.port")


def test_a_rendered_field_is_found_through_kustomize(folder: Path) -> None:
    answer = ask(folder, "overlays/prod", "Deployment/mlflow", "spec.replicas")
    assert (answer["value"], answer["at"]) == ("3", (13, 36))
    assert [setter["file"] for setter in answer["setBy"]] == [
        "base/server-deployment.yaml",
        "overlays/prod/kustomization.yaml",
    ]
    in_dev = ask(folder, "dev", "deployment/mlflow", "spec.replicas")
    assert (in_dev["value"], in_dev["at"]) == ("2", (4, 20))
    assert [setter["file"] for setter in in_dev["setBy"]] == ["base/server-deployment.yaml"]


def test_a_rendered_field_that_a_patch_made(folder: Path) -> None:
    answer = ask(folder, "overlays/dev", "Service/mlflow", "metadata.annotations.team")
    assert (answer["value"], answer["cause"], answer["at"]) == ("ml", "patch", (9, 29))
    assert answer["setBy"][-1]["file"] == "base/patches/01-service-mlflow.yaml"


def test_an_entry_by_its_name(folder: Path) -> None:
    field = "spec.template.spec.containers[mlflow].env[MLFLOW_WORKERS].value"
    answer = ask(folder, "overlays/prod", "Deployment/mlflow", field)
    assert (answer["value"], answer["at"]) == ("8", (13, 23))


def test_a_generated_config_map_and_a_secret(folder: Path) -> None:
    config = ask(folder, "overlays/prod", "ConfigMap/mlflow-hadoop", "data.core-site.xml")
    assert (config["setting"], config["at"][0]) == ("hdfs.nameNode", 3)
    secret = ask(folder, "overlays/prod", "Secret/db-secrets", "data")
    assert set(secret["value"]) == {"•"}


def test_what_is_not_there_is_wrong_use(folder: Path) -> None:
    for question in (
        ["base/kustomisation.yaml"],
        ["base/namespace.yaml:99"],
        ["overlays/test", "Service/mlflow"],
        ["overlays/prod", "Service/mlfow"],
        ["overlays/prod", "Service/mlflow", "spec.nothing"],
    ):
        done = run(*question, cwd=folder)
        assert (done.returncode, done.stdout) == (2, "")
    assert "did you mean base/kustomization.yaml?" in run("base/kustomisation.yaml", cwd=folder).stderr


@pytest.mark.parametrize(
    ("written", "pointer"),
    [
        ("a.b", ("a", "b")),
        ("a.x.y/z", ("a", "x.y/z")),
        ("l.0.v", ("l", 0, "v")),
        ("l[1]", ("l", 1)),
        ("l[two].v", ("l", 1, "v")),
        ('a["x.y/z"]', ("a", "x.y/z")),
        ("/a/x.y~1z", ("a", "x.y/z")),
        ("", ()),
        ("a.c", None),
        ("l.7", None),
    ],
)
def test_a_typed_path(written: str, pointer: tuple[str | int, ...] | None) -> None:
    body = {"a": {"b": 1, "x.y/z": 2}, "l": [{"name": "one", "v": 1}, {"name": "two", "v": 2}]}
    assert find(body, written) == pointer
