"""`delivery`: what other tools read to build the images and to apply the overlays."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from mlkc.spec.model import SpecModel
from mlkc.spec.types import DnsLabel, HostName, Url, refuse


def _repository(text: str) -> str:
    plain = r"(https?://|ssh://)?([A-Za-z0-9._-]+@)?[A-Za-z0-9.-]+(:[0-9]+)?[:/][A-Za-z0-9._~/-]+"
    if re.fullmatch(plain, text) and not (text.startswith("http") and "@" in text):
        return text
    refuse(
        "invalid-url",
        "this is not the address of a git repository",
        "write one such as `https://git.example.com/team/deploy.git`, without a login",
    )


def _revision(text: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._/-]*", text) and ".." not in text:
        return text
    refuse("invalid-pattern", f"`{text}` is not a branch, tag or commit", "write one such as `main`")


def _folder(text: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9._@-]+(/[A-Za-z0-9._@-]+)*", text) and ".." not in text.split("/"):
        return text
    refuse("invalid-path", f"`{text}` is not a folder of a repository", "write one such as `deploy/mlflow`")


Folder = Annotated[str, AfterValidator(_folder)]


class ArgoCd(SpecModel):
    """An Argo CD Application for each environment."""

    repository: Annotated[str, AfterValidator(_repository)] = Field(
        description="Address of the repository that the outputs are committed to."
    )
    revision: Annotated[str, AfterValidator(_revision)] = Field(
        default="HEAD", description="Branch, tag or commit."
    )
    folder: Folder = Field(default=".", description="Folder of the outputs in the repository.")
    project: DnsLabel = Field(default="default", description="Argo CD's project.")
    namespace: DnsLabel = Field(default="argocd", description="Where Argo CD runs.")
    server: Url = Field(
        default="https://kubernetes.default.svc", description="API server of the environment's cluster."
    )
    automated: bool = Field(default=False, description="Apply each commit without being asked.")


class Flux(SpecModel):
    """A Flux Kustomization for each environment."""

    source: HostName = Field(description="Name of the GitRepository that the outputs are committed to.")
    folder: Folder = Field(default=".", description="Folder of the outputs in the repository.")
    namespace: DnsLabel = Field(
        default="flux-system", description="Where the Kustomization and its source are."
    )


class Delivery(SpecModel):
    """Files for Docker, Argo CD and Flux; none unless asked for."""

    bake: bool = Field(
        default=False, description="`images/docker-bake.json`: all images, tagged as the overlays name them."
    )
    argocd: ArgoCd | None = Field(default=None, description="An Argo CD Application for each environment.")
    flux: Flux | None = Field(default=None, description="A Flux Kustomization for each environment.")
