"""A Python requirement of the spec: one package at one version, and nothing that pip would take for an option."""

import re
from typing import Annotated

from mlkc.spec.annotate import AfterValidator
from mlkc.spec.types import refuse

# Names and versions as the packaging specifications have them (PEP 508 and 440), without what is optional there.
_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
_LOCAL = r"(?:\+[a-z0-9]+(?:\.[a-z0-9]+)*)?"
_VERSION = rf"(?:[0-9]+!)?[0-9]+(?:\.[0-9]+)*(?:(?:a|b|rc)[0-9]+)?(?:\.post[0-9]+)?(?:\.dev[0-9]+)?{_LOCAL}"
_PINNED = re.compile(rf"{_NAME}(?:\[{_NAME}(?:,{_NAME})*\])?=={_VERSION}")


def _requirement(text: str) -> str:
    if len(text) > 200 or not _PINNED.fullmatch(text):
        name = re.match(_NAME, text)
        refuse(
            "invalid-requirement",
            f"`{text}` is not one package at one version",
            f"write `{name[0]}==VERSION`" if name else "write `NAME==VERSION`, such as `boto3==1.40.1`",
        )
    return text


# A package and a version, or the beginning of one, as `conda install` takes them.
_CONDA = re.compile(r"[a-z0-9_][a-z0-9._-]*=[0-9][A-Za-z0-9._]*")


def _conda_package(text: str) -> str:
    if len(text) > 100 or not _CONDA.fullmatch(text):
        name = re.match(r"[a-z0-9_][a-z0-9._-]*", text)
        refuse(
            "invalid-requirement",
            f"`{text}` is not one conda package at one version",
            f"write `{name[0] if name else 'NAME'}=VERSION`",
        )
    return text


PinnedRequirement = Annotated[str, AfterValidator(_requirement)]
CondaPackage = Annotated[str, AfterValidator(_conda_package)]
