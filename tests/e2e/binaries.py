"""Builds etcd, kube-apiserver, kube-controller-manager and an old kubectl from the Go modules, once for each machine.

`python tests/e2e/binaries.py` builds all that the tests need and prints what it took; with `--missing` its exit code
tells whether something is missing. No package index has these programs ready to run. They stand in
`${XDG_CACHE_HOME:-~/.cache}/mlkc-e2e`, under a key made of all that goes in. The Go toolchain is the one beside this
Python, which the extra `e2e` installs, else the machine's.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE: Final = Path(__file__).parent / "apiserver"
OLDEST: Final = "1.30"
NEWEST: Final = "1.37"
MINORS: Final = (OLDEST, NEWEST)

_SERVERS: Final = ("etcd", "kube-apiserver", "kube-controller-manager")
# The kubectl that mlkc depends on is within one minor of the newest server; an older server gets its own.
_OWN_KUBECTL: Final = frozenset({OLDEST})
# The old server without the clouds that it still had in its own code: a hundred packages less to build.
_TAGS: Final = {OLDEST: "kubectl,providerless", NEWEST: ""}
# What the build leaves out of upstream's modules: a file for tests among the others, which alone brings fake clients of
# every kind, and a package of the kubelet, in whose place ours stands (see its comment).
_TEST_CONTEXT: Final = ("k8s.io/apiserver", "pkg/admission/plugin/policy/generic/policy_test_context.go")
_EVICTION: Final = ("k8s.io/kubernetes", "pkg/kubelet/eviction")
# Without inlining and debug data a build takes a third less; how the programs behave is the same.
COMPILER: Final = "all=-l -dwarf=false"
# A compiler that collects no garbage before it must takes an eighth less than one that collects late (GOGC=400).
MEMORY: Final = {"GOGC": "off", "GOMEMLIMIT": "1500MiB"}


@dataclass(frozen=True, slots=True)
class Binaries:
    """The programs of one Kubernetes release.

    Attributes:
        minor: As in `1.37`.
        version: As in `1.37.2`.
        folder: Holds a link for each program.
        kubectl: The kubectl whose version fits the server's.
    """

    minor: str
    version: str
    folder: Path
    kubectl: Path

    def program(self, name: str) -> Path:
        """The path of `etcd`, `kube-apiserver` or `kube-controller-manager`."""
        return self.folder / name


def cache_folder() -> Path:
    """The folder where what was built is kept between runs."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "mlkc-e2e"


def binaries(minor: str) -> Binaries:
    """The programs of a minor, built if they aren't there.

    Args:
        minor: One of `MINORS`.

    Raises:
        subprocess.CalledProcessError: The build fails.
    """
    version, folder = _pinned(minor), _built(minor)
    kubectl = folder / "kubectl" if minor in _OWN_KUBECTL else packaged_kubectl()
    return Binaries(minor, version, folder, kubectl)


def _folder(minor: str) -> Path:
    return cache_folder() / "kubernetes" / f"{_pinned(minor)}-{_key(minor)}"


def _missing() -> list[str]:
    return [minor for minor in MINORS if not _folder(minor).is_dir()]


def _built(minor: str) -> Path:
    folder = _folder(minor)
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with only_one("kubernetes"):
            if not folder.is_dir():
                _build(minor, _pinned(minor), folder)
            if not _missing():
                shutil.rmtree(_object_cache(), ignore_errors=True)
    return folder


def packaged_kubectl() -> Path:
    """The kubectl that mlkc's own dependencies bring.

    Raises:
        FileNotFoundError: There is none, neither beside this Python nor on the path.
    """
    return _beside_or_on_path("kubectl")


def go() -> Path:
    """The Go toolchain that the extra `e2e` brings, else the machine's.

    Raises:
        FileNotFoundError: There is none.
    """
    return _beside_or_on_path("go")


def _beside_or_on_path(program: str) -> Path:
    beside = Path(sys.executable).with_name(program)
    found = beside if beside.is_file() else shutil.which(program)
    if found is None:
        raise FileNotFoundError(f"{program}: pip install '.[e2e]' brings it")
    return Path(found)


def _build(minor: str, version: str, folder: Path) -> None:
    half_done = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(half_done, ignore_errors=True)
    (half_done / "source").mkdir(parents=True)
    own_kubectl = minor in _OWN_KUBECTL
    major, minor_number = minor.split(".")
    stamps = {"gitVersion": f"v{version}", "gitMajor": major, "gitMinor": minor_number}
    link = [f"-X k8s.io/component-base/version.{name}={value}" for name, value in stamps.items()]
    module_file = _without_ballast(minor, half_done / "source")
    command = [str(go()), "build", f"-modfile={module_file}"]
    command += ["-trimpath", "-buildvcs=false", f"-gcflags={COMPILER}", f"-ldflags=-s -w {' '.join(link)}"]
    command += [f"-tags={_TAGS[minor]}", "-o", str(half_done / "kubernetes"), "."]
    # Others may be at work on the machine; nothing waits for these programs but the tests.
    nice = ["nice", "-n", "10"] if shutil.which("nice") else []
    environment = {"CGO_ENABLED": "0", "GOCACHE": str(_object_cache()), "GOWORK": "off"}
    environment |= {"GOTOOLCHAIN": "local", **MEMORY}
    subprocess.run([*nice, *command], cwd=SOURCE, env={**os.environ, **environment}, check=True)
    shutil.rmtree(half_done / "source")
    for name in (*_SERVERS, "kubectl") if own_kubectl else _SERVERS:
        (half_done / name).symlink_to("kubernetes")
    half_done.rename(folder)


def _without_ballast(minor: str, folder: Path) -> Path:
    """Write a module file whose build leaves out of upstream's modules what no server needs.

    Go takes such modules from a folder, so each is one of links into the module that was downloaded.
    """
    module_file = folder / "go.mod"
    upstream = _module_file(minor)
    shutil.copy(upstream, module_file)
    shutil.copy(upstream.with_suffix(".sum"), folder / "go.sum")
    for module, path in (_TEST_CONTEXT, _EVICTION):
        links = folder / "modules" / module
        _link(_downloaded(minor, module), links, Path(path))
        subprocess.run([str(go()), "mod", "edit", f"-replace={module}={links}", str(module_file)], check=True)
    own = folder / "modules" / _EVICTION[0] / _EVICTION[1]
    shutil.copytree(SOURCE / own.name, own)
    return module_file


def _link(source: Path, target: Path, left_out: Path) -> None:
    """Fill a new folder with links to all that is in another, but for one thing somewhere below it."""
    target.mkdir(parents=True)
    for entry in source.iterdir():
        if entry.name != left_out.parts[0]:
            (target / entry.name).symlink_to(entry)
    if len(left_out.parts) > 1:
        first = left_out.parts[0]
        _link(source / first, target / first, left_out.relative_to(first))


def _downloaded(minor: str, module: str) -> Path:
    command = [str(go()), "mod", "download", f"-modfile={_module_file(minor).name}", "-json", module]
    answer = subprocess.check_output(command, cwd=SOURCE, env={**os.environ, "GOWORK": "off"}, text=True)
    return Path(json.loads(answer)["Dir"])


def _module_file(minor: str) -> Path:
    return SOURCE / f"kubernetes-{minor}.mod"


def _object_cache() -> Path:
    # Gigabytes that nothing needs once all minors are built, so it is none that other builds share.
    return cache_folder() / "go-build"


def _pinned(minor: str) -> str:
    found = re.search(r"k8s\.io/kubernetes v(\S+)", _module_file(minor).read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{_module_file(minor)} requires no k8s.io/kubernetes")
    return found[1]


def _key(minor: str) -> str:
    digest = hashlib.sha256(f"{COMPILER} {_TAGS[minor]} {_TEST_CONTEXT} {_EVICTION}".encode())
    module_file = _module_file(minor)
    for file in (module_file, module_file.with_suffix(".sum"), *sorted(SOURCE.rglob("*.go"))):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def only_one(name: str) -> Iterator[None]:
    """Keep other processes out that name the same thing in the cache."""
    lock = cache_folder() / f"{name}.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def main() -> None:
    """Build what is missing of all minors."""
    if sys.argv[1:] == ["--missing"]:
        sys.exit(not _missing())
    for minor in MINORS:
        start = time.monotonic()
        folder = _built(minor)
        size = (folder / "kubernetes").stat().st_size / 1e6
        took = time.monotonic() - start
        sys.stdout.write(f"Kubernetes {_pinned(minor)}: {size:.0f} MB in {took:.0f} s, {folder}\n")


if __name__ == "__main__":
    main()
