"""`mirrors`: where packages come from when the image is built."""

from __future__ import annotations

from pydantic import Field

from mlkc.spec.model import SpecModel


class Mirrors(SpecModel):
    """A preset's name or a URL for each kind of package; the public hosts where it is left out."""

    apt: str | None = Field(
        None, description="Debian packages: a preset or a URL such as `https://HOST/debian`."
    )
    pip: str | None = Field(
        None, description="Python packages: a preset or an index URL that ends in `/simple`."
    )
    conda: str | None = Field(
        None, description="conda packages: a preset or a URL such as `https://HOST/anaconda`."
    )
    apache: str | None = Field(
        None, description="Hadoop's tarball: a preset or a URL such as `https://HOST/apache`."
    )
