"""Which Debian, Python, MLflow and Spark the images have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlkc.catalog import debian, defaults, mlflow, python, spark
from mlkc.catalog import version as versions
from mlkc.catalog.debian import Debian
from mlkc.diag import codes
from mlkc.diag.diagnostic import Diagnostic, Fix, InSpec
from mlkc.diag.suggest import closest
from mlkc.text.paths import SpecPath

if TYPE_CHECKING:
    from mlkc.spec.images import Images
    from mlkc.spec.stack import Settings


def unknown(path: SpecPath, what: str, value: str, known: list[str]) -> Diagnostic:
    """Reports a release that the catalogue does not have, with the nearest one that it has."""
    guess = closest(value, known)
    message = f"mlkc knows no {what} `{value}`"
    if guess:
        fix = Fix(f"replace it by `{guess}`", path, guess)
        return codes.UNKNOWN_RELEASE.at(InSpec(path), message, help=f"did you mean `{guess}`?", fixes=(fix,))
    listed = ", ".join(f"`{name}`" for name in known)
    return codes.UNKNOWN_RELEASE.at(InSpec(path), message, help=f"write one of {listed}")


def resolve_debian(images: Images, usual: str | None, found: list[Diagnostic]) -> Debian | None:
    """Looks up the Debian release; `usual` is the one of a base image that is known, else the default holds."""
    name = images.debian or usual or defaults.DEBIAN.value
    release = debian.by_codename(name)
    if release is None:
        found.append(
            unknown(("images", "debian"), "Debian release", name, [row.codename for row in debian.RELEASES])
        )
    return release


def resolve_python(images: Images, release: Debian, found: list[Diagnostic]) -> str | None:
    """Chooses Python's series: the spec's, else the default where this Debian has its image, else the newest."""
    if images.python is None:
        if images.base is not None or images.conda is not None or python.image(defaults.PYTHON.value, release.codename):
            return defaults.PYTHON.value
        return max(
            (row.series for row in python.IMAGES if row.debian == release.codename), key=versions.parse
        )
    if python.by_series(images.python) is None:
        found.append(
            unknown(("images", "python"), "Python", images.python, [row.series for row in python.SERIES])
        )
        return None
    return images.python


def resolve_base(images: Images, release: Debian, series: str, found: list[Diagnostic]) -> str | None:
    """Chooses the base image: the spec's, else the official Python image on this Debian."""
    if images.base is not None:
        return images.base
    image = python.image(series, release.codename)
    if image is not None:
        return f"python:{image.tag}"
    here = [row.series for row in python.IMAGES if row.debian == release.codename]
    found.append(
        codes.NO_BASE_IMAGE.at(
            InSpec(("images", "python")),
            f"there is no official image of Python {series} on Debian {release.codename}",
            help=f"write a Python that it has ({', '.join(here)}), a Debian that has this one "
            f"({', '.join(python.debians(series))}), or an image of your own as `images.base`",
        )
    )
    return None


def mlflow_version(settings: Settings, series: str | None = None) -> str:
    """Gives MLflow's version: the spec's, else the default, else the newest one for a Python that is too old.

    Args:
        settings: the stack, or one environment's.
        series: Python's series, where it is known better than the spec says.
    """
    if settings.mlflow.version is not None:
        return settings.mlflow.version
    default = mlflow.by_version(defaults.MLFLOW.value)
    series = series or settings.images.python or defaults.PYTHON.value
    if default is None or python.by_series(series) is None or versions.at_least(series, default.python_min):
        return defaults.MLFLOW.value
    newest = mlflow.newest_for(series)
    return newest.version if newest else defaults.MLFLOW.value


def check_mlflow(version: str, found: list[Diagnostic]) -> None:
    """Refuses an MLflow that never was; one newer than the catalogue only warns."""
    if mlflow.by_version(version) is None:
        known = [row.version for row in mlflow.RELEASES]
        found.append(_newer_or_unknown(("mlflow", "version"), "MLflow", version, known))


def resolve_spark(images: Images, series: str, java: int, found: list[Diagnostic]) -> str:
    """Chooses Spark: the spec's, else the default if it runs on this Java and Python, else the newest that does."""
    if images.spark is not None:
        if spark.by_version(images.spark) is None:
            known = [row.latest for row in spark.SERIES]
            found.append(_newer_or_unknown(("images", "spark"), "Spark", images.spark, known))
        return images.spark
    fits = [
        row
        for row in spark.SERIES
        if java in row.java
        and versions.at_least(series, row.python_min)
        and (row.python_max is None or versions.at_least(row.python_max, series))
    ]
    if not fits or spark.by_version(defaults.SPARK.value) in fits:
        return defaults.SPARK.value
    return fits[-1].latest


def _newer_or_unknown(path: SpecPath, what: str, version: str, known: list[str]) -> Diagnostic:
    newest = max(known, key=versions.parse)
    if versions.at_least(newest, version):
        return unknown(path, what, version, known)
    return codes.NEWER_THAN_KNOWN.at(
        InSpec(path),
        f"{what} {version} is newer than this mlkc knows",
        notes=(f"the newest that it knows is {newest}",),
        help="nothing was checked against it: build and try the image before you deploy it",
    )
