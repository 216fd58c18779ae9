"""The Hadoop client: where its tarball comes from and what proves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlkc.catalog import debian_packages, defaults, hadoop
from mlkc.catalog.debian import Debian
from mlkc.diag import codes
from mlkc.diag.diagnostic import Diagnostic, Fix, InSpec
from mlkc.diag.suggest import closest
from mlkc.plan.images.model import HadoopClient
from mlkc.plan.stack import HdfsPlan

if TYPE_CHECKING:
    from mlkc.spec.images import HadoopDistribution


def resolve_hadoop(
    distribution: HadoopDistribution,
    mirror: str | None,
    release: Debian,
    hdfs: HdfsPlan,
    found: list[Diagnostic],
) -> HadoopClient:
    """Decides where the tarball comes from.

    Args:
        distribution: the section.
        mirror: base URL of an Apache mirror, or None.
        release: the Debian of the image, whose curl does the download.
        hdfs: the cluster, for the configuration files.
        found: takes the diagnostics.
    """
    version = distribution.version or defaults.HADOOP.value
    row = hadoop.by_version(version)
    sha512 = distribution.sha512 or (row.checksum() if row else None)
    download = distribution.source == "download"
    if download and sha512 is None:
        found.append(_no_checksum(version))
    return HadoopClient(
        version=version,
        tarball=row.tarball() if row else f"hadoop-{version}.tar.gz",
        urls=_urls(version, row, mirror) if download else (),
        fetch_packages=_fetch_packages(release) if download else (),
        sha512=sha512,
        core_site=hdfs.core_site,
        hdfs_site=hdfs.hdfs_site,
    )


def _urls(version: str, row: hadoop.Hadoop | None, mirror: str | None) -> tuple[str, ...]:
    """The mirror first; the archive last, because every other host drops a release when a newer one is out."""
    if row is None:
        return (f"{hadoop.ARCHIVE}/hadoop/common/hadoop-{version}/hadoop-{version}.tar.gz",)
    bases = [mirror] if mirror else [hadoop.CURRENT] if row.current else []
    return tuple(row.url(base) for base in (*bases, hadoop.ARCHIVE))


def _fetch_packages(release: Debian) -> tuple[str, ...]:
    pins = (debian_packages.pin(name, release.codename) for name in ("ca-certificates", "curl"))
    return tuple(pin for pin in pins if pin is not None)


def _no_checksum(version: str) -> Diagnostic:
    place = InSpec(("images", "hadoop", "version"))
    checked = [row.version for row in hadoop.RELEASES if row.checksum()]
    guess = closest(version, checked) if hadoop.by_version(version) is None else None
    return codes.NO_CHECKSUM.at(
        place,
        f"mlkc has no checksum of Hadoop {version}, so it can't be downloaded",
        help=(f"did you mean `{guess}`? Else a" if guess else "a")
        + "dd `images.hadoop.sha512`, or `source: folder` and put the tarball into the build folders",
        notes=(f"it has those of {', '.join(checked)}",),
        fixes=(Fix(f"replace it by `{guess}`", ("images", "hadoop", "version"), guess),) if guess else (),
    )
