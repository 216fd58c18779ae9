"""`mlkc blame`: what other tools find in the outputs is shown on the lines of the spec."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from command import run
from mlkc.app.blame import Report, blame
from mlkc.app.foreign import ReportError, read
from mlkc.diag.diagnostic import Diagnostic, InOutput, Severity
from mlkc.text.span import Span

BIN = Path(sys.executable).parent
REPORTS = Path(__file__).parent / "reports"
SPEC = """apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs: {nameNode: "hdfs://namenode.example.com:8020"}
images:
  hadoop:
    version: 3.4.1
environments:
  dev: {}
  prod:
    database:
      resources: {requests: {memory: 4Gi}}
    server:
      replicas: 2
      workers: 5
      ingress: {host: mlflow.example.com}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A compiled stack."""
    path = tmp_path_factory.mktemp("stack")
    (path / "specs").mkdir()
    (path / "specs/mlflow.yaml").write_text(SPEC)
    run("compile", "specs/mlflow.yaml", cwd=path)
    return path


def findings(folder: Path, tool: str, report: bytes, environment: str = "prod") -> tuple[Diagnostic, ...]:
    found = blame(folder / "specs/mlflow.yaml", "spec.yaml", folder, Report(tool, report, environment))
    assert not found.problem
    assert {one.code for one in found.diagnostics} <= {"MK690"}
    return found.diagnostics


def line(diagnostic: Diagnostic) -> str:
    """The text of the spec that a diagnostic points at, without what is left of it."""
    place = diagnostic.primary.place
    assert isinstance(place, Span)
    return SPEC.splitlines()[place.start.line - 1].strip()


def hadolint(folder: Path) -> bytes:
    """Runs the real hadolint."""
    done = subprocess.run(
        [BIN / "hadolint", "--no-fail", "--format", "json", "images/server/Dockerfile"],
        cwd=folder,
        capture_output=True,
        check=True,
    )
    return done.stdout


def test_hadolint_on_an_edited_dockerfile(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "images/server/Dockerfile"
    meant = file.read_text().splitlines()
    download = next(i for i, text in enumerate(meant) if "hadoop-3.4.1.tar.gz" in text)
    shell = f"RUN cd /tmp && {meant[download].removeprefix('RUN ')}"
    assert not json.loads(hadolint(tmp_path))
    file.write_text("\n".join([*meant[:download], shell, *meant[download + 1 :], "RUN sudo true"]))
    found = findings(tmp_path, "hadolint", hadolint(tmp_path))
    assert {one.message.split(":")[0] for one in found} == {"hadolint DL3004", "hadolint DL3003"}
    by_rule = {one.message.split(":")[0]: one for one in found}
    sudo = by_rule["hadolint DL3004"]
    assert sudo.severity is Severity.ERROR
    assert sudo.related[0].place == InOutput("images/server/Dockerfile", f"/{len(meant) + 1}")
    assert "somebody edited the file" in sudo.notes[0]
    assert by_rule["hadolint DL3003"].severity is Severity.WARNING


def test_a_line_below_an_edit_is_still_found(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "images/server/Dockerfile"
    meant = file.read_text().splitlines()
    number = 1 + next(i for i, text in enumerate(meant) if "--file hadoop-3.4.1.tar.gz" in text)
    file.write_text("\n".join([*meant[:5], "# one line more", *meant[5:]]))
    row = {"code": "DL1", "column": 1, "file": str(file), "level": "info", "line": number + 1, "message": "m"}
    (found,) = findings(tmp_path, "hadolint", json.dumps([row]).encode())
    assert line(found) == "version: 3.4.1"
    assert found.severity is Severity.NOTE
    assert "`images.hadoop`" in found.notes[0]


def test_kubeconform_on_a_rendered_overlay(folder: Path) -> None:
    (found,) = findings(folder, "kubeconform", (REPORTS / "kubeconform.json").read_bytes())
    assert line(found) == "replicas: 2"
    assert found.severity is Severity.ERROR
    assert found.message == (
        "kubeconform invalid: Deployment mlflow: /spec/replicas got string, want null or integer"
    )


def test_kubeconform_on_several_faults_below_a_field(folder: Path) -> None:
    found = findings(folder, "kubeconform", (REPORTS / "kubeconform-nested.json").read_bytes())
    said = {one.message.removeprefix("kubeconform invalid: "): line(one) for one in found}
    assert said == {
        "Deployment mlflow: /spec/replicas got string, want null or integer": "replicas: 2",
        "Deployment mlflow: /spec/template/spec additional properties 'terminationGraceSeconds' not allowed": (
            "server:"
        ),
        "StatefulSet mlflow-db: /spec/template/spec additional properties 'terminationGraceSeconds' not allowed": (
            "database:"
        ),
    }


def test_kube_linter_on_a_file_and_on_a_rendered_overlay(folder: Path) -> None:
    first, second = findings(folder, "kube-linter", (REPORTS / "kube-linter.json").read_bytes())
    by_rule: dict[str, Diagnostic] = {one.message.split(":")[0]: one for one in (first, second)}
    file, rendered = by_rule["kube-linter sample-check"], by_rule["kube-linter other-sample"]
    assert file.help == "Do what the sample says."
    assert file.related[0].place == InOutput("base/server-service.yaml", "")
    assert rendered.severity is Severity.WARNING
    assert line(rendered) in {"ingress: {host: mlflow.example.com}", "server:"}


def test_kube_linter_as_it_is(folder: Path) -> None:
    found = findings(folder, "kube-linter", (REPORTS / "kube-linter-0.8.3.json").read_bytes())
    said = {" ".join(one.message.split()[1:4]) + " " + quoted(one.message): one for one in found}
    places = {what: line(one) for what, one in said.items()}
    assert places["no-anti-affinity: Deployment mlflow: "] == "replicas: 2"
    assert places["unset-cpu-requirements: StatefulSet mlflow-db: mysql"] == (
        "resources: {requests: {memory: 4Gi}}"
    )
    assert places["no-read-only-root-fs: StatefulSet mlflow-db: mysql"] == "database:"
    notes = {what: one.notes[0] for what, one in said.items()}
    where = "containers[0].securityContext.readOnlyRootFilesystem"
    assert where in notes["no-read-only-root-fs: Deployment mlflow: mlflow"]
    assert f"initC{where[1:]}" in notes["no-read-only-root-fs: Deployment mlflow: upgrade-database"]
    assert "base/client-deployment.yaml" in notes["latest-tag: Deployment mlflow-client: jupyter"]
    assert "containers[0].image" in notes["latest-tag: Deployment mlflow-client: jupyter"]
    assert len(found) == len(said) == 16


def quoted(message: str) -> str:
    """The first word in quotes."""
    return message.split('"')[1] if '"' in message else ""


def test_kubectl_on_what_it_applied(folder: Path) -> None:
    found = findings(folder, "kubectl", (REPORTS / "kubectl.txt").read_bytes())
    said = {one.message: one for one in found}
    below = "must be greater than or equal to 0"
    assert line(said[f"kubectl Invalid: Deployment mlflow: spec.replicas: Invalid value: -3: {below}"]) == (
        "replicas: 2"
    )
    field = 'spec.serviceName: Invalid value: "other": field is immutable'
    assert said[f"kubectl Invalid: StatefulSet mlflow-db: {field}"].severity is Severity.ERROR
    unknown = 'strict decoding error: unknown field "spec.foo"'
    patch = said[f"kubectl Invalid: Deployment mlflow: {unknown}"]
    assert patch.related[0].place == InOutput("base/server-deployment.yaml", "")
    memory = said[
        "kubectl Invalid: StatefulSet mlflow-db: spec.template.spec.containers[0].resources.requests: "
        'Invalid value: "9Gi": must be less than or equal to memory limit of 4Gi'
    ]
    assert line(memory) == "resources: {requests: {memory: 4Gi}}"
    quota = said["kubectl Forbidden: ingresses mlflow: exceeded quota"]
    assert quota.related[0].place == InOutput("overlays/prod/server-ingress.yaml", "")
    unplaced = next(one for one in found if one.severity is Severity.WARNING)
    assert line(unplaced) == "kind: MLflowStack"
    assert len(found) == len(said) == 10


@pytest.mark.parametrize(
    ("message", "faults"),
    [
        ("spec.a: Required value", ["spec.a"]),
        ("[spec.a: Required value, spec.b[0].c: Invalid value: 1: no, really]", ["spec.a", "spec.b[0].c"]),
        ("something else", [""]),
    ],
)
def test_kubectl_names_several_faults_of_an_object_in_one_line(message: str, faults: list[str]) -> None:
    said = f'Deployment.apps "mlflow" is invalid: {message}'
    found = read("kubectl", f'Error from server (Invalid): error when creating "x": {said}'.encode())
    assert [one.field for one in found] == faults
    assert {(one.kind, one.name, one.rule, one.file) for one in found} == {
        ("Deployment", "mlflow", "Invalid", "x")
    }


def test_what_goes_well_is_no_finding() -> None:
    assert read("kubectl", b"namespace/mlflow created\ndeployment.apps/mlflow unchanged\n") == ()
    assert read("kube-linter", b'{"Reports": null}') == ()
    assert read("kubeconform", b'{"resources": [{"filename": "a", "status": "statusValid"}]}') == ()


def test_control_characters_of_a_report_do_not_reach_the_terminal(folder: Path) -> None:
    row: dict[str, Any] = {
        "code": "DL1",
        "file": "x",
        "level": "style",
        "line": 1,
        "message": "a\x1b[31mb\nc",
    }
    (found,) = findings(folder, "hadolint", json.dumps([row]).encode())
    assert found.message == "hadolint DL1: a [31mb c"


@pytest.mark.parametrize("report", [b"", b"no JSON", b"{}", b'[{"code": 1}]'])
def test_another_report_is_refused(report: bytes) -> None:
    with pytest.raises(ReportError, match="not the JSON that hadolint writes"):
        read("hadolint", report)


def test_the_command_takes_a_pipe_and_reports_in_every_form(folder: Path) -> None:
    report = (REPORTS / "kubeconform.json").read_bytes()
    command = ("blame", "--tool", "kubeconform", "--overlay", "overlays/prod")
    text = run(*command, cwd=folder, stdin=report)
    assert text.returncode == 1
    assert "specs/mlflow.yaml:13" in text.stderr
    sarif = json.loads(run(*command, "--format", "sarif", cwd=folder, stdin=report).stdout)
    (result,) = sarif["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "specs/mlflow.yaml"
    assert (
        "file=specs/mlflow.yaml,line=13"
        in run(*command, "--format", "github", cwd=folder, stdin=report).stdout
    )
    assert json.loads(run(*command, "--format", "json", cwd=folder, stdin=report).stdout)


def test_the_command_refuses_what_it_cannot_read(folder: Path) -> None:
    assert run("blame", "--tool", "hadolint", cwd=folder, stdin=b"?").returncode == 2
    done = run("blame", "--tool", "hadolint", "--overlay", "nowhere", cwd=folder, stdin=b"[]")
    assert done.returncode == 2
    assert "it has dev, prod" in done.stderr


def test_warnings_are_errors_when_strict(folder: Path) -> None:
    report = (REPORTS / "kube-linter.json").read_bytes()
    assert run("blame", "--tool", "kube-linter", cwd=folder, stdin=report).returncode == 0
    assert run("blame", "--tool", "kube-linter", "--strict", cwd=folder, stdin=report).returncode == 1


@pytest.mark.parametrize(
    ("entry", "left"),
    [
        ("{code: MK690, reason: not ours to mend}", []),
        (
            "{code: MK690, finding: kube-linter sample-check, reason: not ours to mend}",
            ["kube-linter other-sample"],
        ),
        ("{code: MK690, finding: hadolint DL3008, reason: not ours to mend}", ["kube-linter", "kube-linter"]),
    ],
)
def test_the_spec_accepts_what_a_tool_finds(tmp_path: Path, entry: str, left: list[str]) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/mlflow.yaml").write_text(f"{SPEC}accept:\n  - {entry}\n")
    assert "MK390" not in run("compile", "specs/mlflow.yaml", cwd=tmp_path).stderr
    found = findings(tmp_path, "kube-linter", (REPORTS / "kube-linter.json").read_bytes())
    assert len(found) == len(left)
    assert all(one.message.startswith(rule) for one, rule in zip(found, left, strict=True))


def test_the_spec_cannot_accept_an_error_of_a_tool(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    spec = f"{SPEC}accept:\n  - {{code: MK690, reason: not ours to mend}}\n"
    (tmp_path / "specs/mlflow.yaml").write_text(spec)
    row = {
        "code": "DL1",
        "column": 1,
        "file": "images/server/Dockerfile",
        "level": "error",
        "line": 3,
        "message": "m",
    }
    (found,) = findings(tmp_path, "hadolint", json.dumps([row]).encode())
    assert found.severity is Severity.ERROR
