"""Checksums of Hadoop's binary tarballs: without one, a tarball may not be fetched by URL."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from mlkc.catalog.source import Source

#: `lean` leaves out the cloud SDKs; its native libraries are those of x86-64.
Variant = Literal["x86_64", "aarch64", "lean"]


class Checksum(Struct, frozen=True):
    """The sha512 of one tarball.

    Attributes:
        version: the release, `3.4.3`.
        variant: which of the release's tarballs.
        sha512: 128 lower-case hexadecimal digits.
    """

    version: str
    variant: Variant
    sha512: str
    source: Source
    doubts: tuple[str, ...] = ()


_ROLE: Final = Source(
    "read", "andrewrothstein/ansible-hadoop defaults/main.yml, copied from the .sha512", "2026-11"
)
_TWICE: Final = Source(
    "read", "andrewrothstein/ansible-hadoop and other public Dockerfiles, equal", "2026-11"
)
_FILES: Final = Source("read", "several public Dockerfiles of different authors, equal", "2026-11")
_ONE: Final = Source("read", "one public Dockerfile or build script", "2026-11")

# Two lines a digest: it has 128 digits.
CHECKSUMS: Final = (
    Checksum(
        "3.2.1",
        "x86_64",
        "d62709c3d7144fcaafc60e18d0fa03d7d477cc813e45526f3646030cd87dbf01"
        "0aeccf3f4ce795b57b08d2884b3a55f91fe9d74ac144992d2dfe444a4bbf34ee",
        _ROLE,
    ),
    Checksum(
        "3.3.0",
        "x86_64",
        "9ac5a5a8d29de4d2edfb5e554c178b04863375c5644d6fea1f6464ab4a7e22a5"
        "0a6c43253ea348edbd114fc534dcde5bdd2826007e24b2a6b0ce0d704c5b4f5b",
        _ROLE,
    ),
    Checksum(
        "3.3.1",
        "x86_64",
        "2fd0bf74852c797dc864f373ec82ffaa1e98706b309b30d1effa91ac399b477e"
        "1accc1ee74d4ccbb1db7da1c5c541b72e4a834f131a99f2814b030fbd043df66",
        _TWICE,
    ),
    Checksum(
        "3.3.2",
        "x86_64",
        "e8dcc18b1413664f7d6a12803eccdeb60fd786f3f91dda40410dc069d4dd911d"
        "af0f7d024b4351288b788d6a7aa4124607dbf94ac2f8d2fba5c826c8bea7c13d",
        _ROLE,
    ),
    Checksum(
        "3.3.3",
        "x86_64",
        "1f5762682cef3daff8b2379fe7e40efca107bb7e8dcaa4a513e3bc0c08206775"
        "9dd05d493ec997433dde2c89ea63dbc93aee0bba60045f89d3ec2d3f687f58b3",
        _ROLE,
    ),
    Checksum(
        "3.3.4",
        "x86_64",
        "ca5e12625679ca95b8fd7bb7babc2a8dcb2605979b901df9ad13717871882109"
        "7b67555115fafc6dbf6bb32b61864ccb6786dbc555e589694a22bf69147780b4",
        _TWICE,
    ),
    Checksum(
        "3.3.6",
        "x86_64",
        "de3eaca2e0517e4b569a88b63c89fae19cb8ac6c01ff990f1ff8f0cc0f3128c8"
        "e8a23db01577ca562a0e0bb1b4a3889f8c74384e609cd55e537aada3dcaa9f8a",
        _TWICE,
    ),
    Checksum(
        "3.4.0",
        "x86_64",
        "6f653c0109f97430047bd3677c50da7c8a2809d153b231794cf980b3208a6b4b"
        "eff8ff1a03a01094299d459a3a37a3fe16731629987165d71f328657dbf2f24c",
        _TWICE,
    ),
    Checksum(
        "3.4.1",
        "x86_64",
        "09cda6943625bc8e4307deca7a4df76d676a51aca1b9a0171938b793521dfe1a"
        "b5970fdb9a490bab34c12a2230ffdaed2992bad16458169ac51b281be1ab6741",
        _TWICE,
    ),
    Checksum(
        "3.4.2",
        "x86_64",
        "79a383e156022d6690da359120b25db8146452265d92a4e890d9ea78c2078a01"
        "b661daf78163ee9b4acef7106b01fd5c8d1a55f7ad284f88b31ab3f402ae3acf",
        _FILES,
    ),
    Checksum(
        "3.4.3",
        "x86_64",
        "e25be7e57b4d3c5bfe83895844321a21d6cf7331266d524d8983c27cf484e576"
        "c3d79b3b60d590f8cddecf16229d0e232de2491b1b61b362ee7d67072c7290e1",
        _FILES,
    ),
    Checksum(
        "3.4.3",
        "aarch64",
        "2f5c1719b801eedecc5bbed0d4c6d61d7c4850dbb5944fb79da24474f694cb5d"
        "0f00b07d1b54cade83f6ca492e1697225f47737cc1a4478ca04102062cf314d5",
        _ONE,
    ),
    Checksum(
        "3.5.0",
        "x86_64",
        "04ab94496cc00c8b7a28d03f6308eff8d2a4e7f37a9da5e8e086e4d6fc990e7a"
        "94d661908f6a6136039536efb362614b8aecdef185b5fb8ed588f0b152c7aa16",
        _FILES,
    ),
    Checksum(
        "3.5.0",
        "aarch64",
        "feaa20fea4709050ee993aae23b05720383a0d65aeda97c68d042e52564e8e77"
        "a83196a5a6973abdc690a1e600a73308ade56ccf9baeec231d1cf0810703430f",
        _ONE,
    ),
)


def sha512(version: str, variant: Variant = "x86_64") -> str | None:
    """Gives the checksum of a tarball, or None where none is known."""
    return next((row.sha512 for row in CHECKSUMS if (row.version, row.variant) == (version, variant)), None)
