"""What labels, annotations and the account that has them say to be refused or read another way, without pydantic."""

import re
from typing import Annotated, Any

from mlkc.spec.annotate import AfterValidator
from mlkc.spec.name_types import LabelKey, LabelValue, host_name
from mlkc.spec.types import PlainLines, refuse

# Of all keys and values: TotalAnnotationSizeLimitB in apimachinery/pkg/api/validation/objectmeta.go of Kubernetes.
_MOST_BYTES = 256 * 1024


def _annotation_key(text: str) -> str:
    """A qualified name, whose case the server does not mind; apimachinery/pkg/api/validation/objectmeta.go."""
    prefix, slash, name = text.rpartition("/")
    if re.fullmatch(r"(?i)true|false|null|[0-9][0-9a-fobx_.-]*", text):
        # Seen with kubectl 1.37.1: kustomize writes the annotations of an object again, their keys without quotes.
        refuse(
            "invalid-label",
            f"kustomize takes the annotation's key `{text}` for something else than a text",
            f"write it below a domain: `example.com/{text}`",
        )
    if prefix:
        host_name(prefix.lower())
    if (
        bool(prefix) == bool(slash)
        and len(name) <= 63
        and re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?", name)
    ):
        return text
    refuse(
        "invalid-label",
        f"`{text}` is not an annotation's key",
        "write `name` or `example.com/name`, the name up to 63 characters",
    )


def _in_bounds(annotations: dict[str, str]) -> dict[str, str]:
    size = sum(len(text.encode()) for pair in annotations.items() for text in pair)
    if size > _MOST_BYTES:
        refuse(
            "invalid-label",
            f"these annotations have {size} bytes, and Kubernetes takes {_MOST_BYTES} of an object",
            "put what is long into a ConfigMap",
        )
    return annotations


def plain_name(data: Any) -> Any:
    """Reads `serviceAccount: NAME` as the name of the account."""
    return {"name": data} if isinstance(data, str) else data


Labels = dict[LabelKey, LabelValue]
Annotations = Annotated[
    dict[Annotated[str, AfterValidator(_annotation_key)], PlainLines], AfterValidator(_in_bounds)
]
