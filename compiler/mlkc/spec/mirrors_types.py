"""Scalar types of `mirrors`."""

from typing import Annotated, Any

from mlkc.spec.annotate import AfterValidator
from mlkc.spec.network_types import check_url


def _preset_or_url(text: str) -> str:
    return check_url(text) if "://" in text else text


def one_mirror_for_all(data: Any) -> Any:
    """Reads `mirrors: NAME` as that preset for every kind."""
    return dict.fromkeys(("apt", "pip", "conda", "apache"), data) if isinstance(data, str) else data


PresetOrUrl = Annotated[str, AfterValidator(_preset_or_url)]
