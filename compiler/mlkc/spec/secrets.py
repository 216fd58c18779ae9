"""`secrets`: where the passwords come from. None of them stands in the spec."""

from typing import Literal

from pydantic import Field

from mlkc.spec.model import SpecModel
from mlkc.spec.name_types import HostName
from mlkc.spec.secrets_types import Interval, RemotePath, Sealed


class Secrets(SpecModel):
    """How the Secrets `db-secrets` and `client-secrets` come to be; their keys are the same in every way."""

    strategy: Literal["file", "existing", "external", "sealed", "sops"] = Field(
        default="file",
        description="`file`: a local env file, made once, never committed. `existing`: Secrets that are there. "
        "`external`: External Secrets Operator. `sealed`: Sealed Secrets. `sops`: the local file, encrypted "
        "by SOPS for the repository.",
    )
    store: HostName | None = Field(default=None, description="`external`: name of the secret store.")
    store_kind: Literal["SecretStore", "ClusterSecretStore"] = Field(
        default="SecretStore", description="`external`: a store of the namespace or of the cluster."
    )
    path: RemotePath | None = Field(
        default=None,
        description="`external`: folder in the store; the stack's name if left out. Each Secret is one entry in it.",
    )
    refresh: Interval = Field(default="1h", description="`external`: how often the store is read.")
    sealed: dict[str, Sealed] = Field(
        default={}, description="`sealed`: the sealed value of each key, as `kubeseal --raw` prints it."
    )
