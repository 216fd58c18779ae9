"""`mirrors`: where packages come from when the image is built."""

from typing import Any

from pydantic import ConfigDict, Field

from mlkc.spec.mirrors_types import PresetOrUrl
from mlkc.spec.model import SpecModel


def _text_or_mapping(schema: dict[str, Any]) -> None:
    """The JSON Schema, for editors: one preset for all kinds, or the mapping."""
    mapping = dict(schema)
    schema.clear()
    schema["anyOf"] = [{"type": "string"}, mapping]


class Mirrors(SpecModel):
    """A preset for all kinds of package, or for each kind a preset's name or a URL; else the public hosts."""

    model_config = ConfigDict(json_schema_extra=_text_or_mapping)

    apt: PresetOrUrl | None = Field(
        default=None,
        description="Debian packages: a preset or a URL such as `https://HOST/debian`; security updates are "
        "expected beside it, at `https://HOST/debian-security`.",
    )
    pip: PresetOrUrl | None = Field(
        default=None, description="Python packages: a preset or an index URL that ends in `/simple`."
    )
    conda: PresetOrUrl | None = Field(
        default=None, description="conda packages: a preset or a URL such as `https://HOST/anaconda`."
    )
    apache: PresetOrUrl | None = Field(
        default=None, description="Hadoop's tarball: a preset or a URL such as `https://HOST/apache`."
    )
