"""Running the real Kustomize: what it sees, what it leaves behind, and how it is found."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest
from tampering import Stack

from mlkc.check.kustomize import workplace as module
from mlkc.check.kustomize.kubectl import find_kubectl
from mlkc.check.kustomize.rendering import PLACEHOLDER, KubectlMissingError, start_rendering


@pytest.fixture
def kubectl() -> str:
    found = find_kubectl()
    assert found
    return found


@pytest.fixture
def scratch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The temporary folders of a test go here."""
    monkeypatch.setattr(module, "_MEMORY", "/nowhere")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_every_overlay_is_rendered_and_nothing_is_left(good: Stack, kubectl: str, scratch: Path) -> None:
    with start_rendering(good.output, ["dev", "prod"], kubectl) as rendering:
        results = list(rendering.results())
        assert list(scratch.iterdir())
    assert [(result.environment, result.failed, result.stderr) for result in results] == [
        ("dev", False, ""),
        ("prod", False, ""),
    ]
    assert list(scratch.iterdir()) == []


def test_a_secret_is_a_placeholder_there(good: Stack, kubectl: str) -> None:
    import base64  # noqa: PLC0415

    with start_rendering(good.output, ["dev"], kubectl) as rendering:
        (result,) = rendering.results()
    assert f"MYSQL_PASSWORD: {base64.b64encode(PLACEHOLDER.encode()).decode()}" in result.text


def test_the_folder_goes_when_the_caller_raises(good: Stack, kubectl: str, scratch: Path) -> None:
    def fail() -> None:
        with start_rendering(good.output, ["dev"], kubectl):
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert list(scratch.iterdir()) == []


def test_the_folder_goes_when_kubectl_cannot_be_started(good: Stack, scratch: Path) -> None:
    with pytest.raises(KubectlMissingError):
        start_rendering(good.output, ["dev"], str(scratch / "nothing"))
    assert list(scratch.iterdir()) == []


def test_a_rendering_that_hangs_is_ended(
    good: Stack, monkeypatch: pytest.MonkeyPatch, scratch: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setattr(module, "_SECONDS", 0.05)
    slow = tmp_path_factory.mktemp("bin") / "kubectl"
    slow.write_text("#!/bin/sh\nexec tail -f /dev/null\n")
    slow.chmod(0o755)
    with start_rendering(good.output, ["dev"], str(slow)) as rendering:
        (result,) = rendering.results()
    assert result.failed
    assert "no result after" in result.stderr
    assert list(scratch.iterdir()) == []


def test_messages_do_not_name_the_temporary_folder(good: Stack, kubectl: str) -> None:
    files = {"base/server-service.yaml": b"kind: Service\n"}
    with start_rendering(good.output, ["dev"], kubectl, files) as rendering:
        (result,) = rendering.results()
    assert result.failed
    assert "mlkc-" not in result.stderr


def test_a_kubectl_that_is_named_wins_and_nothing_replaces_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLKC_KUBECTL", "/bin/true" if Path("/bin/true").exists() else "/usr/bin/true")
    assert (find_kubectl() or "").endswith("/true")
    monkeypatch.setenv("MLKC_KUBECTL", "/nowhere/kubectl")
    assert find_kubectl() is None


def test_a_kubectl_beside_python_comes_before_the_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("MLKC_KUBECTL", raising=False)
    for folder in ("beside", "path"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "kubectl").write_text("#!/bin/sh\n")
        (tmp_path / folder / "kubectl").chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "beside" / "python"))
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    assert find_kubectl() == str(tmp_path / "beside" / "kubectl")
    (tmp_path / "beside" / "kubectl").unlink()
    monkeypatch.setattr("mlkc.check.kustomize.kubectl._packaged", lambda: None)
    assert find_kubectl() == str(tmp_path / "path" / "kubectl")


def test_what_was_rendered_is_handed_back_and_what_is_given_is_used(good: Stack, kubectl: str) -> None:
    contents = {"base/hadoop/log4j.properties": b"given\n"}
    with start_rendering(good.output, ["dev"], kubectl, contents) as rendering:
        (result,) = rendering.results()
    assert "log4j.properties: |\n    given\n" in result.text
    there = {
        artifact.path
        for artifact in good.output.artifacts
        if artifact.path.startswith(("base/", "overlays/dev/"))
    }
    assert contents.keys() == there
