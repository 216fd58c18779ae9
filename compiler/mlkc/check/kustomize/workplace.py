"""A temporary folder, and the `kubectl kustomize` processes that render the overlays in it.

Of the 45 ms that a rendering takes, 37 are kubectl's start. So a process may be started while the plan is still made:
its `kustomization.yaml` is a named pipe then, which it reads when it is ready. This process holds the writing end, so
if it dies a kubectl that reads gets an empty file and ends (docs/adr/0010-kubectl-waits.md).
"""

from __future__ import annotations

import os
import select
import subprocess
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec import Struct

from mlkc.check.kustomize.kubectl import find_kubectl

KUSTOMIZATION = "kustomization.yaml"
_MEMORY = "/dev/shm"  # noqa: S108  a folder of our own is made in it
_SECONDS = 60.0
# Without garbage collection a start takes 40 ms where it takes 45 with it. The limit brings the collector back for an
# output of unlikely size. KUBERC=off keeps a user's preferences for kubectl out of it.
_GO = {"GOGC": "off", "GOMEMLIMIT": "512MiB", "GOMAXPROCS": "1", "KUBERC": "off"}
_PASSED_ON = ("PATH", "SYSTEMROOT")
_NICE = 10
_BESIDE = "kustomization.waiting"


class KubectlMissingError(Exception):
    """No kubectl was found, or the one found can't be started."""


class Result(Struct, frozen=True):
    """How a process ended.

    Attributes:
        out: its standard output.
        err: its standard error.
        failed: its exit code is not 0, or it ran for more than a minute and was ended.
    """

    out: str
    err: str
    failed: bool


class Workplace:
    """A temporary folder with a `tree` in it, and the kubectl processes that render overlays of that tree.

    Use it as a context manager: leaving it ends the processes and removes the folder.
    """

    def __init__(self, kubectl: str) -> None:
        """Makes the folder, on a memory disk where there is one."""
        self._kubectl = kubectl
        self.root = _new_folder()
        self.tree = self.root / "tree"
        self._environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        self._environment |= {**_GO, "HOME": str(self.root), "LC_ALL": "C"}
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self._pipes: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def overlay(self, name: str) -> Path:
        """Returns the folder of an environment's overlay."""
        return self.tree / "overlays" / name

    def expect(self, names: Iterable[str]) -> None:
        """Starts a process for each environment, which then waits for its kustomization.

        Raises:
            KubectlMissingError: kubectl can't be started.
        """
        for name in names:
            folder = self.overlay(name)
            folder.mkdir(parents=True)
            pipe = folder / KUSTOMIZATION
            os.mkfifo(pipe, 0o600)
            reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)  # or the next line would wait for one
            self._pipes[name] = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
            os.close(reader)
            # Nothing waits for it yet: the process that makes the plan goes first.
            os.setpriority(os.PRIO_PROCESS, self._spawn(name).pid, _NICE)

    def start(self, name: str) -> None:
        """Lets an environment's overlay be rendered; everything that it reads is in the tree.

        Raises:
            KubectlMissingError: kubectl can't be started.
        """
        waits = name in self._pipes
        if waits:
            beside = self.overlay(name) / _BESIDE
            content = beside.read_bytes()
            beside.replace(self.overlay(name) / KUSTOMIZATION)
        if not waits or self.running[name].poll() is not None:  # somebody ended it while it waited
            self._forget(name)
            self._spawn(name)
            return
        pipe = self._pipes.pop(name)
        # From here on nobody opens the pipe: either the process has it open already, or it will find the file.
        try:
            os.set_blocking(pipe, True)
            with os.fdopen(pipe, "wb") as stream:
                stream.write(content)
        except BrokenPipeError:
            pass

    def collect(self, name: str) -> Result:
        """Waits for an environment's process."""
        process = self.running.pop(name)
        try:
            failed = _wait(process) != 0
        except subprocess.TimeoutExpired:
            _end(process)
            return Result("", f"no result after {_SECONDS:.0f} seconds", failed=True)
        out = (self.root / f"{name}.out").read_text("utf-8", "replace")
        err = (self.root / f"{name}.err").read_text("utf-8", "replace")
        return Result(out, err, failed)

    def close(self) -> None:
        """Ends what still runs and removes the folder."""
        import shutil  # noqa: PLC0415  nothing waits for it

        for process in self.running.values():
            _end(process)
        for pipe in self._pipes.values():
            os.close(pipe)
        self.running.clear()
        self._pipes.clear()
        shutil.rmtree(self.root, ignore_errors=True)

    def kustomization(self, name: str) -> Path:
        """Returns where to write the kustomization of an environment's overlay."""
        return self.overlay(name) / (_BESIDE if name in self._pipes else KUSTOMIZATION)

    def _forget(self, name: str) -> None:
        pipe = self._pipes.pop(name, None)
        if pipe is not None:
            os.close(pipe)

    def _spawn(self, name: str) -> subprocess.Popen[bytes]:
        with (self.root / f"{name}.out").open("wb") as out, (self.root / f"{name}.err").open("wb") as err:
            try:
                self.running[name] = subprocess.Popen(
                    [self._kubectl, "kustomize", str(self.overlay(name))],
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=err,
                    env=self._environment,
                    cwd=self.root,
                )
            except OSError as error:
                raise KubectlMissingError(f"{self._kubectl}: {error.strerror}") from error
        return self.running[name]


def await_overlays(names: Iterable[str]) -> Workplace | None:
    """Starts a kubectl for each overlay.

    Returns:
        The place where they wait; None where that can't be, and the checks say why if they need to.
    """
    kubectl = find_kubectl()
    if kubectl is None or not hasattr(os, "mkfifo"):
        return None
    workplace = Workplace(kubectl)
    try:
        workplace.expect(names)
    except KubectlMissingError:
        workplace.close()
        return None
    return workplace


def _new_folder() -> Path:
    """Makes a folder that nobody else may read. On a memory disk the name is ours to find: `tempfile` takes 4 ms."""
    if os.access(_MEMORY, os.W_OK):
        folder = Path(_MEMORY, f"mlkc-{os.urandom(12).hex()}")
        folder.mkdir(0o700)
        return folder
    import tempfile  # noqa: PLC0415

    return Path(tempfile.mkdtemp(prefix="mlkc-"))


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
        process.wait()


def _wait(process: subprocess.Popen[bytes]) -> int:
    """Waits for the end of a process, at most 60 s.

    `Popen.wait` with a time-out looks every so often, in the end every 50 ms; where the kernel can tell, it does.

    Raises:
        subprocess.TimeoutExpired: it still runs.
    """
    if not hasattr(os, "pidfd_open"):
        return process.wait(_SECONDS)
    try:
        handle = os.pidfd_open(process.pid)
    except OSError:  # an old kernel, or one that forbids it
        return process.wait(_SECONDS)
    try:
        ended, _, _ = select.select([handle], [], [], _SECONDS)
    finally:
        os.close(handle)
    return process.wait(None if ended else 0)
