"""Who signs the certificate of a server that is not the stack's."""

from pydantic import Field

from mlkc.spec.model import SpecModel
from mlkc.spec.name_types import HostName, SecretKey


class Authority(SpecModel):
    """The certificates of a server's authority, in a Secret that is in the namespace."""

    secret: HostName = Field(description="Name of the Secret; mlkc never makes or changes it.")
    key: SecretKey = Field(default="ca.crt", description="Key of it that holds the certificates as PEM.")
