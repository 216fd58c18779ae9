"""`server.loginProxy`: who asks people for a login before they reach the server."""

from typing import Annotated

from pydantic import Field

from mlkc.spec.authority import Authority
from mlkc.spec.image_types import ImageReference
from mlkc.spec.model import SpecModel
from mlkc.spec.server_types import Issuer, MailDomain

ClientId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._@:/-]{0,199}$")]


class LoginProxy(SpecModel):
    """oauth2-proxy between the ingress or Gateway and the server: people log in at an OpenID Connect issuer."""

    issuer: Issuer = Field(description="The issuer, as its configuration calls itself, sign by sign.")
    client_id: ClientId = Field(
        description="The client that the issuer knows; its secret is in `login-secrets`."
    )
    email_domains: list[MailDomain] = Field(
        description="Domains of the mail addresses that are let in; `*` is every one.", min_length=1
    )
    audiences: list[ClientId] = Field(
        default=[],
        description="Other clients of the issuer whose tokens are let in, as those of programs that log runs.",
    )
    ca: Authority | None = Field(
        default=None,
        description="Who signs the issuer's certificate, if no public authority does; no other is believed then.",
    )
    image: ImageReference | None = Field(
        default=None, description="The image, when it is not that of the proxy's makers."
    )
