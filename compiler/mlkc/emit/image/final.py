"""The last stage: what is left in the image."""

from __future__ import annotations

from mlkc.artifact.build import at
from mlkc.emit.image import apt
from mlkc.emit.image.syntax import Line, comment, exec_form, mark, pairs, run, value, word
from mlkc.plan.images.model import ImageBuild
from mlkc.text.paths import PlanPath

_JAVA_LINK = 'ln -s "$(dirname "$(dirname "$(readlink -f /usr/bin/{program})")")" /opt/java'


def final(build: ImageBuild) -> list[Line]:
    """The whole stage."""
    return [
        comment(
            "The image itself. It runs as an ordinary user, and writes nowhere but to /tmp and its home."
        ),
        "FROM base",
        "",
        *_labels(build),
        "",
        *_account(build),
        "",
        *_system(build),
        "",
        *_contents(build),
        "",
        *_environment(build),
        "",
        *_program(build),
    ]


def _labels(build: ImageBuild) -> list[Line]:
    image: PlanPath = ("images", build.name)
    entries: list[tuple[str, str, PlanPath]] = [
        ("org.opencontainers.image.title", value(build.title), image),
        ("org.opencontainers.image.version", value(build.mlflow), ("mlflow", "version")),
        ("org.opencontainers.image.base.name", value(build.base), ("images", "base")),
    ]
    return pairs("LABEL", entries)


def _account(build: ImageBuild) -> list[Line]:
    account = build.account
    return run(
        [
            f"groupadd --gid {account.uid} {word(account.name)}",
            f"useradd --uid {account.uid} --gid {account.uid} --create-home --home-dir {word(account.home)}"
            f" --shell {word(account.shell)} {word(account.name)}",
        ]
    )


def _system(build: ImageBuild) -> list[Line]:
    """Java, and the libraries of database drivers."""
    java = build.java
    about = comment("Java is at one place, whatever the architecture and however it came.")
    libraries = list(build.python.run_packages)
    linked = _old_libjvm(build)
    if java.package is None:
        copied = at(("images", "java"), f"COPY --from=java {word(java.home)} /opt/java")
        drivers = apt.install(build, libraries, ("database", "driver")) if libraries else []
        return [*drivers, about, copied, *linked]
    # Slim images lack the folder of manuals that the package links into.
    # Java 8 has its runtime in a folder below the development kit's.
    link = _JAVA_LINK.format(program="javac" if java.jdk else "java")
    folders = ["mkdir -p /usr/share/man/man1"]
    installed = apt.install(build, [java.package, *libraries], ("images", "java"), folders, [link])
    return [about, *installed, *linked]


def _old_libjvm(build: ImageBuild) -> list[Line]:
    """Java's library where an old pyarrow looks for it.

    A link, because Java finds its other files by the library's real path: a copy in another place does not start.
    """
    if not build.old_libjvm:
        return []
    about = comment("This pyarrow looks for libjvm.so where Java 8 had it.")
    link = "ln -s ../server /opt/java/lib/amd64/server"
    seen = "test -e /opt/java/lib/amd64/server/libjvm.so"
    return [about, *run(["mkdir /opt/java/lib/amd64", link, seen], path=("images", "java"))]


def _contents(build: ImageBuild) -> list[Line]:
    lines: list[Line] = [
        at(("images", "hadoop"), "COPY --from=hadoop /opt/hadoop /opt/hadoop"),
        at(("mlflow", "version"), "COPY --from=packages /opt/venv /opt/venv"),
        comment("A cluster mounts its own configuration over this one."),
        at(("hdfs",), "COPY core-site.xml hdfs-site.xml log4j.properties /etc/hadoop/"),
    ]
    return [*lines, *(f"COPY {word(program.file)} {word(program.target)}" for program in build.programs)]


def _environment(build: ImageBuild) -> list[Line]:
    return pairs("ENV", [(entry.name, _variable(entry.value), entry.path) for entry in build.environment])


def _variable(text: str) -> str:
    """The one reference to another variable stays one: the base image's PATH."""
    head, reference, tail = text.partition("${PATH}")
    return f"{value(head)}{reference}{value(tail) if tail else ''}" if reference else value(text)


def _program(build: ImageBuild) -> list[Line]:
    account = build.account
    return [
        f"USER {account.uid}:{account.uid}",
        f"WORKDIR {word(account.home)}",
        at((build.name, "port"), f"EXPOSE {build.port}"),
        f"ENTRYPOINT {exec_form(build.entrypoint)}",
        *mark((build.name, "port"), [f"CMD {exec_form(build.command)}"]),
    ]
