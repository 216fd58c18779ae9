"""The plan of MLflow's metadata store."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from mlkc.plan.backup import BackupPlan
from mlkc.plan.pods import AuthorityPlan, ImageUse, PodsPlan, ResourcesPlan, StoragePlan
from mlkc.plan.secret import Secret


class DatabaseServerPlan(Struct, frozen=True):
    """The workload of a database server in the cluster.

    Attributes:
        object: name of its workload and service.
        workload: kind of its workload.
        engine: which server it is.
        uid: numeric user and group of the image.
        mount: where the volume is mounted, `run_dir` the folder of the socket.
        data_dir: folder of the data, a sub folder of `mount`, because a volume's root may hold lost+found.
        args: arguments of the server program.
        probe: command, in `sh -c`, that succeeds when MLflow's user can query; the password is in a variable.
        environment: variables of the image that name the database and the user, in order.
        grace_period: seconds from SIGTERM to SIGKILL.
        config: variables of the server, in the order of their names; `config_file` is what the image reads them
            from; empty where they are arguments.
        init: name of the ConfigMap whose script makes MLflow's user; None where the image makes it.
    """

    object: str
    workload: Literal["Deployment", "StatefulSet"]
    engine: str
    version: str
    image: ImageUse
    uid: int
    mount: str
    run_dir: str
    data_dir: str
    args: tuple[str, ...]
    probe: str
    environment: tuple[tuple[str, str | Secret], ...]
    storage: StoragePlan
    resources: ResourcesPlan
    pods: PodsPlan
    grace_period: int
    config: tuple[tuple[str, str], ...] = ()
    config_file: str = ""
    init: str | None = None


class DatabasePlan(Struct, frozen=True):
    """The store of MLflow's metadata: how it is reached, and the server if it is one of the stack's.

    Attributes:
        host: where it is reached; the Service of a server in the cluster.
        port: TCP port of the server, and of the Service.
        name: the database, `user` MLflow's user in it.
        server: its workload; None for a server that is not the stack's.
        ca: None leaves encryption to the driver.
        root_password: that of the server's administrator; None for a server that is not the stack's.
        backup: None makes none.
        password: None for a file, which has neither host nor user.
        file: where the server's pod has it, on the volume `volume`; None for a server.
    """

    engine: str
    host: str
    port: int
    name: str
    user: str
    password: Secret | None
    server: DatabaseServerPlan | None
    ca: AuthorityPlan | None = None
    root_password: Secret | None = None
    backup: BackupPlan | None = None
    file: str | None = None
    volume: StoragePlan | None = None
