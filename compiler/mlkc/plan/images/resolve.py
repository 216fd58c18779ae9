"""The pass that resolves the images."""

from __future__ import annotations

from mlkc.catalog import drivers
from mlkc.catalog.debian import Debian
from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.images.hadoop import resolve_hadoop
from mlkc.plan.images.java import resolve_java
from mlkc.plan.images.mirrors import KINDS, Chosen, Kind, apache, apt_sources, choose, pip_index
from mlkc.plan.images.model import (
    UID,
    Account,
    HadoopClient,
    ImageBuild,
    ImageName,
    JavaRuntime,
    Program,
    PythonPackages,
    Variable,
)
from mlkc.plan.images.python import (
    client_requirements,
    resolve_packages,
    server_requirements,
    system_packages,
)
from mlkc.plan.images.releases import (
    check_mlflow,
    mlflow_version,
    resolve_base,
    resolve_debian,
    resolve_python,
    resolve_spark,
)
from mlkc.plan.passes.hdfs import resolve_hdfs
from mlkc.spec.stack import Stack
from mlkc.text.paths import PlanPath

_WITH_HADOOP = Program("with_hadoop.py", "/usr/local/bin/with-hadoop")
_SERVE = Program("serve.py", "/usr/local/bin/mlflow-serve")
_UPGRADE = Program("upgrade_database.py", "/usr/local/bin/mlflow-upgrade-database")


def resolve_images(stack: Stack) -> tuple[tuple[ImageBuild, ...], tuple[Diagnostic, ...]]:
    """Decides what the two images are made of.

    Returns:
        The builds, server first, and what is wrong; no builds when something is.
    """
    found: list[Diagnostic] = []
    mirrors = choose(stack.mirrors, found)
    release = resolve_debian(stack.images, found)
    if release is None:
        return (), tuple(found)
    series = resolve_python(stack.images, release, found)
    if series is None:
        return (), tuple(found)
    base = resolve_base(stack.images, release, series, found)
    hadoop = resolve_hadoop(
        stack.images.hadoop,
        apache(mirrors["apache"]),
        release,
        resolve_hdfs(stack.hdfs, stack.name),
        found,
    )
    java = resolve_java(stack.images, release, hadoop.version, found)
    if base is None or java is None:
        return (), tuple(found)
    shared = _Shared(stack, mirrors, release, series, base, java, hadoop, found)
    builds = (shared.server(), *([shared.client()] if _has_client(stack) else []))
    return builds, tuple(found)


def _has_client(stack: Stack) -> bool:
    """Whether there is a client anywhere: an environment may have one that the others lack."""
    overrides = (environment or {} for environment in stack.environments.values())
    sections = (one.get("client") for one in overrides)
    return stack.client.enabled or any(isinstance(one, dict) and one.get("enabled") for one in sections)


class _Shared:
    """What both images have in common."""

    def __init__(
        self,
        stack: Stack,
        mirrors: dict[Kind, Chosen],
        release: Debian,
        series: str,
        base: str,
        java: JavaRuntime,
        hadoop: HadoopClient,
        found: list[Diagnostic],
    ) -> None:
        self.stack = stack
        self.release = release
        self.series = series
        self.base = base
        self.java = java
        self.hadoop = hadoop
        self.found = found
        self.mlflow = mlflow_version(stack, series)
        check_mlflow(self.mlflow, found)
        everywhere = len({getattr(stack.mirrors, kind) for kind in KINDS}) == 1
        self.sources = apt_sources(mirrors["apt"], release, everywhere, found)
        self.index = pip_index(mirrors["pip"])

    def server(self) -> ImageBuild:
        driver = drivers.for_engine(self.stack.database.engine)[0]
        packages = resolve_packages(
            "server",
            server_requirements(self.mlflow, driver, self.series),
            self.stack.images.server.packages,
            self.index,
            system_packages(driver, self.release),
            self.series,
            self.found,
        )
        port = str(self.stack.server.port)
        return self._image(
            "server",
            "MLflow tracking server",
            packages,
            programs=(_WITH_HADOOP, _SERVE, _UPGRADE),
            port=self.stack.server.port,
            entrypoint=("mlflow-serve",),
            command=("--host", "0.0.0.0", "--port", port),  # noqa: S104  a container listens on all of its addresses
        )

    def client(self) -> ImageBuild:
        spark = resolve_spark(self.stack.images, self.series, self.java.major, self.found)
        packages = resolve_packages(
            "client",
            client_requirements(self.mlflow, spark, self.series),
            self.stack.images.client.packages,
            self.index,
            ((), ()),
            self.series,
            self.found,
        )
        return self._image(
            "client",
            "JupyterLab with Spark and MLflow's client",
            packages,
            programs=(_WITH_HADOOP,),
            port=self.stack.client.port,
            entrypoint=("with-hadoop", "jupyter", "lab"),
            command=("--ip=0.0.0.0", f"--port={self.stack.client.port}", "--no-browser"),
        )

    def _image(
        self,
        name: ImageName,
        title: str,
        packages: PythonPackages,
        *,
        programs: tuple[Program, ...],
        port: int,
        entrypoint: tuple[str, ...],
        command: tuple[str, ...],
    ) -> ImageBuild:
        home = "/home/app"
        return ImageBuild(
            name=name,
            folder=f"images/{name}",
            title=title,
            mlflow=self.mlflow,
            base=self.base,
            debian=self.release.codename,
            sources=self.sources,
            java=self.java,
            hadoop=self.hadoop,
            python=packages,
            account=Account("app", UID, home, "/usr/sbin/nologin" if name == "server" else "/bin/bash"),
            environment=_environment(home, self.stack.hdfs.user),
            programs=programs,
            port=port,
            entrypoint=entrypoint,
            command=command,
        )


def _environment(home: str, user: str) -> tuple[Variable, ...]:
    java: PlanPath = ("images", "java")
    hadoop: PlanPath = ("images", "hadoop")
    image: PlanPath = ("images",)
    return (
        Variable("HOME", home, image),
        Variable("JAVA_HOME", "/opt/java", java),
        Variable("HADOOP_HOME", "/opt/hadoop", hadoop),
        Variable("HADOOP_CONF_DIR", "/etc/hadoop", hadoop),
        Variable("HADOOP_USER_NAME", user, ("hdfs", "user")),
        # Where pyarrow looks for libhdfs, and a cap on the Java heap that each process starts with it.
        Variable("ARROW_LIBHDFS_DIR", "/opt/hadoop/lib/native", hadoop),
        Variable("LIBHDFS_OPTS", "-Xmx256m", hadoop),
        Variable("PATH", "/opt/venv/bin:/opt/hadoop/bin:/opt/java/bin:${PATH}", image),
        Variable("MLFLOW_DISABLE_TELEMETRY", "true", ("mlflow",)),
        Variable("PYTHONDONTWRITEBYTECODE", "1", image),
        Variable("PYTHONUNBUFFERED", "1", image),
    )
