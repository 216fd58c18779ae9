"""`takeOver`: a running installation whose objects go on under their names and selectors."""

from typing import Annotated, Literal

from pydantic import Field

from mlkc.spec.model import SpecModel
from mlkc.spec.name_types import DnsLabel, HostName, LabelKey, LabelValue, StackName


class Running(SpecModel):
    """A workload that runs already, as the cluster has it."""

    name: StackName | None = Field(
        default=None, description="Its name and that of its Service; the stack's own if left out."
    )
    container: DnsLabel | None = Field(
        default=None, description="Name of its container, by which `kubectl apply` knows it again."
    )
    selector: Annotated[dict[LabelKey, LabelValue], Field(min_length=1)] = Field(
        description="Its `spec.selector.matchLabels`, which no cluster lets change."
    )


class RunningDatabase(Running):
    """The database's workload that runs already."""

    workload: Literal["Deployment", "StatefulSet"] = Field(
        description="Its kind; another kind would start a second server on the volume."
    )


class TakeOver(SpecModel):
    """What must stay as it is in the cluster; a workload that is left out is made new."""

    database_secret: HostName = Field(
        description="Secret with the database's passwords; mlkc reads its keys, and never makes or changes it."
    )
    database: RunningDatabase | None = Field(default=None, description="The database's workload.")
    server: Running | None = Field(default=None, description="The server's workload.")
    client: Running | None = Field(default=None, description="The client's workload.")
