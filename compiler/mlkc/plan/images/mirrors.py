"""Mirrors: a preset's name or a URL becomes the hosts that packages come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from msgspec import Struct

from mlkc.catalog import mirrors as catalogue
from mlkc.catalog.debian import Debian
from mlkc.catalog.mirrors import Mirror
from mlkc.diag import codes
from mlkc.diag.diagnostic import Diagnostic, Fix, InSpec
from mlkc.diag.suggest import closest
from mlkc.plan.images.model import AptSources, PipIndex
from mlkc.text.paths import PlanPath

if TYPE_CHECKING:
    from mlkc.spec.mirrors import Mirrors

Kind = Literal["apt", "pip", "conda", "apache"]
KINDS: tuple[Kind, ...] = ("apt", "pip", "conda", "apache")
_KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
_SERVED: dict[str, str] = {"apt": "apt", "pip": "pip", "conda": "conda_cloud", "apache": "apache"}
_NOUN: dict[str, str] = {
    "apt": "Debian packages",
    "pip": "Python packages",
    "conda": "conda packages",
    "apache": "Apache releases",
    "apt_archive": "archived Debian releases",
}


class Chosen(Struct, frozen=True):
    """What one kind of package is to come from: a preset, a URL, or neither for the public hosts."""

    preset: Mirror | None = None
    url: str | None = None


def one_for_all(mirrors: Mirrors) -> bool:
    """Whether one preset is named for all kinds, in which case what it lacks stays on the public host."""
    return len({getattr(mirrors, kind) for kind in KINDS}) == 1


def choose(mirrors: Mirrors, found: list[Diagnostic]) -> dict[Kind, Chosen]:
    """Looks up what the spec names for each kind; adds a diagnostic for each name that doesn't serve."""
    if one_for_all(mirrors):
        return _everywhere(mirrors.apt, found)
    return {kind: _one(kind, getattr(mirrors, kind), found) for kind in KINDS}


def _everywhere(name: str | None, found: list[Diagnostic]) -> dict[Kind, Chosen]:
    preset = catalogue.by_name(name) if name is not None else None
    if preset is None:
        if name is not None:
            found.append(_unknown(("mirrors",), name))
        return dict.fromkeys(KINDS, Chosen())
    return {kind: Chosen(preset if _serves(preset, kind) else None) for kind in KINDS}


def _one(kind: Kind, name: str | None, found: list[Diagnostic]) -> Chosen:
    if name is None or "://" in name:
        return Chosen(url=name)
    preset = catalogue.by_name(name)
    if preset is None:
        found.append(_unknown(("mirrors", kind), name))
    elif not _serves(preset, kind):
        found.append(_not_served(kind, _SERVED[kind], preset))
    else:
        return Chosen(preset)
    return Chosen()


def _serves(preset: Mirror, kind: Kind) -> bool:
    return getattr(preset, _SERVED[kind]) is not None


def _unknown(path: tuple[str, ...], name: str) -> Diagnostic:
    presets = ", ".join(f"`{preset}`" for preset in catalogue.names())
    if "://" in name:
        return codes.UNKNOWN_MIRROR.at(
            InSpec(path),
            "one URL can't serve every kind of package",
            help="write one for each kind: `mirrors: {apt: …, pip: …, apache: …}`",
        )
    guess = closest(name, catalogue.names())
    message = f"`{name}` is neither the name of a mirror nor a URL"
    if guess:
        return codes.UNKNOWN_MIRROR.at(
            InSpec(path),
            message,
            help=f"did you mean `{guess}`?",
            fixes=(Fix(f"replace it by `{guess}`", path, guess),),
        )
    return codes.UNKNOWN_MIRROR.at(InSpec(path), message, help=f"write a URL, or one of {presets}")


def _not_served(kind: Kind, column: str, preset: Mirror) -> Diagnostic:
    noun = _NOUN[column if column in _NOUN else kind]
    others = [row.name for row in catalogue.MIRRORS if getattr(row, column) is not None]
    return codes.MIRROR_LACKS_KIND.at(
        InSpec(("mirrors", kind)),
        f"the mirror `{preset.name}` does not serve {noun}",
        help="leave it out, write a URL, or name "
        + (" or ".join(f"`{other}`" for other in others) if others else "another host"),
    )


def apt_sources(
    chosen: Chosen, release: Debian, everywhere: bool, bare: bool, found: list[Diagnostic]
) -> AptSources | None:
    """Writes the package sources, when the base image's own will not do.

    Args:
        chosen: the mirror.
        release: the Debian in the image.
        bare: the image is nothing but Debian, without the certificates that https needs.
        everywhere: the mirror is named for all kinds at once, so what it lacks stays on the public host.
        found: takes the diagnostics.
    """
    hosts = _mirrored(chosen, release)
    if hosts is None and chosen.preset is not None and not everywhere:
        found.append(_not_served("apt", "apt_archive", chosen.preset))
    if hosts is None and not release.archived:
        return None
    path: PlanPath = ("images", "debian") if hosts is None else ("mirrors", "apt")
    main, security = hosts or (release.main_url, release.security_url)
    if bare or not release.apt_https:
        if chosen.url is not None and chosen.url.startswith("https:"):
            found.append(_needs_http(chosen.url, release))
        main, security = (url.replace("https:", "http:", 1) for url in (main, security))
    if release.sources_format == "list":
        return AptSources("sources.list", "/etc/apt/sources.list", _one_line(release, main, security), path)
    target = "/etc/apt/sources.list.d/debian.sources"
    return AptSources("debian.sources", target, _deb822(release, main, security), path)


def _mirrored(chosen: Chosen, release: Debian) -> tuple[str, str] | None:
    """Where the mirror has this release's packages and security updates; None without a mirror that has them."""
    if chosen.url is not None:
        return chosen.url, f"{chosen.url}-security"
    if chosen.preset is None:
        return None
    main, security = chosen.preset.apt, chosen.preset.apt_security
    if release.archived:
        main, security = chosen.preset.apt_archive, chosen.preset.apt_archive_security
    return None if main is None else (main, security or release.security_url)


def _needs_http(url: str, release: Debian) -> Diagnostic:
    plain = url.replace("https:", "http:", 1)
    return codes.APT_WITHOUT_HTTPS.at(
        InSpec(("mirrors", "apt")),
        f"apt in Debian {release.codename} can't read `{url}`: it knows no https, or has no certificates yet",
        help=f"write `{plain}`; apt checks signatures all the same",
        fixes=(Fix(f"replace it by `{plain}`", ("mirrors", "apt"), plain),),
    )


def _suites(release: Debian) -> list[str]:
    return [release.codename, *([f"{release.codename}-updates"] if release.has_updates else [])]


def _one_line(release: Debian, main: str, security: str) -> str:
    options = "" if release.check_valid_until else "[check-valid-until=no] "
    pairs = [(main, suite) for suite in _suites(release)] + [(security, release.security_suite)]
    return "\n".join(f"deb {options}{url} {suite} main" for url, suite in pairs)


def _deb822(release: Debian, main: str, security: str) -> str:
    def stanza(url: str, suites: list[str]) -> str:
        lines = [
            "Types: deb",
            f"URIs: {url}",
            f"Suites: {' '.join(suites)}",
            "Components: main",
            f"Signed-By: {_KEYRING}",
        ]
        if not release.check_valid_until:
            lines.append("Check-Valid-Until: no")
        return "\n".join(lines)

    return "\n\n".join((stanza(main, _suites(release)), stanza(security, [release.security_suite])))


def pip_index(chosen: Chosen) -> PipIndex | None:
    """The index for pip; a plain http host must be trusted by name, or pip ignores it."""
    url = chosen.url or (chosen.preset.pip if chosen.preset else None)
    if url is None:
        return None
    parts = urlsplit(url)
    return PipIndex(url, parts.hostname if parts.scheme == "http" else None)


def apache(chosen: Chosen) -> str | None:
    """Base URL of the Apache releases, or None for the public hosts."""
    return chosen.url or (chosen.preset.apache if chosen.preset else None)
