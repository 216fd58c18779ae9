"""What pip installs: the requirements, and pins of what they need in turn."""

from __future__ import annotations

import re

from msgspec import Struct

from mlkc.catalog import debian_packages, locks, mlflow
from mlkc.catalog.debian import Debian
from mlkc.catalog.drivers import Driver
from mlkc.catalog.locks import Lock
from mlkc.catalog.version import at_least
from mlkc.diag import codes, fact_codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.images.model import ImageName, PipIndex, PythonPackages, Requirement
from mlkc.text.paths import PlanPath

_EXPORTER = "prometheus-flask-exporter"
_FORMS = "flask-wtf"
_CAPPED = ("sqlalchemy", "pandas", "numpy", "pyarrow")


def server_requirements(
    mlflow_version: str, driver: Driver | None, series: str, by_conda: bool = False, *, metrics: bool, users: bool
) -> tuple[Requirement, ...]:
    """MLflow, what `--expose-prometheus` and the app `basic-auth` import, and the driver of its database, unless conda or Python brings that."""
    return (
        Requirement(f"mlflow=={mlflow_version}", ("mlflow", "version")),
        *(_driver(mlflow_version, driver, series, by_conda) if driver else ()),
        *([Requirement(pinned(_EXPORTER, series, mlflow_version), ("server", "metrics"))] if metrics else ()),
        *([Requirement(pinned(_FORMS, series, mlflow_version), ("server", "auth"))] if users else ()),
        *_hdfs_library(mlflow_version, series),
    )


def _driver(mlflow_version: str, driver: Driver, series: str, by_conda: bool) -> tuple[Requirement, ...]:
    older = dict(driver.older)
    version = driver.version if at_least(series, driver.python_min) else older.get(series, driver.version)
    path = ("database", "driver")
    extra = (Requirement(pinned(name, series, mlflow_version), path) for name in driver.extra_requirements)
    return (*(() if by_conda else (Requirement(f"{driver.requirement}=={version}", path),)), *extra)


def client_requirements(mlflow_version: str, spark: str, series: str) -> tuple[Requirement, ...]:
    """MLflow, the notebook and Spark; no driver, since clients speak to the server."""
    return (
        Requirement(f"mlflow=={mlflow_version}", ("mlflow", "version")),
        Requirement(pinned("jupyterlab", series, mlflow_version), ("images", "python")),
        Requirement(f"pyspark=={spark}", ("images", "spark")),
        *_hdfs_library(mlflow_version, series),
    )


def _hdfs_library(mlflow_version: str, series: str) -> tuple[Requirement, ...]:
    """pyarrow, where this MLflow uses it for HDFS and yet does not require it."""
    row = mlflow.by_version(mlflow_version)
    if row is None or row.pyarrow_below is not None:
        return ()
    return (Requirement(pinned("pyarrow", series, mlflow_version), ("hdfs",)),)


def pinned(name: str, series: str, mlflow_version: str) -> str:
    """`NAME==VERSION` by the lock of this Python and MLflow, else by another of this Python."""
    lock = locks.by_python(series, mlflow_version) or locks.by_python(series)
    version = lock.version(name) if lock else None
    return f"{name}=={version}" if version else name


class Wanted(Struct, frozen=True):
    """What one image is to have.

    Attributes:
        image: whose it is.
        mlflow: MLflow's version.
        own: what mlkc asks for.
        extra: `images.<image>.packages`.
        build: apt packages to compile with.
        run: apt packages to run with.
    """

    image: ImageName
    mlflow: str
    own: tuple[Requirement, ...]
    extra: tuple[str, ...]
    build: tuple[str, ...] = ()
    run: tuple[str, ...] = ()


def resolve_packages(
    wanted: Wanted, series: str, index: PipIndex | None, found: list[Diagnostic]
) -> PythonPackages:
    """Joins mlkc's own requirements with the spec's and adds the constraints."""
    extra = {_name(text) for text in wanted.extra}
    # The spec may know better which pyarrow its HDFS wants, where MLflow does not say.
    own = tuple(one for one in wanted.own if one.path != ("hdfs",) or _name(one.text) not in extra)
    requirements = list(own)
    taken: dict[str, PlanPath] = {_name(requirement.text): requirement.path for requirement in own}
    for position, text in enumerate(wanted.extra):
        path: PlanPath = ("images", wanted.image, "packages", position)
        if _name(text) in taken:
            found.append(_twice(text, path, taken[_name(text)]))
        taken.setdefault(_name(text), path)
        requirements.append(Requirement(text, path))
    lock = locks.by_python(series, wanted.mlflow)
    for position, text in enumerate(wanted.extra):
        found += _misfit(text, ("images", wanted.image, "packages", position), wanted.mlflow, lock, own)
    return PythonPackages(
        series=series,
        requirements=tuple(requirements),
        constraints=_caps(wanted.mlflow) if lock is None else _locked(lock, own, set(taken)),
        locked=lock is not None and not wanted.extra,
        build_packages=wanted.build,
        run_packages=wanted.run,
        index=index,
    )


def _locked(lock: Lock, own: tuple[Requirement, ...], taken: set[str]) -> tuple[str, ...]:
    """The lock's pins of what mlkc's own requirements need, without what a requirement pins itself."""
    pins = {pin for requirement in own for pin in lock.closure(_name(requirement.text))}
    return tuple(sorted(pin for pin in pins if _name(pin) not in taken))


def _caps(version: str) -> tuple[str, ...]:
    row = mlflow.by_version(version)
    bounds = ((name, getattr(row, f"{name}_below") if row else None) for name in _CAPPED)
    return tuple(sorted(f"{name}<{bound}" for name, bound in bounds if bound))


def _name(requirement: str) -> str:
    """The package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[=<]", requirement, maxsplit=1)[0]).lower()


def _misfit(
    text: str, path: PlanPath, version: str, lock: Lock | None, own: tuple[Requirement, ...]
) -> list[Diagnostic]:
    """What speaks against a package of the spec's: a cap of MLflow's, or the version in the lock."""
    name, _, pin = text.partition("==")
    name = _name(name)
    row = mlflow.by_version(version)
    bound = getattr(row, f"{name}_below") if row and name in _CAPPED else None
    # `3.0rc1` counts as 3.0, and what a wheel is built for does not count.
    numbers = re.match(r"[0-9.]*[0-9]", pin.rpartition("!")[2])
    if bound is not None and numbers and at_least(numbers[0], bound):
        return [
            fact_codes.CAPPED_PACKAGE.at(
                InSpec(path),
                f"MLflow {version} does not take {name} {pin}",
                help=f"write a version below {bound}, or leave it out",
            )
        ]
    pins = {one for requirement in own for one in lock.closure(_name(requirement.text))} if lock else set()
    locked = next((one for one in sorted(pins) if _name(one) == name), None)
    if locked is None or locked.partition("==")[2] == pin or (bound is None and name == "pyarrow"):
        return []
    return [
        fact_codes.PACKAGE_OUTSIDE_LOCK.at(
            InSpec(path),
            f"`{text}` takes the place of `{locked}`, with which all other versions were resolved",
            help="leave it out; accept this where that version is needed and the image was built with it",
        )
    ]


def _twice(text: str, path: PlanPath, first: PlanPath) -> Diagnostic:
    where = ".".join(str(part) for part in first)
    if first[:1] == ("images",) and "packages" in first:
        return codes.PACKAGE_PINNED_TWICE.at(
            InSpec(path), f"`{text}` pins a package that the list has already", help="keep one of them"
        )
    return codes.PACKAGE_PINNED_TWICE.at(
        InSpec(path),
        f"`{text}` pins a package that mlkc installs itself",
        help=f"leave it out; `{where}` decides its version",
    )


def system_packages(driver: Driver, release: Debian) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The apt packages that a driver needs to be built and to run."""
    build = [*driver.build_packages, *([release.mysql_dev] if driver.needs_mysql_library else [])]
    run = [release.mysql_runtime] if driver.needs_mysql_library else []
    return _pins(build, release), _pins(run, release)


def _pins(names: list[str], release: Debian) -> tuple[str, ...]:
    pins = (debian_packages.pin(name, release.codename) for name in sorted(names))
    return tuple(pin for pin in pins if pin is not None)
