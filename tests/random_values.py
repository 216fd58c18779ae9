"""Values for a random spec: a strategy for each text type of `mlkc.spec`, and for each field that no type describes.

A type without a row here is drawn as the field's default, and fails every test that draws a spec if there is none.
Some values come from short lists, so that two fields often say the same, and a clash of theirs is met.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any, get_args

from hypothesis import strategies as st

from mlkc.catalog import database, debian, hadoop, miniconda, mirrors, mlflow, python, spark
from mlkc.diag import codes
from mlkc.diag.diagnostic import Severity
from mlkc.spec import (
    delivery,
    hdfs_types,
    image_types,
    mirrors_types,
    name_types,
    network_types,
    requirement,
    schedule,
    server_types,
    types,
    variables,
)

Values = st.SearchStrategy[Any]


def often(*texts: str, or_: Values) -> Values:
    """One of a few texts as often as any other."""
    return st.one_of(st.sampled_from(texts), or_)


def like(pattern: str) -> Values:
    """A text that a pattern matches as a whole."""
    return st.from_regex(pattern, fullmatch=True)


LABEL = like(r"[a-z]([-a-z0-9]{0,30}[a-z0-9])?")
LABELS = often(
    *("mlflow", "mlflow-db", "mlflow-client", "db-secrets", "client-secrets", "upgrade-database", "default"),
    or_=LABEL,
)
HOSTS = often(
    *("mlflow", "nn1.example.com", "nn2.example.com", "localhost", "mlflow-db.mlflow.svc", "10.0.0.1"),
    or_=st.lists(LABEL, min_size=1, max_size=4).map(".".join),
)
ADDRESSES = often(
    *("10.0.0.1", "10.0.0.2", "::1", "fd00::1"),
    or_=st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6))
    .filter(lambda address: not (address.is_unspecified or address.is_multicast))
    .filter(lambda address: address.version == 4 or not address.ipv4_mapped)
    .map(str),
)
WORDS = often("mlflow", "root", or_=like(r"[A-Za-z_][A-Za-z0-9_]{0,20}"))
FOLDERS = like(r"[A-Za-z0-9_@-]{1,8}(/[A-Za-z0-9_@-]{1,8}){0,2}")
NAMES = like(r"[A-Za-z0-9]([A-Za-z0-9_.-]{0,20}[A-Za-z0-9])?")
IMAGES = like(
    r"([a-z]{1,8}\.example\.com(:5000)?/)?[a-z0-9]{1,8}(/[a-z]{1,8})?(:[a-z0-9]{1,8})?(@sha256:[0-9a-f]{64})?"
)
PORTS = st.sampled_from(["", ":8020", ":9000"])
NUMBERS = like(r"[1-9]\.[0-9]{1,2}(\.[0-9]{1,2})?")

OF_TYPES: tuple[tuple[Any, Values], ...] = (
    (types.Bytes, st.builds("{}{}".format, st.integers(1, 900), st.sampled_from(["Mi", "Gi", "M", "G"]))),
    (types.Cores, st.one_of(st.integers(1, 64).map(str), st.integers(1, 9000).map("{}m".format))),
    (name_types.DnsLabel, LABELS),
    (name_types.Namespace, LABELS.filter(lambda text: not text.startswith("kube-"))),
    (name_types.AccountName, LABELS.filter(lambda text: text != "default")),
    (name_types.StackName, often("ml", "mlflow", "mlflow-db", or_=LABEL)),
    (name_types.DnsName, HOSTS.filter(lambda text: not text.replace(".", "").isdigit())),
    (name_types.HostName, HOSTS),
    (network_types.Address, ADDRESSES),
    (network_types.Cidr, often("10.0.0.0/8", "fd00::/8", "0.0.0.0/0", or_=ADDRESSES)),
    (network_types.HdfsUri, st.builds("hdfs://{}{}".format, often("[fd00::1]", "prod", or_=HOSTS), PORTS)),
    (network_types.ServerHost, st.one_of(HOSTS, ADDRESSES)),
    (name_types.SecretKey, often("ca.crt", or_=like(r"[A-Za-z0-9_-]{1,30}"))),
    (types.AbsolutePath, like(r"(/[A-Za-z0-9_=@+-]{1,8}){1,3}")),
    *((alias, WORDS) for alias in (types.PosixUser, types.DatabaseName, types.DatabaseUser)),
    (types.Version, NUMBERS),
    (types.KubernetesVersion, st.integers(25, 37).map("1.{}".format)),
    (image_types.ImageReference, IMAGES),
    (image_types.Registry, like(r"[a-z]{1,8}\.example\.com(:5000)?(/[a-z]{1,8})?")),
    (image_types.ImageTag, like(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")),
    (image_types.ImageDigest, like(r"sha256:[0-9a-f]{64}")),
    (image_types.Sha512, like(r"[0-9a-f]{128}")),
    (
        server_types.Issuer,
        st.sampled_from(["https://id.example.com/realms/ml", "https://id.example.com:8443/"]),
    ),
    (server_types.MailDomain, often("*", or_=HOSTS)),
    (network_types.Url, FOLDERS.map("https://git.example.com/{}".format)),
    (name_types.LabelKey, often("app", "app.kubernetes.io/name", "app.kubernetes.io/component", or_=NAMES)),
    (name_types.LabelValue, often("mlflow", "server", "database", "", or_=NAMES)),
    (mirrors_types.PresetOrUrl, often(*mirrors.names(), or_=st.just("https://packages.example.com/simple"))),
    (requirement.PinnedRequirement, st.builds("{}=={}".format, like("[a-z][a-z0-9]{1,12}"), NUMBERS)),
    (requirement.CondaPackage, st.builds("{}={}".format, often("openssl", or_=like("[a-z]{2,9}")), NUMBERS)),
    (delivery.Folder, FOLDERS),
    (hdfs_types.FileSystemUri, st.builds("hdfs://{}{}".format, often("[fd00::1]", "prod", or_=HOSTS), PORTS)),
    (
        hdfs_types.HdfsFolder,
        often("hdfs://nn1.example.com:8020/", "hdfs://nn2.example.com/a", or_=st.just("hdfs://a/b")),
    ),
    (hdfs_types.Realm, st.just("EXAMPLE.COM")),
    (hdfs_types.Principal, often("mlflow", "nn/_HOST@EXAMPLE.COM", or_=like("[a-z]{1,8}"))),
    (
        schedule.Schedule,
        often("30 2 * * *", "@daily", or_=st.integers(0, 59).map("{} */2 1-15 * 1-5".format)),
    ),
    (schedule.TimeZone, st.sampled_from(["Etc/UTC", "Europe/Berlin", "Asia/Shanghai"])),
    (get_args(variables.Variables)[0], often("PATH", "DB_HOST", "TZ", or_=WORDS)),
)

_SEALED = base64.b64encode((512).to_bytes(2, "big") + bytes(512 + 24)).decode()
_WARNINGS = [row.code for row in codes.ALL if row.severity is Severity.WARNING and row.code < "MK7"]
_PROPERTIES = st.dictionaries(
    often("dfs.client.read.shortcircuit", "fs.defaultFS", or_=like("[a-z]{1,8}(\\.[a-z]{1,8}){1,2}")),
    often("true", "$(touch /x)", "</value>", or_=st.text("abc <&:#'\"", max_size=9)),
    max_size=3,
)
# A model's name and a key of it → what may stand there. Releases come from the catalogue, since few texts are one.
OF_FIELDS: dict[tuple[str, str], Values] = {
    ("Acceptance", "code"): st.sampled_from(_WARNINGS),
    ("Acceptance", "finding"): st.just("hadolint DL3008"),
    ("Acceptance", "reason"): st.just("known, and fine here"),
    **{
        (model, "annotations"): st.dictionaries(
            often("example.com/Note", "prometheus.io/scrape", or_=NAMES),
            often("true", "null", "1e3", "a: b\n# c\n", or_=st.text("ab {}[]&*!|>'\"%@`\n", max_size=9)),
            max_size=2,
        )
        for model in ("Gateway", "Ingress", "Pods", "ServiceAccess", "ServiceAccount")
    },
    ("ArgoCd", "repository"): st.just("https://git.example.com/team/deploy.git"),
    ("ArgoCd", "revision"): often("HEAD", or_=like("[a-z0-9]{1,9}")),
    ("Conda", "installer"): st.sampled_from([row.name for row in miniconda.INSTALLERS]),
    ("Database", "config"): st.dictionaries(
        st.sampled_from(["max_connections", "init_connect", "long_query_time", "port"]),
        st.one_of(st.integers(0, 99), st.booleans(), WORDS, st.just('a # \\ " b')),
        max_size=2,
    ),
    ("Database", "version"): st.sampled_from([row.series for row in database.SERVERS]),
    ("HadoopDistribution", "version"): st.sampled_from([row.version for row in hadoop.RELEASES][::-1]),
    ("Hdfs", "coreSite"): _PROPERTIES,
    ("Hdfs", "hdfsSite"): _PROPERTIES,
    ("Gpu", "resource"): st.sampled_from(["nvidia.com/gpu", "amd.com/gpu"]),
    ("Images", "debian"): st.sampled_from([row.codename for row in debian.RELEASES]),
    ("Images", "java"): st.sampled_from([8, 11, 17, 21, 25]),
    ("Images", "python"): st.sampled_from(["3.11", *(row.series for row in python.SERIES)]),
    ("Images", "spark"): st.sampled_from([row.latest for row in spark.SERIES]),
    ("MLflow", "version"): st.sampled_from([row.version for row in mlflow.RELEASES]),
    ("Secrets", "path"): FOLDERS,
    ("Secrets", "refresh"): often("0", "1h", or_=like("[1-9]h[1-9]m")),
    ("Secrets", "sealed"): st.fixed_dictionaries(
        {key: st.just(_SEALED) for key in ("MYSQL_ROOT_PASSWORD", "MYSQL_PASSWORD", "JUPYTER_TOKEN")}
    ),
    ("Spark", "memory"): st.integers(2, 64).map("{}Gi".format),
    ("Server", "maxUnavailable"): st.just(1),
    **{
        ("Update", key): st.one_of(st.integers(0, 100), st.integers(0, 100).map("{}%".format))
        for key in ("maxSurge", "maxUnavailable")
    },
    **{
        ("Startup", key): often("10s", "30m", "24h", or_=st.integers(1, 24).map("{}h".format))
        for key in ("timeout", "rollout")
    },
    ("Variable", "value"): often("", "$(DB_HOST)", "a: b", "$$", or_=st.text("ab $()'\"", max_size=9)),
}


def _secrets(found: dict[str, Any]) -> dict[str, Any]:
    """Most settings are read by one strategy only."""
    if "sealed" in found:
        return {"strategy": "sealed", "sealed": found["sealed"]}
    if found.keys() & {"store", "storeKind", "path", "refresh"}:
        return {**found, "strategy": "external", "store": found.get("store", "vault")}
    return found


def _server(found: dict[str, Any]) -> dict[str, Any]:
    """A budget wants more pods than it lets go; a login is for those who come from outside."""
    if "loginProxy" in found and "ingress" not in found:
        found = {**found, "ingress": {"host": "ml.example.com", "tlsSecret": "tls"}}
    if "maxUnavailable" not in found or "autoscale" in found:
        return found
    return {**found, "maxUnavailable": 1, "replicas": 2}


def _settings(found: dict[str, Any]) -> dict[str, Any]:
    """A controller that renders from git can't read a local file of passwords; MLflow's users are in PostgreSQL."""
    if "auth" in found.get("server", {}):
        found = {**found, "database": {"engine": "postgresql"}}
    return {**found, "secrets": {"strategy": "existing"}} if found.get("delivery") else found


def _service(found: dict[str, Any]) -> dict[str, Any]:
    """A port of the nodes is there in one type only, and is of no use to a server that answers no name of theirs."""
    return {"hosts": ["ml.example.com"], **found, "type": "NodePort"} if "nodePort" in found else found


def _autoscale(found: dict[str, Any]) -> dict[str, Any]:
    """There is something to decide between the two."""
    return {**found, "max": found["max"] + 1} if found["max"] == found.get("min", 2) else found


def _take_over(found: dict[str, Any]) -> dict[str, Any]:
    """A label alone is often that of another workload too; of several the stack's rules judge."""
    for component in found.keys() & {"database", "server", "client"}:
        running = found[component]
        if len(running["selector"]) == 1:
            found = {**found, component: {**running, "selector": {**running["selector"], "role": component}}}
    return found


def _hdfs(found: dict[str, Any]) -> dict[str, Any]:
    """Folders are mounted in a view, whose name services are all read."""
    if "mounts" not in found and "nameServices" not in found:
        return found
    services = found.get("nameServices") or {"prod": ["hdfs://nn1.example.com", "hdfs://nn2.example.com"]}
    mounts = {f"/{service}": f"hdfs://{service}/data" for service in services}
    rest = {key: value for key, value in found.items() if key != "nameNodes"}
    return {
        **rest,
        "nameNode": "viewfs://all",
        "nameServices": services,
        "mounts": {**found.get("mounts", {}), **mounts},
        "path": f"{next(iter(mounts))}/mlruns",
    }


def _variable(found: dict[str, Any]) -> dict[str, Any]:
    """A variable has one source."""
    for source in ("secret", "configMap"):
        if source in found:
            return {source: found[source], "key": found.get("key", "key")}
    return (
        {"secret": "login", "key": found["key"]} if "key" in found else {"value": found.get("value", "text")}
    )


# A model's name → what makes most of its mappings fit together; the rest of what contradicts is taken out later.
OF_MODELS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "Autoscale": _autoscale,
    "Backup": lambda found: {**found, "to": "hdfs"} if "path" in found else found,
    "Hdfs": _hdfs,
    "Limits": lambda found: {**found, "max": {"memory": "900Gi", **found.get("max", {})}},
    "Metrics": lambda found: {**found, "discovery": "serviceMonitor"} if "interval" in found else found,
    "Quota": lambda found: {"pods": 100, **found},
    "Secrets": _secrets,
    "Server": _server,
    "ServiceAccess": _service,
    "Settings": _settings,
    "TakeOver": _take_over,
    "Toleration": lambda found: {"key": "gpu", **found} if "value" in found else found,
    "Update": lambda found: {**found, "maxSurge": found.get("maxSurge", 1) or "25%"},
    "Variable": _variable,
}
