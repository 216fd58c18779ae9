"""The images of database servers, made of Debian's packages of the same series, since no image registry can be reached.

Each has a root of its own: the server, its client, the programs that the official image has, the image's user and its
configuration files. In the entry point's place stands a short one that does the same steps for our variables.
"""

from __future__ import annotations

import hashlib
import shutil
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..binaries import cache_folder, only_one
from ..buildah import run
from .container import Image

_HERE: Final = Path(__file__).parent
# As in the official images; setpriv is for the tests.
_PROGRAMS: Final = "bash,coreutils,dash,findutils,gawk,grep,gzip,hostname,libc-bin,sed,tzdata,util-linux"
_PATH: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# The archive's lists may be older than they say they last, where an archive is a copy.
_OLD_LISTS: Final = '--aptopt=Acquire::Check-Valid-Until "false"'


@dataclass(frozen=True, slots=True)
class _Recipe:
    """How the image of one engine is made.

    Attributes:
        suite: The release of Debian that has the series of the compiler's default, or the nearest to it.
        packages: The server and its client.
        user: Whose the data are.
        home: Its home.
        server: What runs in a container without arguments.
        files: The configuration that the image ships, by path.
        path: Where programs are looked for.
        stop_signal: What ends the container.
    """

    suite: str
    packages: str
    user: str
    home: str
    server: str
    files: dict[str, str]
    path: str = _PATH
    stop_signal: signal.Signals = signal.SIGTERM


_MYSQL_CONFIG: Final = """\
[mysqld]
host-cache-size=0
skip-name-resolve
datadir=/var/lib/mysql
socket=/var/run/mysqld/mysqld.sock
secure-file-priv=/var/lib/mysql-files
user=mysql
pid-file=/var/run/mysqld/mysqld.pid
[client]
socket=/var/run/mysqld/mysqld.sock

!includedir /etc/mysql/conf.d/
"""
_MARIADB_CONFIG: Final = """\
[client-server]
socket=/run/mysqld/mysqld.sock
!includedir /etc/mysql/mariadb.conf.d/
!includedir /etc/mysql/conf.d/
"""
_MARIADB_SERVER: Final = """\
[mariadb]
host-cache-size=0
skip-name-resolve
expire_logs_days=10
character-set-server=utf8mb4
pid-file=/run/mysqld/mysqld.pid
"""

_RECIPES: Final = {
    "mysql": _Recipe(
        "sid",
        "mysql-server-core,mysql-client-core",
        "mysql",
        "/var/lib/mysql",
        "mysqld",
        {"/etc/my.cnf": _MYSQL_CONFIG, "/etc/mysql/conf.d/.keep": "", "/var/lib/mysql-files/.keep": ""},
    ),
    "mariadb": _Recipe(
        "trixie",
        "mariadb-server-core,mariadb-client-core,mariadb-client",
        "mysql",
        "/var/lib/mysql",
        "mariadbd",
        {
            "/etc/mysql/my.cnf": _MARIADB_CONFIG,
            "/etc/mysql/mariadb.conf.d/05-image.cnf": _MARIADB_SERVER,
            "/etc/mysql/conf.d/.keep": "",
        },
    ),
    "postgresql": _Recipe(
        "testing",
        "postgresql-18,postgresql-client-18",
        "postgres",
        "/var/lib/postgresql",
        "postgres",
        {},
        f"{_PATH}:/usr/lib/postgresql/18/bin",
        signal.SIGINT,
    ),
}


def database(engine: str) -> Image:
    """The image of a database server, made once for each machine.

    Args:
        engine: `mysql`, `mariadb` or `postgresql`.

    Raises:
        AssertionError: A program that makes it is missing, or the archive lacks a package.
    """
    recipe = _RECIPES[engine]
    return Image(
        root=_root(engine, recipe),
        uid=999,
        environment={"PATH": recipe.path},
        entrypoint=("docker-entrypoint.sh",),
        arguments=(recipe.server,),
        stop_signal=recipe.stop_signal,
    )


def _root(engine: str, recipe: _Recipe) -> Path:
    entrypoint = _HERE / f"{engine}_entrypoint.sh"
    made_of = f"{recipe} {_PROGRAMS} ".encode() + entrypoint.read_bytes()
    folder = cache_folder() / f"database-{engine}-{hashlib.sha256(made_of).hexdigest()[:12]}"
    with only_one(f"database-{engine}"):
        if not folder.is_dir():
            for old in folder.parent.glob(f"database-{engine}-*"):
                shutil.rmtree(old)
            _make(recipe, entrypoint, folder)
    return folder


def _make(recipe: _Recipe, entrypoint: Path, folder: Path) -> None:
    assert shutil.which("mmdebstrap"), "apt-get install mmdebstrap"
    root = folder.with_name(f"{folder.name}.new")
    include = f"--include={recipe.packages},{_PROGRAMS}"
    run("mmdebstrap", "--variant=extract", _OLD_LISTS, include, recipe.suite, str(root))
    for user in ("root:x:0:0::/root:/bin/bash", f"{recipe.user}:x:999:999::{recipe.home}:/bin/false"):
        name, _, uid, *_rest = user.split(":")
        for file, line in (("passwd", user), ("group", f"{name}:x:{uid}:")):
            with (root / "etc" / file).open("a", encoding="utf-8") as written:
                written.write(f"{line}\n")
    for path, text in recipe.files.items():
        file = root / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for name in ("docker-entrypoint-initdb.d", "opt", recipe.home.lstrip("/"), "usr/local/bin"):
        (root / name).mkdir(parents=True, exist_ok=True)
    if not (root / "usr/bin/awk").exists():
        (root / "usr/bin/awk").symlink_to("gawk")
    shutil.copy(entrypoint, root / "usr/local/bin/docker-entrypoint.sh")
    (root / "usr/local/bin/docker-entrypoint.sh").chmod(0o755)
    root.chmod(0o755)  # else the user of the server may not enter it
    for sample in root.glob("usr/share/postgresql/*/postgresql.conf.sample"):
        with sample.open("a", encoding="utf-8") as written:
            written.write("listen_addresses = '*'\n")
    run("ldconfig", "-r", str(root))
    root.rename(folder)
