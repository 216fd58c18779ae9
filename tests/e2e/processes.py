"""Server processes of a test: started with their own log, watched until they are ready, and stopped by their own id."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# Below the range that outgoing connections take their ports from, so that none of them is in the way at the start.
_PORTS: Final = range(20000, 30000)
_STOP_SECONDS: Final = 20.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running server process."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def wait_until(self, ready: Callable[[], bool], seconds: float = 120) -> None:
        """Return as soon as the server is ready.

        Args:
            ready: Asks the server; an OSError counts as "not yet".
            seconds: How long to wait at most.

        Raises:
            RuntimeError: It ended by itself or isn't ready in time; the message holds the end of its log.
        """
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.name} ended with {self.process.returncode}:\n{self._last_words()}")
            try:
                if ready():
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise RuntimeError(f"{self.name} is not ready after {seconds:.0f} s:\n{self._last_words()}")

    def _last_words(self) -> str:
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-30:])


@contextmanager
def server(
    command: Sequence[str | Path], log: Path, env: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Run a server; at the end ask it to stop, and kill it if it doesn't.

    Args:
        command: The program and its arguments.
        log: The file that gets what it prints.
        env: Environment variables beside this process's own.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})},
        )
    try:
        yield Server(Path(command[0]).name, process, log)
    finally:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdin is not None:
            process.stdin.close()


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nothing listens on."""
    while True:
        port = secrets.choice(_PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
