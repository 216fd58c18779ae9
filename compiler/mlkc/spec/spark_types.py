"""Scalar types of `client.gpu`."""

from typing import Annotated

from mlkc.spec.annotate import AfterValidator
from mlkc.spec.name_types import LabelKey
from mlkc.spec.types import refuse


def _extended(text: str) -> str:
    domain, _, _ = text.rpartition("/")
    if domain and "kubernetes.io" not in domain and not text.startswith("requests."):
        return text
    refuse(
        "invalid-label",
        f"`{text}` is not a resource that a device plugin offers",
        "write its name with the vendor's domain, such as `nvidia.com/gpu`",
    )


ExtendedResource = Annotated[LabelKey, AfterValidator(_extended)]
