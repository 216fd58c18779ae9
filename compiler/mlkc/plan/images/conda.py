"""Miniconda: the base, what conda installs, and its configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlkc.catalog import debian_packages, miniconda
from mlkc.catalog.debian import Debian
from mlkc.diag import codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.images.mirrors import Chosen
from mlkc.plan.images.model import CondaPackages, ImageName, Installer, Requirement
from mlkc.plan.images.releases import unknown
from mlkc.text.paths import PlanPath

if TYPE_CHECKING:
    from mlkc.spec.images import Conda, Images

_PATH: PlanPath = ("images", "conda")


def conda_debian(images: Images) -> str | None:
    """The Debian under the image of this Miniconda; None where none decides it."""
    conda = images.conda
    row = miniconda.by_name(conda.installer) if conda and conda.base == "pull" and not images.base else None
    return row.image_debian if row else None


def conda_base(images: Images, conda: Conda, release: Debian, found: list[Diagnostic]) -> str | None:
    """Chooses the base image: the spec's, else bare Debian to build on, else the image of this Miniconda."""
    row = miniconda.by_name(conda.installer)
    if row is None:
        known = [row.name for row in miniconda.INSTALLERS]
        found.append(unknown((*_PATH, "installer"), "Miniconda", conda.installer, known))
        return None
    if images.base is not None:
        return images.base
    if conda.base == "build":
        return f"debian:{release.codename}-slim"
    if row.image_tag is not None and row.image_debian == release.codename:
        return f"{miniconda.IMAGE}:{row.image_tag}"
    other = f"; its image is of Debian {row.image_debian}" if row.image_debian else ""
    found.append(
        codes.NO_BASE_IMAGE.at(
            InSpec((*_PATH, "installer")),
            f"mlkc knows no image of Miniconda {row.name} on Debian {release.codename}{other}",
            help="write `base: build` under `images.conda`, or an image of your own as `images.base`",
        )
    )
    return None


def resolve_conda(
    conda: Conda, image: ImageName, series: str, own: tuple[Requirement, ...], chosen: Chosen, release: Debian
) -> CondaPackages:
    """Decides what conda installs.

    Args:
        conda: the section.
        image: whose packages.
        series: Python's series.
        own: the driver, if conda has it.
        chosen: the mirror.
        release: the Debian of a base that is built.
    """
    pinned = [Requirement(text, (*_PATH, "packages", at)) for at, text in enumerate(conda.packages)]
    names = {entry.text.partition("=")[0] for entry in pinned}
    usual = (Requirement(f"python={series}", ("images", "python")), Requirement("pip", _PATH), *own)
    # A driver that is pinned for the server is no business of the client.
    foreign = set() if image == "server" else {"mysqlclient"}
    packages = [entry for entry in usual if entry.text.partition("=")[0] not in names] + pinned
    return CondaPackages(
        channel=conda.channel,
        packages=tuple(entry for entry in packages if entry.text.partition("=")[0] not in foreign),
        condarc=_condarc(conda.channel, chosen),
        condarc_path=("mirrors", "conda") if chosen.url or chosen.preset else (*_PATH, "channel"),
        installer=_installer(conda, chosen, release) if conda.base == "build" else None,
    )


def check_conda(
    conda: Conda, series: str, chosen: Chosen, everywhere: bool, found: list[Diagnostic]
) -> None:
    """Refuses a mirror without the channel, and a Python of another series."""
    preset = chosen.preset
    if preset is not None and conda.channel == "defaults" and preset.conda_pkgs is None and not everywhere:
        found.append(
            codes.MIRROR_LACKS_KIND.at(
                InSpec(("mirrors", "conda")),
                f"the mirror `{preset.name}` does not serve the channel `defaults`",
                help="write `channel: conda-forge` under `images.conda`, or name a mirror that has it",
            )
        )
    for at, text in enumerate(conda.packages):
        name, _, version = text.partition("=")
        if name == "python" and version != series and not version.startswith(f"{series}."):
            found.append(
                codes.PACKAGE_PINNED_TWICE.at(
                    InSpec((*_PATH, "packages", at)),
                    f"`{text}` is not the Python {series} of `images.python`",
                    help="make the two agree",
                )
            )


def _condarc(channel: str, chosen: Chosen) -> tuple[str, ...]:
    """The channel, and where a mirror has it; conda appends a community channel's name to its URL."""
    lines = ["channels:", f"  - {channel}", "show_channel_urls: true"]
    pkgs, cloud = _bases(chosen)
    if pkgs is not None:
        lines += ["default_channels:", f"  - {pkgs}/main", f"  - {pkgs}/r"]
    if cloud is not None:
        lines += ["custom_channels:", f"  conda-forge: {cloud}"]
    return tuple(lines)


def _bases(chosen: Chosen) -> tuple[str | None, str | None]:
    if chosen.url is not None:
        return f"{chosen.url}/pkgs", f"{chosen.url}/cloud"
    preset = chosen.preset
    return (preset.conda_pkgs, preset.conda_cloud) if preset else (None, None)


def _installer(conda: Conda, chosen: Chosen, release: Debian) -> Installer | None:
    row = miniconda.by_name(conda.installer)
    if row is None or row.x86_64 is None:
        return None
    pkgs, _ = _bases(chosen)
    # The mirrors that have Anaconda's channels have its installers beside them; the checksum proves what comes.
    mirrors = [f"{pkgs.removesuffix('/pkgs')}/miniconda"] if pkgs else []
    names = ("bzip2", "ca-certificates", "curl", "tini")
    pins = (debian_packages.pin(name, release.codename) for name in names)
    return Installer(
        urls=tuple(f"{base}/{row.file_name()}" for base in (*mirrors, miniconda.BASE)),
        sha256=row.x86_64,
        packages=tuple(pin for pin in pins if pin is not None),
    )
