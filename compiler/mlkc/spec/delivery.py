"""`delivery`: what other tools read to build the images and to apply the overlays."""

from pydantic import Field

from mlkc.spec.delivery_types import Folder, Repository, Revision
from mlkc.spec.model import SpecModel
from mlkc.spec.name_types import DnsLabel, HostName
from mlkc.spec.network_types import Url


class ArgoCd(SpecModel):
    """An Argo CD Application for each environment."""

    repository: Repository = Field(description="Address of the repository that the outputs are committed to.")
    revision: Revision = Field(default="HEAD", description="Branch, tag or commit.")
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
