"""A kubectl that waits at a named pipe renders what one started on the finished folder does, and never stays."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlkc.app.front import _overlays
from mlkc.check.kustomize.kubectl import find_kubectl
from mlkc.check.kustomize.workplace import KUSTOMIZATION, Workplace
from mlkc.source.parse import parse
from mlkc.text.span import SourceFile

OBJECT = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n"
SECONDS = 30


@pytest.fixture
def workplace() -> Iterator[Workplace]:
    kubectl = find_kubectl()
    assert kubectl
    with Workplace(kubectl) as place:
        yield place


def put(workplace: Workplace, name: str, resource: str = "settings.yaml") -> None:
    folder = workplace.overlay(name)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.yaml").write_text(OBJECT)
    workplace.kustomization(name).write_text(f"resources:\n- {resource}\n")


@pytest.mark.parametrize("resource", ["settings.yaml", "nothing.yaml"])
def test_waiting_or_not_the_result_is_the_same(workplace: Workplace, resource: str) -> None:
    workplace.expect(["waiting"])
    for name in ("waiting", "later"):
        put(workplace, name, resource)
        workplace.start(name)
    waiting, later = workplace.collect("waiting"), workplace.collect("later")
    assert (waiting.out, waiting.failed) == (later.out, later.failed)
    assert waiting.err == later.err.replace("overlays/later", "overlays/waiting")
    assert waiting.failed == (resource == "nothing.yaml")


def test_a_text_longer_than_a_pipe_takes_at_once(workplace: Workplace) -> None:
    workplace.expect(["long"])
    put(workplace, "long")
    path = workplace.kustomization("long")
    path.write_text("# a line\n" * 20_000 + path.read_text())
    workplace.start("long")
    assert workplace.collect("long").out.startswith("apiVersion: v1\n")


def test_a_kubectl_that_is_late_finds_the_file(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    late = tmp_path / "kubectl"
    late.write_text(f'#!/bin/sh\nread line < {gate}\nexec cat "$2/{KUSTOMIZATION}"\n')
    late.chmod(0o755)
    with Workplace(str(late)) as place:
        place.expect(["late"])
        put(place, "late")
        place.start("late")
        gate.write_text("go\n")
        assert place.collect("late").out == "resources:\n- settings.yaml\n"


def test_one_that_ended_before_its_time_is_as_it_ended(tmp_path: Path) -> None:
    hasty = tmp_path / "kubectl"
    hasty.write_text("#!/bin/sh\necho no >&2\nexit 1\n")
    hasty.chmod(0o755)
    with Workplace(str(hasty)) as place:
        place.expect(["hasty"])
        place.running["hasty"].wait()
        put(place, "hasty")
        place.start("hasty")
        result = place.collect("hasty")
    assert (result.failed, result.err) == (True, "no\n")


def test_an_overlay_that_never_comes_leaves_nothing(workplace: Workplace) -> None:
    workplace.expect(["never"])
    process = workplace.running["never"]
    workplace.close()
    assert process.returncode is not None
    assert not workplace.root.exists()


def test_a_kubectl_that_reads_the_pipe_ends_when_the_process_that_started_it_is_killed() -> None:
    script = (
        "import os, sys\n"
        "from contextlib import suppress\n"
        "from mlkc.check.kustomize.kubectl import find_kubectl\n"
        "from mlkc.check.kustomize.workplace import Workplace\n"
        "place = Workplace(find_kubectl())\n"
        "place.expect(['orphan'])\n"
        "pid = place.running['orphan'].pid\n"
        "handles, pipe = f'/proc/{pid}/fd', place.kustomization('orphan').with_name('kustomization.yaml')\n"
        "def opened():\n"
        "    for name in os.listdir(handles):\n"
        "        with suppress(FileNotFoundError):\n"
        "            yield os.readlink(f'{handles}/{name}')\n"
        "while str(pipe.resolve()) not in opened(): pass\n"
        "print(pid, place.root, flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout
        pid, root = parent.stdout.readline().split()
        handle = os.pidfd_open(int(pid))
        parent.send_signal(signal.SIGKILL)
    ended, _, _ = select.select([handle], [], [], SECONDS)
    os.close(handle)
    assert ended
    import shutil  # noqa: PLC0415

    shutil.rmtree(root)  # what a killed process can't do


@pytest.mark.parametrize(
    ("spec", "names"),
    [
        ("environments: {dev: {}, prod: {}}", ["dev", "prod"]),
        ("environments: {../../x: {}, 3: {}, UP: {}, ok: {}}", ["ok"]),
        ("environments: [dev]", []),
        ("[]", []),
        ("{}", []),
        ("environments: {" + ", ".join(f"e{n}: {{}}" for n in range(40)) + "}", [f"e{n}" for n in range(16)]),
    ],
)
def test_names_of_an_unchecked_spec_are_used_only_where_they_can_be_names(
    spec: str, names: list[str]
) -> None:
    tree = parse(SourceFile("spec.yaml", spec)).value
    assert tree
    assert _overlays(tree) == names
