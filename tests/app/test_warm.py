"""A watch against fresh compiles: whatever is saved, the tree is the one that a fresh compile of that spec gives."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlkc.app.compile import compile_spec
from mlkc.app.warm import Again, Warm
from mlkc.check.kustomize import workplace

HEAD = """apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
"""
SPEC = f"""{HEAD}hdfs: {{nameNode: "hdfs://namenode.example.com:8020"}}
environments:
  dev:
  prod:
    server: {{workers: 5}}
"""
NO_OP_FAILS = """    patches:
      - target: {kind: Deployment, name: mlflow}
        json: [{op: remove, path: /spec/nothing}]
"""
PATCHED = """    patches:
      - target: {kind: Deployment, name: mlflow}
        merge: {spec: {minReadySeconds: 7}}
"""
# What is saved, and a part of the message where it is wrong.
SAVES = (
    (SPEC.replace("5", "6"), ""),
    (SPEC.replace("5", "6").replace("  dev:\n", "  dev: {server: {replicas: 2}}\n"), ""),
    (SPEC.replace("workers", "wrokers"), "wrokers"),
    (SPEC.replace("{workers: 5}", "{workers: ["), "MK"),
    (SPEC + NO_OP_FAILS, "MK501"),
    (SPEC + PATCHED, ""),
    (SPEC + NO_OP_FAILS, "MK501"),
    (SPEC + PATCHED, ""),
    (SPEC.replace("  dev:\n", ""), ""),
    (SPEC.replace("  dev:\n", "  test:\n  later: {namespace: other}\n"), ""),
    (SPEC.replace("namenode.", "othernode."), ""),
    (f"{HEAD}database: {{engine: postgres}}\nartifacts: {{volume: {{size: 20Gi}}}}\nenvironments: {{dev: }}\n", "MK"),
    (SPEC, ""),
    (SPEC + "# nothing new\n", ""),
)  # fmt: skip


class Watched:
    """A warm compiler with its spec and its tree."""

    def __init__(self, folder: Path) -> None:
        self.spec, self.out = folder / "spec.yaml", folder / "out"
        self.warm = Warm(self.spec, "spec.yaml", self.out, force=False, strict=False)

    def save(self, text: str) -> Again:
        self.spec.write_text(text)
        again = self.warm.compile()
        self.warm.rest()
        return again


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    one = Watched(tmp_path)
    with one.warm:
        yield one


def tree(folder: Path) -> dict[str, bytes]:
    """The files of a tree but for the secrets, which are random."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith("secrets.env")
    }


def fresh(text: str, folder: Path) -> dict[str, bytes]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "spec.yaml").write_text(text)
    assert not compile_spec(folder / "spec.yaml", "spec.yaml", folder / "out").failed
    return tree(folder / "out")


def said(again: Again) -> str:
    return " ".join(f"{found.code} {found.message}" for found in again.compiled.diagnostics)


def test_each_save_gives_the_tree_of_a_fresh_compile_and_a_broken_one_changes_nothing(
    watched: Watched, tmp_path: Path
) -> None:
    assert watched.save(SPEC).changes is None
    good = fresh(SPEC, tmp_path / "fresh")
    for text, wrong in SAVES:
        again = watched.save(text)
        assert again.compiled.failed == bool(wrong), said(again)
        if wrong:
            assert wrong in said(again)
            assert again.changes is None
        else:
            good = fresh(text, tmp_path / "fresh")
        assert tree(watched.out) == good


def test_a_save_is_compared_with_the_last_good_one(watched: Watched) -> None:
    watched.save(SPEC)
    watched.save(SPEC.replace("workers", "wrokers"))
    (change,) = watched.save(SPEC.replace("5}", "5, replicas: 3}")).changes or ()
    assert (change.component, change.environments, change.old, change.new) == ("server", ("prod",), "1", "3")
    assert change.reason is not None
    assert change.reason.place.start.line == 7
    assert watched.save(SPEC.replace("5}", "5, replicas: 3}") + "\n").changes == ()


def test_only_environments_with_other_files_are_rendered(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    start = workplace.Workplace.start

    def noted(place: workplace.Workplace, name: str) -> None:
        started.append(name)
        start(place, name)

    monkeypatch.setattr(workplace.Workplace, "start", noted)
    watched.save(SPEC)
    watched.save(SPEC.replace("5", "6"))
    assert started == ["dev", "prod", "prod"]


def test_what_waits_may_be_gone_when_it_is_needed(watched: Watched) -> None:
    watched.save(SPEC)
    place = watched.warm._bench._waiting  # noqa: SLF001  who else knows them?
    assert place is not None
    for process in place.running.values():
        process.kill()
        process.wait()
    assert not watched.save(SPEC.replace("namenode.", "other.")).compiled.failed
    place = watched.warm._bench._waiting  # noqa: SLF001
    assert place is not None
    shutil.rmtree(place.root)
    assert not watched.save(SPEC).compiled.failed


def test_nothing_is_left_behind(watched: Watched) -> None:
    watched.save(SPEC)
    place = watched.warm._bench._waiting  # noqa: SLF001
    assert place is not None
    processes = list(place.running.values())
    assert len(processes) == 2
    watched.warm.__exit__(None, None, None)
    assert not place.root.exists()
    assert all(process.poll() is not None for process in processes)
