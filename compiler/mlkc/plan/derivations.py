"""Which parts of the plan are computed, from what, and why: the table behind `why`.

A plan path that is not here, nor below one that is here, copies the setting of the same name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mlkc.plan.origin import Derivation
from mlkc.text.paths import PlanPath

_IMAGE: Final = "an image's tag is the hash of its build folder unless the spec names one"
_RESOURCES: Final = "what a workload of this kind was measured to need"

DERIVATIONS: Final[Mapping[PlanPath, Derivation]] = {
    ("database", "object"): Derivation(
        (("takeOver", "database", "name"), ("name",)), "the database's objects are called after the stack"
    ),
    ("database", "host"): Derivation(
        (("database", "external", "host"), ("takeOver", "database", "name"), ("name",)),
        "the server reaches its database by its Service, or where the spec says",
    ),
    ("database", "workload"): Derivation(
        (("takeOver", "database", "workload"),),
        "a StatefulSet starts a pod only after the one before is gone, unless a Deployment is taken over",
    ),
    ("database", "image"): Derivation(
        (("database", "image"), ("database", "version"), ("database", "engine")),
        "the official image of the engine at the version",
    ),
    ("database", "port"): Derivation(
        (("database", "external", "port"), ("database", "engine")),
        "the engine's usual port, or that of the server elsewhere",
    ),
    ("database", "args"): Derivation(
        (("database", "engine"),),
        "the data stands in a sub folder, since a volume's root may hold lost+found, and MLflow's migrations "
        "create a trigger, which the binary log forbids an ordinary user unless it trusts function creators",
    ),
    ("database", "file"): Derivation(
        (("database", "engine"),),
        "the file stands on a volume of its own, since SQLite writes its journal beside it",
    ),
    ("database", "init"): Derivation(
        (("database", "user"), ("takeOver", "database", "name"), ("name",)),
        "PostgreSQL's image makes its superuser only, so a script makes MLflow's own user on the first start",
    ),
    ("database", "probe"): Derivation(
        (("database", "user"), ("database", "engine")),
        "the database is ready when MLflow's user can query it",
    ),
    ("database", "environment"): Derivation(
        (("database", "user"), ("database", "name"), ("database", "engine")),
        "the image makes the database and the user on the first start",
    ),
    ("database", "configFile"): Derivation((("database", "engine"),), "the image reads its folder last"),
    ("database", "password"): Derivation(
        (("database", "user"), ("takeOver", "databaseSecret")), "a user has one key of the Secret"
    ),
    **{
        ("database", "backup", field): Derivation(sources, rule)
        for field, sources, rule in (
            (
                "image",
                (("database", "version"), ("database", "image")),
                "the database's own programs dump it",
            ),
            ("dump", (("database", "engine"),), "one snapshot, by MLflow's own user"),
            ("restore", (("database", "engine"),), "the database's own client reads a dump"),
            (
                "claim",
                (("database", "backup", "claim"), ("name",)),
                "the claim is called after the stack unless the spec names it",
            ),
            (
                "path",
                (("database", "backup", "path"), ("hdfs", "path")),
                "the dumps stand beside the artifacts unless the spec says where",
            ),
        )
    },
    **{
        ("server", "loginProxy", part): Derivation((("server", "loginProxy"),), rule)
        for part, rule in (
            ("object", "the proxy is called after the server"),
            ("secret", "the client's secret is the issuer's to give"),
            ("cookie", "made once with the Secret, and the same in every pod"),
        )
    },
    **{
        ("server", "auth", part): Derivation(
            (("server", "auth"),), "made once with the Secret, and the same in every pod"
        )
        for part in ("password", "key")
    },
    ("server", "image"): Derivation((("images", "server"), ("images", "registry")), _IMAGE),
    ("client", "image"): Derivation((("images", "client"), ("images", "registry")), _IMAGE),
    ("server", "uriScheme"): Derivation(
        (("database", "driver"), ("database", "engine")), "the driver that the server's image has"
    ),
    ("server", "allowedHosts"): Derivation(
        (
            ("server", "ingress", "host"),
            ("takeOver", "server", "name"),
            ("name",),
            ("namespace",),
            ("server", "metrics"),
        ),
        "the server answers the names of its service and ingress, with and without a port, and no other",
    ),
    ("server", "corsOrigins"): Derivation(
        (("server", "ingress", "host"), ("server", "gateway", "host"), ("server", "port")),
        "the UI posts from the origins it is opened at",
    ),
    ("server", "ingress", "uploads"): Derivation(
        (("server", "ingress", "controller"), ("server", "ingress", "class"), ("server", "artifacts")),
        "an artifact is one request of any size, and the answer comes when HDFS has all of it",
    ),
    ("server", "gateway", "timeout"): Derivation(
        (("server", "artifacts"), ("server", "gateway")),
        "an artifact is one request of any size, and the answer comes when HDFS has all of it",
    ),
    ("client", "trackingUri"): Derivation(
        (("server", "staticPrefix"), ("server", "port"), ("takeOver", "server", "name"), ("name",)),
        "the client logs to the server's service",
    ),
    ("client", "spark", "host"): Derivation(
        (("client", "spark"), ("namespace",)), "executors find the driver by a Service without an address"
    ),
    ("client", "spark", "account"): Derivation(
        (("client", "spark"),), "the driver asks the Kubernetes API for executors, as an account of its own"
    ),
    ("client", "spark", "heap"): Derivation(
        (("client", "spark", "memory"), ("client", "spark")), "seven tenths of an executor's memory"
    ),
    ("client", "spark", "overhead"): Derivation(
        (("client", "spark", "memory"), ("client", "spark")),
        "what the heap leaves of an executor's memory, 384 MiB at least",
    ),
    ("images", "base"): Derivation(
        (("images", "base"), ("images", "python"), ("images", "debian")),
        "the official image of that Python on that Debian",
    ),
    ("hdfs", "artifactRoot"): Derivation(
        (("hdfs", "path"), ("hdfs", "nameNode")), "artifacts live in the folder on the name node"
    ),
    ("hdfs", "coreSite"): Derivation(
        (("hdfs", "nameNode"), ("hdfs", "mounts"), ("hdfs", "kerberos"), ("hdfs", "coreSite")),
        "the default file system is the name node, or a table of mounts",
    ),
    ("hdfs", "kerberos", "principal"): Derivation(
        (("hdfs", "kerberos", "principal"), ("hdfs", "kerberos", "realm")),
        "a principal without a realm is of this one",
    ),
    ("hdfs", "hdfsSite", "dfs.replication"): Derivation(
        (("hdfs", "replication"),), "Hadoop's name of the setting"
    ),
    ("hdfs", "hdfsSite", "dfs.client.use.datanode.hostname"): Derivation(
        (("hdfs", "useDatanodeHostname"),), "Hadoop's name of the setting"
    ),
    ("hdfs", "hdfsSite"): Derivation(
        (
            ("hdfs", "nameNodes"),
            ("hdfs", "nameServices"),
            ("hdfs", "kerberos"),
            ("hdfs", "hdfsSite"),
            ("hdfs", "replication"),
            ("hdfs", "useDatanodeHostname"),
        ),
        "the client's side of HDFS",
    ),
    ("secrets", "path"): Derivation(
        (("secrets", "path"), ("name",)), "the folder in the store is called after the stack"
    ),
    ("hdfs", "log4j"): Derivation((("hdfs",),), "the Hadoop client logs warnings to standard error"),
    **{
        (section, "resources"): Derivation(((section, "resources"), (section, "workers")), _RESOURCES)
        for section in ("database", "server", "client")
    },
}
