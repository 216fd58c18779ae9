"""The pass that resolves the images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from mlkc.catalog import java, version
from mlkc.catalog.debian import Debian
from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.images.hadoop import resolve_hadoop
from mlkc.plan.images.java import resolve_java
from mlkc.plan.images.mirrors import Chosen, apache, apt_sources, choose, one_for_all, pip_index
from mlkc.plan.images.model import (
    HOME,
    UID,
    Account,
    AptSources,
    CondaPackages,
    HadoopClient,
    ImageBuild,
    ImageName,
    JavaRuntime,
    MLflowSource,
    PipIndex,
    Program,
    PythonPackages,
    Requirement,
    Variable,
)
from mlkc.plan.images.python import (
    Wanted,
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
from mlkc.plan.passes.database import driver_of
from mlkc.plan.passes.hdfs import resolve_hdfs
from mlkc.text.paths import PlanPath

if TYPE_CHECKING:
    from mlkc.spec.stack import Stack

_WITH_HADOOP = Program("with_hadoop.py", "/usr/local/bin/with-hadoop")
_SERVE = Program("serve.py", "/usr/local/bin/mlflow-serve")
_EXECUTOR = Program("spark_executor.py", "/usr/local/bin/spark-executor")
_UPGRADE = Program("upgrade_database.py", "/usr/local/bin/mlflow-upgrade-database")


def resolve_images(stack: Stack) -> tuple[tuple[ImageBuild, ...], tuple[Diagnostic, ...]]:
    """Decides what the two images are made of.

    Returns:
        The builds, server first, and what was found: errors, after which the builds are worth nothing, and
        warnings.
    """
    found: list[Diagnostic] = []
    mirrors = choose(stack.mirrors, found)
    release = resolve_debian(stack.images, _debian(stack), found)
    if release is None:
        return (), tuple(found)
    series = resolve_python(stack.images, release, found)
    if series is None:
        return (), tuple(found)
    conda = stack.images.conda
    everywhere = one_for_all(stack.mirrors)
    if conda is None:
        base = resolve_base(stack.images, release, series, found)
    else:
        from mlkc.plan.images.conda import check_conda, conda_base  # noqa: PLC0415  only where the spec has it

        base = conda_base(stack.images, conda, release, found)
        check_conda(conda, series, mirrors["conda"], everywhere, found)
    hadoop = resolve_hadoop(
        stack.images.hadoop,
        apache(mirrors["apache"]),
        release,
        resolve_hdfs(stack.hdfs, stack.name),
        found,
    )
    runtime = resolve_java(stack.images, release, hadoop.version, found)
    if base is None or runtime is None:
        return (), tuple(found)
    mlflow = mlflow_version(stack, series)
    check_mlflow(mlflow, found)
    common = _Common(
        stack=stack,
        release=release,
        series=series,
        base=base,
        java=runtime,
        hadoop=hadoop,
        mlflow=mlflow,
        sources=apt_sources(
            mirrors["apt"], release, everywhere, conda is not None and conda.base == "build", found
        ),
        conda=mirrors["conda"],
        index=pip_index(mirrors["pip"]),
    )
    builds = (_server(common, found), *([_client(common, found)] if _has_client(stack) else []))
    return builds, tuple(found)


def _debian(stack: Stack) -> str | None:
    """The Debian of the base image, where that is known."""
    if stack.images.conda is None:
        return None
    from mlkc.plan.images.conda import conda_debian  # noqa: PLC0415  only where the spec has it

    return conda_debian(stack.images)


def _has_client(stack: Stack) -> bool:
    """Whether there is a client anywhere: an environment may have one that the others lack."""
    overrides = (environment or {} for environment in stack.environments.values())
    sections = (one.get("client") for one in overrides)
    return stack.client.enabled or any(isinstance(one, dict) and one.get("enabled") for one in sections)


def _somewhere(stack: Stack, section: str, setting: str) -> bool:
    """Whether a workload has something anywhere: the image is the same for all environments."""
    overrides = ((environment or {}).get(section) for environment in stack.environments.values())
    theirs = (one.get(setting) for one in overrides if isinstance(one, dict))
    return any(one is not None for one in (getattr(getattr(stack, section), setting), *theirs))


class _Common(Struct, frozen=True):
    """What both images have in common."""

    stack: Stack
    release: Debian
    series: str
    base: str
    java: JavaRuntime
    hadoop: HadoopClient
    mlflow: str
    sources: AptSources | None
    conda: Chosen
    index: PipIndex | None


class _Run(Struct, frozen=True):
    """What an image runs."""

    title: str
    login: str
    programs: tuple[Program, ...]
    port: int
    entrypoint: tuple[str, ...]
    command: tuple[str, ...]


def _server(common: _Common, found: list[Diagnostic]) -> ImageBuild:
    driver = driver_of(common.stack.database)
    by_conda = driver is not None and common.stack.images.conda is not None and not driver.wheel
    build, run = ((), ()) if by_conda or driver is None else system_packages(driver, common.release)
    wanted = Wanted(
        image="server",
        mlflow=common.mlflow,
        own=server_requirements(
            common.mlflow,
            driver,
            common.series,
            by_conda,
            metrics=_somewhere(common.stack, "server", "metrics"),
            users=_somewhere(common.stack, "server", "auth"),
        ),
        extra=tuple(common.stack.images.server.packages),
        build=build,
        run=run,
    )
    port = common.stack.server.port
    by_name = (Requirement(driver.requirement, ("database", "driver")),) if by_conda and driver else ()
    return _image(
        common,
        "server",
        resolve_packages(wanted, common.series, common.index, found),
        by_name,
        _Run(
            title="MLflow tracking server",
            login="/usr/sbin/nologin",
            programs=(_WITH_HADOOP, _SERVE, _UPGRADE),
            port=port,
            entrypoint=("mlflow-serve",),
            command=("--host", "0.0.0.0", "--port", str(port)),  # noqa: S104  a container has its own addresses
        ),
    )


def _client(common: _Common, found: list[Diagnostic]) -> ImageBuild:
    spark = resolve_spark(common.stack.images, common.series, common.java.major, found)
    wanted = Wanted(
        image="client",
        mlflow=common.mlflow,
        own=client_requirements(common.mlflow, spark, common.series),
        extra=tuple(common.stack.images.client.packages),
    )
    port = common.stack.client.port
    return _image(
        common,
        "client",
        resolve_packages(wanted, common.series, common.index, found),
        (),
        _Run(
            title="JupyterLab with Spark and MLflow's client",
            login="/bin/bash",
            programs=(_WITH_HADOOP, *((_EXECUTOR,) if _somewhere(common.stack, "client", "spark") else ())),
            port=port,
            entrypoint=("with-hadoop", "jupyter", "lab"),
            command=("--ip=0.0.0.0", f"--port={port}", "--no-browser"),
        ),
    )


def _image(
    common: _Common,
    name: ImageName,
    packages: PythonPackages,
    by_conda: tuple[Requirement, ...],
    run: _Run,
) -> ImageBuild:
    conda = _conda(common, name, by_conda)
    installer = conda.installer if conda else None
    system = (
        *(installer.packages if installer else ()),
        common.java.package,
        *packages.build_packages,
        *packages.run_packages,
        *common.hadoop.fetch_packages,
    )
    return ImageBuild(
        name=name,
        folder=f"images/{name}",
        title=run.title,
        mlflow=common.mlflow,
        base=common.base,
        debian=common.release.codename,
        sources=common.sources if any(system) else None,
        java=common.java,
        hadoop=common.hadoop,
        python=packages,
        conda=conda,
        source=_source(common) if name == "server" and common.stack.mlflow.source == "folder" else None,
        old_libjvm=common.java.major > 8 and _old_pyarrow(packages),
        account=Account("app", UID, HOME, run.login),
        environment=_environment(common.stack.hdfs.user),
        programs=run.programs,
        port=run.port,
        entrypoint=("tini", "--", *run.entrypoint) if installer else run.entrypoint,
        command=run.command,
    )


def _conda(common: _Common, name: ImageName, own: tuple[Requirement, ...]) -> CondaPackages | None:
    conda = common.stack.images.conda
    if conda is None:
        return None
    from mlkc.plan.images.conda import resolve_conda  # noqa: PLC0415  only where the spec has it

    return resolve_conda(conda, name, common.series, own, common.conda, common.release)


def _source(common: _Common) -> MLflowSource:
    from mlkc.catalog import node  # noqa: PLC0415  only where the spec has it

    return MLflowSource("mlflow", node.for_mlflow(common.mlflow).image)


def _old_pyarrow(packages: PythonPackages) -> bool:
    """Whether the image's pyarrow doesn't know where Java keeps its library since Java 9."""
    lines = (*(requirement.text for requirement in packages.requirements), *packages.constraints)
    pins = [line.removeprefix("pyarrow==") for line in lines if line.startswith("pyarrow==")]
    return any(version.below(pin, java.PYARROW_WITH_LIB_SERVER) for pin in pins)


def _environment(user: str) -> tuple[Variable, ...]:
    java: PlanPath = ("images", "java")
    hadoop: PlanPath = ("images", "hadoop")
    image: PlanPath = ("images",)
    return (
        Variable("HOME", HOME, image),
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
