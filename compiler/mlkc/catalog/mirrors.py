"""Public package mirrors that a spec may name as a preset, and what each of them serves."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog.source import Source


class Mirror(Struct, frozen=True):
    """One mirror. Every URL is a base without a trailing slash; None where it does not serve that kind.

    Attributes:
        name: the preset's name in a spec.
        title: who runs it.
        apt: base of the Debian packages, in place of deb.debian.org/debian.
        apt_security: base of the security updates.
        apt_archive: base of the archived releases, in place of archive.debian.org/debian.
        apt_archive_security: base of their security updates.
        apt_elts: base of Freexian's extended updates for archived releases; signed with a key of its own.
        pip: the package index for pip, ending in `simple`.
        conda_pkgs: base of Anaconda's own channels: `…/pkgs/main` stands in `default_channels`.
        conda_cloud: base of the community channels, for `custom_channels`: conda appends the channel's name.
        conda_channels: the community channels that it has; empty for all of them.
        apache: base of the Apache releases, in place of dlcdn.apache.org; current releases only.
        maven: base of the Maven Central copy.
    """

    name: str
    title: str
    apt: str | None
    apt_security: str | None
    apt_archive: str | None
    apt_archive_security: str | None
    apt_elts: str | None
    pip: str | None
    conda_pkgs: str | None
    conda_cloud: str | None
    conda_channels: tuple[str, ...]
    apache: str | None
    maven: str | None
    source: Source
    doubts: tuple[str, ...] = ()


_DOCS: Final = Source(
    "read", "the mirror's own help pages, cells under doubts third-party files only", "2026-11"
)

MIRRORS: Final = (
    Mirror(
        name="tuna",
        title="Tsinghua University",
        apt="https://mirrors.tuna.tsinghua.edu.cn/debian",
        apt_security="https://mirrors.tuna.tsinghua.edu.cn/debian-security",
        apt_archive=None,
        apt_archive_security=None,
        apt_elts="https://mirrors.tuna.tsinghua.edu.cn/debian-elts",
        pip="https://pypi.tuna.tsinghua.edu.cn/simple",
        conda_pkgs="https://mirrors.tuna.tsinghua.edu.cn/anaconda/pkgs",
        conda_cloud="https://mirrors.tuna.tsinghua.edu.cn/anaconda/cloud",
        conda_channels=(),
        apache="https://mirrors.tuna.tsinghua.edu.cn/apache",
        maven=None,
        source=_DOCS,
    ),
    Mirror(
        name="bfsu",
        title="Beijing Foreign Studies University",
        apt="https://mirrors.bfsu.edu.cn/debian",
        apt_security="https://mirrors.bfsu.edu.cn/debian-security",
        apt_archive=None,
        apt_archive_security=None,
        apt_elts="https://mirrors.bfsu.edu.cn/debian-elts",
        pip="https://mirrors.bfsu.edu.cn/pypi/web/simple",
        conda_pkgs="https://mirrors.bfsu.edu.cn/anaconda/pkgs",
        conda_cloud="https://mirrors.bfsu.edu.cn/anaconda/cloud",
        conda_channels=(),
        apache="https://mirrors.bfsu.edu.cn/apache",
        maven=None,
        source=_DOCS,
        doubts=("apt_elts",),
    ),
    Mirror(
        name="ustc",
        title="University of Science and Technology of China",
        apt="https://mirrors.ustc.edu.cn/debian",
        apt_security="https://mirrors.ustc.edu.cn/debian-security",
        apt_archive=None,
        apt_archive_security=None,
        apt_elts=None,
        pip="https://mirrors.ustc.edu.cn/pypi/simple",
        # Anaconda's own channels are not served, so `defaults` does not work through this mirror.
        conda_pkgs=None,
        conda_cloud="https://mirrors.ustc.edu.cn/anaconda/cloud",
        conda_channels=("bioconda", "conda-forge"),
        apache="https://mirrors.ustc.edu.cn/apache",
        maven=None,
        source=_DOCS,
    ),
    Mirror(
        name="aliyun",
        title="Alibaba Cloud",
        apt="https://mirrors.aliyun.com/debian",
        apt_security="https://mirrors.aliyun.com/debian-security",
        apt_archive="https://mirrors.aliyun.com/debian-archive/debian",
        apt_archive_security="https://mirrors.aliyun.com/debian-archive/debian-security",
        apt_elts=None,
        pip="https://mirrors.aliyun.com/pypi/simple",
        conda_pkgs="https://mirrors.aliyun.com/anaconda/pkgs",
        conda_cloud="https://mirrors.aliyun.com/anaconda/cloud",
        conda_channels=(),
        apache="https://mirrors.aliyun.com/apache",
        maven="https://maven.aliyun.com/repository/public",
        source=_DOCS,
    ),
    Mirror(
        name="huawei",
        title="Huawei Cloud",
        apt="https://mirrors.huaweicloud.com/debian",
        apt_security="https://mirrors.huaweicloud.com/debian-security",
        apt_archive="https://mirrors.huaweicloud.com/debian-archive/debian",
        apt_archive_security=None,
        apt_elts=None,
        pip="https://mirrors.huaweicloud.com/repository/pypi/simple",
        # Files name a conda path here, but it is doubtful that packages arrive through it.
        conda_pkgs=None,
        conda_cloud=None,
        conda_channels=(),
        apache="https://mirrors.huaweicloud.com/apache",
        maven="https://mirrors.huaweicloud.com/repository/maven",
        source=_DOCS,
        doubts=("apt_archive", "apt_archive_security", "conda_pkgs", "conda_cloud"),
    ),
    Mirror(
        name="tencent",
        title="Tencent Cloud",
        apt="https://mirrors.cloud.tencent.com/debian",
        apt_security="https://mirrors.cloud.tencent.com/debian-security",
        apt_archive=None,
        apt_archive_security=None,
        apt_elts=None,
        pip="https://mirrors.cloud.tencent.com/pypi/simple",
        # As with Huawei: doubtful.
        conda_pkgs=None,
        conda_cloud=None,
        conda_channels=(),
        apache="https://mirrors.cloud.tencent.com/apache",
        maven="https://mirrors.cloud.tencent.com/nexus/repository/maven-public",
        source=_DOCS,
        doubts=("conda_pkgs", "conda_cloud"),
    ),
    Mirror(
        name="sjtu",
        title="Shanghai Jiao Tong University",
        apt="https://mirror.sjtu.edu.cn/debian",
        apt_security="https://mirror.sjtu.edu.cn/debian-security",
        apt_archive=None,
        apt_archive_security=None,
        apt_elts=None,
        pip="https://mirror.sjtu.edu.cn/pypi/web/simple",
        conda_pkgs="https://mirror.sjtu.edu.cn/anaconda/pkgs",
        conda_cloud="https://mirror.sjtu.edu.cn/anaconda/cloud",
        conda_channels=(),
        apache=None,
        maven=None,
        source=_DOCS,
        doubts=("apache", "maven"),
    ),
)


def by_name(name: str) -> Mirror | None:
    """Finds a preset by its name in a spec."""
    return next((row for row in MIRRORS if row.name == name), None)


def names() -> tuple[str, ...]:
    """Lists the presets in the order of the table."""
    return tuple(row.name for row in MIRRORS)
