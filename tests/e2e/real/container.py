"""Runs a container of a rendered pod: its command, variables, mounts, user and rights, in namespaces of its own.

What a kubelet and a container runtime would do with these fields, done by Debian's util-linux. Left out: cgroup limits
and the seccomp profile.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ..processes import Server
from .network import Host
from .rendered import Rendered, expand

# The folders that make a Debian; some are links into /usr.
_SYSTEM: Final = ("usr", "bin", "sbin", "lib", "lib32", "lib64")


@dataclass(frozen=True, slots=True)
class Image:
    """What a container's root is made of: the files of an image, or this machine's Debian and some folders.

    Attributes:
        root: An image's files, its users among them; without them the root is this machine's.
        folders: Folder of this machine, by where it stands in the container; read-only.
        writable: The same, for folders that it may write to.
        programs: A folder whose files are added to /usr/local/bin.
        user: The name and home of the image's user, where the root is this machine's.
        uid: Its id, and its group's.
        environment: The image's variables.
        workdir: Where a command starts.
        entrypoint: Runs the arguments of a container without a command.
        stop_signal: What a runtime sends first to end it.
        arguments: What it runs when the container has none.
    """

    uid: int
    environment: Mapping[str, str]
    user: tuple[str, str] = ("", "")
    root: Path | None = None
    workdir: str = "/"
    folders: Mapping[str, Path] = field(default_factory=dict)
    writable: Mapping[str, Path] = field(default_factory=dict)
    programs: Path | None = None
    entrypoint: Sequence[str] = ()
    arguments: Sequence[str] = ()
    stop_signal: signal.Signals = signal.SIGTERM


@dataclass(frozen=True, slots=True)
class Pod:
    """A pod that is about to run.

    Attributes:
        rendered: The environment it belongs to.
        spec: Its `spec`.
        host: Its network.
        hosts: Address by name, for what DNS would answer.
        folder: Holds its volumes and logs; removed by the caller. Its name is the pod's.
        claims: The folder of each volume claim.
    """

    rendered: Rendered
    spec: Mapping[str, Any]
    host: Host
    hosts: Mapping[str, str]
    folder: Path
    claims: Mapping[str, Path] = field(default_factory=dict)

    def container(self, name: str) -> dict[str, Any]:
        """A container or an init container by its name."""
        every = [*self.spec["containers"], *self.spec.get("initContainers", ())]
        (found,) = (each for each in every if each["name"] == name)
        return dict(found)

    def hosts_file(self) -> str:
        """Its /etc/hosts: what a kubelet writes, aliases included, and then what a cluster's DNS would know."""
        lines = ["127.0.0.1 localhost", f"{self.host.address} {self.folder.name}"]
        lines += [f"{each['ip']} {' '.join(each['hostnames'])}" for each in self.spec.get("hostAliases", ())]
        lines += [f"{address} {name}" for name, address in self.hosts.items()]
        return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Running:
    """A container that was started.

    Attributes:
        server: The process that waits for it, and its log.
        pid: Its first process, as this machine counts.
        environment: All its variables.
        stop_signal: What its image names.
    """

    server: Server
    pid: int
    environment: Mapping[str, str]
    stop_signal: signal.Signals = signal.SIGTERM

    def terminate(self) -> None:
        """Send what a kubelet sends first."""
        os.kill(self.pid, self.stop_signal)

    def wait(self, seconds: float) -> int:
        """Its exit status, 128 + the signal's number if a signal ended it."""
        status = self.server.process.wait(seconds)
        return status if status >= 0 else 128 - status

    def log(self) -> str:
        """What it has printed."""
        return self.server.log.read_text(encoding="utf-8", errors="replace")

    def execute(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run a command in it, as `kubectl exec` and the probes do."""
        enter = [
            "nsenter",
            "--target",
            str(self.pid),
            "--mount",
            "--pid",
            "--ipc",
            "--uts",
            "--net",
            "--root",
        ]
        return subprocess.run(
            [*enter, "setpriv", *_identity(self.pid), "--", "env", "-C", "/", *command],
            check=False,
            capture_output=True,
            text=True,
            env=dict(self.environment),
        )


@contextmanager
def run_container(pod: Pod, image: Image, container: Mapping[str, Any], name: str = "") -> Iterator[Running]:
    """Start one container of a pod; at the end kill what still runs of it.

    Args:
        pod: Its pod.
        image: Its image.
        container: One of the pod's containers, or one like them.
        name: What its log is called, when not like the container.
    """
    own = pod.rendered.environment(container, pod.host.address)
    environment = {"HOSTNAME": pod.folder.name, **image.environment, **own}
    preset = () if "command" in container else image.arguments
    command = [*container.get("command", image.entrypoint), *container.get("args", preset)]
    command = [expand(part, environment) for part in command]
    script = _script(pod, image, container, command)
    log = pod.folder / f"{name or container['name']}.log"
    start = ["setpriv", "--pdeathsig", "KILL", "nsenter", f"--net={pod.host.namespace}", "unshare"]
    start += ["--mount", "--pid", "--ipc", "--uts", "--fork", "--kill-child", "sh", "-c", script]
    with log.open("wb") as output:
        process = subprocess.Popen(
            start, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, env=environment
        )
    try:
        yield Running(
            Server(container["name"], process, log), _child(process), environment, image.stop_signal
        )
    finally:
        process.kill()
        process.wait()


def _child(process: subprocess.Popen[bytes]) -> int:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while process.poll() is None:
        found = children.read_text(encoding="ascii").split()
        if found:
            return int(found[0])
    return 0


def _identity(pid: int) -> list[str]:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    values = {line.partition(":")[0]: line.split()[1:] for line in status.splitlines()}
    groups = ",".join(values["Groups"])
    return ["--reuid", values["Uid"][0], "--regid", values["Gid"][0], "--groups", groups, *_NO_RIGHTS]


_NO_RIGHTS: Final = ("--no-new-privs", "--bounding-set=-all", "--inh-caps=-all")


def _script(pod: Pod, image: Image, container: Mapping[str, Any], command: Sequence[str]) -> str:
    root = pod.folder / "root"
    root.mkdir(exist_ok=True)
    (pod.folder / "hosts").write_text(pod.hosts_file(), encoding="utf-8")
    security = {**pod.spec.get("securityContext", {}), **container.get("securityContext", {})}
    uid, gid = security.get("runAsUser", image.uid), security.get("runAsGroup", image.uid)
    assert security.get("runAsNonRoot") is not True or uid != 0
    lines = ["set -e", f"hostname {pod.folder.name}", "mount --make-rprivate /"]
    lines += [f"R={shlex.quote(str(root))}"]
    lines += [
        *(_of_image(image.root, pod.folder / "layer") if image.root else _of_machine(image.user, uid, gid))
    ]
    lines += [*_folders(image)]
    lines += [f'cp {shlex.quote(str(pod.folder / "hosts"))} "$R/etc/hosts"', *_volumes(pod, container)]
    if security.get("readOnlyRootFilesystem"):
        lines.append('mount -o remount,ro "$R"')
    group = security.get("fsGroup", gid)
    user = ["--reuid", str(uid), "--regid", str(gid), "--groups", f"{gid},{group}", *_NO_RIGHTS]
    start = ["setpriv", *user, "--pdeathsig", "KILL", "--", "env", "-C", image.workdir, *command]
    lines.append(f'exec chroot "$R" {shlex.join(start)}')
    return "\n".join(lines)


def _of_image(root: Path, layer: Path) -> Iterator[str]:
    """A layer of the container's own over the image's files, where the runtime makes the points to mount on."""
    layer.mkdir(exist_ok=True)
    layers = f"lowerdir={root},upperdir={layer}/upper,workdir={layer}/work"
    yield f"mount -t tmpfs layer {shlex.quote(str(layer))}; mkdir {shlex.quote(str(layer))}/upper"
    yield f'mkdir {shlex.quote(str(layer))}/work; mount -t overlay -o {shlex.quote(layers)} root "$R"'
    yield _DEVICES


def _of_machine(user: tuple[str, str], uid: int, gid: int) -> Iterator[str]:
    yield 'mount -t tmpfs -o mode=755 root "$R"'
    for name in _SYSTEM:
        here = Path("/", name)
        if here.is_symlink():
            yield f'ln -s {here.readlink()} "$R/{name}"'
        elif here.is_dir():
            yield f'mkdir "$R/{name}"; mount -o bind,ro /{name} "$R/{name}"'
    yield 'cp -a /etc "$R/etc"; mkdir -p "$R/proc" "$R/dev" "$R/sys" "$R/run" "$R/var/lib" "$R/opt"'
    yield 'mkdir -m 1777 "$R/tmp"; ln -s ../run "$R/var/run"; ln -s ../tmp "$R/var/tmp"'
    yield _DEVICES
    name, home = user
    yield f'echo {name}:x:{uid}:{gid}::{home}:/usr/sbin/nologin >> "$R/etc/passwd"'
    yield f'echo {name}:x:{gid}: >> "$R/etc/group"'
    yield f'install -d -o {uid} -g {gid} "$R{home}"'


_DEVICES: Final = 'mount -t proc proc "$R/proc"; mount --rbind /dev "$R/dev"; mount -o bind,ro /sys "$R/sys"'


def _folders(image: Image) -> Iterator[str]:
    for options, folders in (("bind,ro", image.folders), ("bind", image.writable)):
        for target, folder in folders.items():
            yield f'mkdir -p "$R{target}"; mount -o {options} {shlex.quote(str(folder))} "$R{target}"'
    if image.programs is not None:
        lower = f"lowerdir={image.programs}:/usr/local/bin"
        yield f'mount -t overlay -o {shlex.quote(lower)} programs "$R/usr/local/bin"'


def _volumes(pod: Pod, container: Mapping[str, Any]) -> Iterator[str]:
    volumes = {each["name"]: each for each in pod.spec.get("volumes", ())}
    for mount in container.get("volumeMounts", ()):
        source = _volume(pod, volumes[mount["name"]])
        if "subPath" in mount:
            source = source / mount["subPath"]
        options = "bind,ro" if mount.get("readOnly") else "bind"
        target = shlex.quote(mount["mountPath"])
        make = f'touch "$R"{target}' if source.is_file() else f'mkdir -p "$R"{target}'
        yield f'{make}; mount -o {options} {shlex.quote(str(source))} "$R"{target}'


def _volume(pod: Pod, volume: Mapping[str, Any]) -> Path:
    """The folder of a volume, made and filled when it is first asked for, and then kept as long as the pod."""
    group = pod.spec.get("securityContext", {}).get("fsGroup", -1)
    if "persistentVolumeClaim" in volume:
        folder = pod.claims[volume["persistentVolumeClaim"]["claimName"]]
    else:
        folder = pod.folder / "volumes" / volume["name"]
        if not folder.exists():
            folder.mkdir(parents=True)
            if "emptyDir" not in volume:
                for name, content in pod.rendered.files(volume).items():
                    (folder / name).write_bytes(content)
    os.chown(folder, -1, group)
    folder.chmod(0o2777 if "emptyDir" in volume else 0o2775)
    return folder
