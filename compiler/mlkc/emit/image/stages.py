"""The stages that an image is made in, apart from the last."""

from __future__ import annotations

from mlkc.artifact.build import at
from mlkc.emit.image import apt
from mlkc.emit.image.syntax import Line, bind, comment, image, run, word
from mlkc.plan.images.model import HadoopClient, ImageBuild

# What an HDFS client needs of the distribution; the rest is servers, YARN, MapReduce, documentation and sources.
_HADOOP_PARTS = ("bin", "lib/native", "libexec", "share/hadoop/common", "share/hadoop/hdfs")
# ADR 14. With a SOURCE_DATE_EPOCH, Python's compiler holds byte code to its source's hash; no zip is older than 1980.
_LIBRARY = 'compileall.compile_dir(sysconfig.get_path("stdlib"), rx=re.compile("-packages/"), quiet=2)'
_EPOCH = 315532800


def base(build: ImageBuild) -> list[Line]:
    """The base image, under the name that the other stages start from."""
    if build.conda is not None and build.conda.installer is not None:
        from mlkc.emit.image import conda  # noqa: PLC0415  only where the spec has it

        return conda.base(build, build.conda.installer)
    return [
        comment("Every stage starts here, so that what one of them builds runs in the last."),
        at(("images", "base"), f"FROM {image(build.base)} AS base"),
        *([] if build.conda else _library()),
    ]


def _library() -> list[Line]:
    """The byte code of Python's own library, in a base that is an official image of Python, or like one."""
    return [
        comment(
            "Python's library as byte code, which the official image leaves out, and pods could not keep."
        ),
        *run([f"python -c 'import compileall, re, sysconfig; {_LIBRARY}'"]),
    ]


def java(build: ImageBuild) -> list[Line]:
    """The image that Java is copied from; nothing when apt installs it."""
    if build.java.image is None:
        return []
    return [
        comment(f"Debian {build.debian} has no package of Java {build.java.major}, this image has it."),
        at(("images", "java"), f"FROM {image(build.java.image)} AS java"),
    ]


def packages(build: ImageBuild) -> list[Line]:
    """Python packages, in a virtual environment."""
    python = build.python
    mounts = [bind(name, f"/build/{name}") for name in ("requirements.txt", "constraints.txt")]
    if python.index is not None:
        mounts.append(bind("pip.conf", "/etc/pip.conf"))
    lines: list[Line] = [
        comment("Python packages in a folder of their own: the last stage copies it, and leaves behind"),
        comment("whatever it took to fill it."),
        "FROM base AS packages",
        comment(
            "Byte code is held to the hash of its source: a builder may round a file's time as it copies it."
        ),
        f"ENV SOURCE_DATE_EPOCH={_EPOCH}",
    ]
    if python.build_packages:
        lines += apt.install(build, python.build_packages, ("database", "driver"))
    install = (
        "/opt/venv/bin/pip install --no-cache-dir --requirement requirements.txt --constraint constraints.txt"
    )
    if build.source is not None:
        mounts.append("--mount=type=bind,from=wheel,source=/wheel,target=/wheel")
        install += " /wheel/*.whl"
    made = ["python -m venv /opt/venv"]
    if build.conda is not None:
        from mlkc.emit.image import conda  # noqa: PLC0415  only where the spec has it

        made = []
        lines += conda.environment(build.conda)
    return [*lines, "WORKDIR /build", *run([*made, install], mounts, ("mlflow", "version"))]


def hadoop(build: ImageBuild) -> list[Line]:
    """The Hadoop client, cut down to what reads and writes HDFS."""
    client = build.hadoop
    lines: list[Line] = [
        comment("The Hadoop client: pyarrow reaches HDFS through its libraries. Only what a client needs is"),
        comment("unpacked, and the build fails where the library that pyarrow loads is missing."),
        "FROM base AS hadoop",
    ]
    if client.fetch_packages:
        lines += apt.install(build, client.fetch_packages, ("images", "hadoop"))
    return [*lines, "WORKDIR /build", *_download(client), *_unpack(client)]


def _download(client: HadoopClient) -> list[Line]:
    if not client.urls:
        return []
    first, *others = (f"curl -fsSL --retry 3 --remote-name {word(url)}" for url in client.urls)
    return run(["\n".join([first, *(f"|| {other}" for other in others)])], path=("images", "hadoop"))


def _unpack(client: HadoopClient) -> list[Line]:
    mounts = []
    if not client.urls:
        mounts.append(bind(client.tarball, f"/build/{client.tarball}"))
    commands = []
    if client.sha512 is not None:
        mounts.append(bind("hadoop.sha512", "/build/hadoop.sha512"))
        commands.append("sha512sum --check hadoop.sha512")
    options = "--directory /opt/hadoop --strip-components 1 --no-same-owner"
    parts = (word(f"hadoop-{client.version}/{part}") for part in _HADOOP_PARTS)
    commands += [
        "mkdir /opt/hadoop",
        "\n".join([f"tar --extract --gzip --file {word(client.tarball)} {options}", *parts]),
        "test -e /opt/hadoop/lib/native/libhdfs.so",
    ]
    return run(commands, mounts, ("images", "hadoop"))
