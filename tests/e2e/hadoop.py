"""Hadoop's programs from package registries: its jars from Maven Central, libhdfs from the source in a crate.

No registry has the tarball that the images unpack, so this makes a folder with the same layout. The name node, the data
node and the client's Java part are upstream's; `bin/hadoop` answers the one question that the images ask it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

from .binaries import cache_folder, only_one

# 3.4.3 is not on Maven Central. The crate's newest source of libhdfs is 3.3's; its interface has not changed since.
HADOOP: Final = "3.4.2"
_CRATE: Final = "0.3.1"
_SOURCE: Final = "hdfs_3_3"
_POM: Final = """<project xmlns="http://maven.apache.org/POM/4.0.0">
<modelVersion>4.0.0</modelVersion><groupId>test</groupId><artifactId>test</artifactId><version>1</version>
<dependencies>
<dependency><groupId>org.apache.hadoop</groupId><artifactId>{artifact}</artifactId><version>{version}</version></dependency>
{more}</dependencies></project>
"""
# The shaded jars log nothing without one.
_LOGGING: Final = """<dependency>
<groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version>
</dependency>
"""
_CARGO: Final = '[package]\nname = "source"\nversion = "0.0.0"\n[dependencies]\nhdfs-sys = "={version}"\n'
_COMMAND: Final = """#!/bin/sh
[ "$*" = "classpath --glob" ] || exit 2
jars=$(echo "$HADOOP_HOME"/share/hadoop/common/*.jar | tr ' ' :)
echo "$HADOOP_CONF_DIR:$jars"
"""


def java_home() -> Path:
    """The Java that is first on the path."""
    program = shutil.which("java")
    assert program is not None, "java is missing: apt-get install openjdk-17-jdk-headless"
    return Path(program).resolve().parents[1]


def client() -> Path:
    """A folder like the one that the images have at /opt/hadoop, made once."""
    return _once(f"hadoop-client-{HADOOP}-{_CRATE}", _client)


def _client(new: Path) -> None:
    _jars("hadoop-client", new / "share/hadoop/common")
    _libhdfs(new)
    (new / "bin").mkdir()
    (new / "bin/hadoop").write_text(_COMMAND, encoding="utf-8")
    (new / "bin/hadoop").chmod(0o755)


def cluster() -> Path:
    """A folder of the jars that a name node and a data node need, made once."""
    return _once(f"hadoop-cluster-{HADOOP}", lambda new: _jars("hadoop-client-minicluster", new, _LOGGING))


def kdc() -> Path:
    """A folder of the jars of Hadoop's own Kerberos key distribution centre for tests, made once."""
    return _once(f"hadoop-minikdc-{HADOOP}", lambda new: _jars("hadoop-minikdc", new))


def _once(name: str, fill: Callable[[Path], None]) -> Path:
    """A folder of the cache, filled by one process at a time: Maven's own cache takes no two."""
    folder = cache_folder() / name
    with only_one("hadoop"):
        if not folder.is_dir():
            new = folder.with_name(f"{name}.new")
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir()
            fill(new)
            new.rename(folder)
    return folder


def _jars(artifact: str, folder: Path, more: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    pom = folder / "pom.xml"
    pom.write_text(_POM.format(artifact=artifact, version=HADOOP, more=more), encoding="utf-8")
    command = ["mvn", "--quiet", "--batch-mode", "--file", str(pom), "dependency:copy-dependencies"]
    subprocess.run([*command, f"-DoutputDirectory={folder}"], check=True)
    pom.unlink()


def _libhdfs(hadoop: Path) -> None:
    work = hadoop / "source"
    (work / "src").mkdir(parents=True)
    (work / "Cargo.toml").write_text(_CARGO.format(version=_CRATE), encoding="utf-8")
    (work / "src/lib.rs").touch()
    subprocess.run(["cargo", "vendor", "--quiet"], cwd=work, check=True, stdout=subprocess.DEVNULL)
    crate = work / "vendor/hdfs-sys/libhdfs"
    source, java = crate / _SOURCE, java_home()
    folders = (
        crate,
        source,
        source / "include",
        source / "os/posix",
        java / "include",
        java / "include/linux",
    )
    files = [*source.glob("*.c"), *source.glob("common/*.c"), *source.glob("os/posix/*.c")]
    library = hadoop / "lib/native/libhdfs.so"
    library.parent.mkdir(parents=True)
    compiler = os.environ.get("CC", "cc")
    command = [compiler, "-shared", "-fPIC", "-O2", "-w", "-fcommon", "-o", str(library)]
    command += [f"-I{each}" for each in folders] + [str(each) for each in files]
    subprocess.run([*command, f"-L{java}/lib/server", "-ljvm", "-lpthread"], check=True)
    shutil.rmtree(work)
