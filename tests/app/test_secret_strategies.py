"""Local secret files by strategy: who makes them, and when a compile must leave them alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlkc.app.compile import compile_spec

_SPEC = """\
apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs: {{nameNode: hdfs://namenode.example.com:8020}}
secrets: {{strategy: {}}}
environments: {{prod: {{}}}}
"""


def compiled(folder: Path, strategy: str) -> Path:
    spec = folder / "spec.yaml"
    spec.write_text(_SPEC.format(strategy))
    assert not compile_spec(spec, "spec.yaml", folder).failed
    return folder / "overlays/prod"


@pytest.mark.parametrize("strategy", ["file", "sops"])
def test_a_local_strategy_makes_the_file_once(tmp_path: Path, strategy: str) -> None:
    overlay = compiled(tmp_path, strategy)
    before = (overlay / "secrets.env").read_text()
    assert "MYSQL_PASSWORD=" in before
    compiled(tmp_path, strategy)
    assert (overlay / "secrets.env").read_text() == before


def test_an_encrypted_file_is_decrypted_not_replaced(tmp_path: Path) -> None:
    overlay = compiled(tmp_path, "sops")
    (overlay / "secrets.sops.env").write_text("MYSQL_PASSWORD=ENC[...]\n")
    (overlay / "secrets.env").unlink()
    (overlay / "client-secrets.env").unlink()
    compiled(tmp_path, "sops")
    assert not (overlay / "secrets.env").exists()
    assert (overlay / "client-secrets.env").exists()
    assert (overlay / "secrets.sops.env").read_text() == "MYSQL_PASSWORD=ENC[...]\n"


def test_existing_secrets_leave_no_trace(tmp_path: Path) -> None:
    overlay = compiled(tmp_path, "existing")
    assert [path.name for path in overlay.iterdir()] == ["kustomization.yaml"]
    assert "secretGenerator" not in (overlay / "kustomization.yaml").read_text()
