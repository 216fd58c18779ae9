"""`env`: variables of a container beside those that the stack sets."""

from typing import Annotated

from pydantic import Field

from mlkc.spec.annotate import AfterValidator, BeforeValidator
from mlkc.spec.model import SpecModel
from mlkc.spec.name_types import HostName, SecretKey
from mlkc.spec.types import PlainLines
from mlkc.spec.variable_types import one_source, plain_text, variable_name


class Variable(SpecModel):
    """A text, or a key of a Secret or ConfigMap that is in the namespace."""

    value: PlainLines | None = Field(default=None, description="The text.")
    secret: HostName | None = Field(default=None, description="The Secret.")
    config_map: HostName | None = Field(default=None, description="The ConfigMap.")
    key: SecretKey | None = Field(default=None, description="The key that is read.")


Variables = dict[
    Annotated[str, AfterValidator(variable_name)],
    Annotated[Variable, BeforeValidator(plain_text), AfterValidator(one_source)],
]
