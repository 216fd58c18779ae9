"""Variables of `env` that the spec may not set, each with what decides it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from mlkc.diag import codes, fact_codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.source.tree import SourceTree
from mlkc.text.paths import SpecPath
from mlkc.text.secret_names import is_secret

if TYPE_CHECKING:
    from mlkc.spec.stack import Settings
    from mlkc.spec.variables import Variable

_DATABASE: Final = "`database`"
_SHUT: Final = "nobody: it would open the server to every host, or give its options a second time"
_NAMES: Final = "the names of the server: `server.ingress`, `gateway` and `service.hosts`"
_IMAGE: Final = "the image, whose programs stand where it says"
# Set in both containers, or in the image of both.
_BOTH: Final[Mapping[str, str]] = {
    "HADOOP_USER_NAME": "`hdfs.user`",
    "KRB5PRINCIPAL": "`hdfs.kerberos`",
    "KRB5KEYTAB": "`hdfs.kerberos`",
    "HADOOP_HOME": _IMAGE,
    "HADOOP_CONF_DIR": _IMAGE,
    "JAVA_HOME": _IMAGE,
    "ARROW_LIBHDFS_DIR": _IMAGE,
    "CLASSPATH": "the image, which asks Hadoop for it at each start",
    "PATH": _IMAGE,
    "HOME": _IMAGE,
}
# Variables of the container, and names by which `mlflow server` reads an option that the container sets otherwise;
# seen in MLflow 3.17.2, `mlflow server --help` and mlflow/cli.
OWNED: Final[Mapping[str, Mapping[str, str]]] = {
    "server": {
        **_BOTH,
        **dict.fromkeys(
            ("DB_SCHEME", "DB_HOST", "DB_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD", "DB_CA", "DB_FILE"),
            _DATABASE,
        ),
        "MLFLOW_BACKEND_STORE_URI": _DATABASE,
        "MLFLOW_REGISTRY_STORE_URI": _DATABASE,
        "POD_IP": "the cluster",
        **dict.fromkeys(
            (
                "AUTH_ADMIN",
                "AUTH_PERMISSION",
                "MLFLOW_AUTH_ADMIN_PASSWORD",
                "MLFLOW_AUTH_ADMIN_USERNAME",
                "MLFLOW_AUTH_CONFIG_PATH",
                "MLFLOW_FLASK_SERVER_SECRET_KEY",
            ),
            "`server.auth`",
        ),
        "MLFLOW_HOST": "the stack: the server listens on every address of its pod",
        "MLFLOW_PORT": "`server.port`",
        "MLFLOW_WORKERS": "`server.workers`",
        "MLFLOW_SERVE_ARTIFACTS": "`server.artifacts`",
        "MLFLOW_ARTIFACTS_ONLY": "`server.artifacts`",
        "MLFLOW_DEFAULT_ARTIFACT_ROOT": "`hdfs.path`",
        "MLFLOW_ARTIFACTS_DESTINATION": "`hdfs.path`",
        "MLFLOW_SERVER_ALLOWED_HOSTS": _NAMES,
        "MLFLOW_SERVER_CORS_ALLOWED_ORIGINS": _NAMES,
        "MLFLOW_SERVER_DISABLE_SECURITY_MIDDLEWARE": _SHUT,
        "MLFLOW_GUNICORN_OPTS": _SHUT,
        "MLFLOW_UVICORN_OPTS": _SHUT,
        "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "the stack: its jobs would need 800 MiB more in each pod",
    },
    "client": {
        **_BOTH,
        "MLFLOW_TRACKING_URI": "the server's name and port",
        "JUPYTER_TOKEN": "the Secret of the client",
        **dict.fromkeys(("SPARK_CONF_DIR", "SPARK_IMAGE", "SPARK_DRIVER_POD"), "`client.spark`"),
    },
}


def check_variables(environment: str | None, settings: Settings, tree: SourceTree) -> Iterator[Diagnostic]:
    """Refuses variables that the stack sets itself, and secrets in plain text.

    Args:
        environment: whose settings they are; None for those of all.
        settings: the settings.
        tree: the file, for what it says and where.
    """
    root: SpecPath = ("environments", environment) if environment else ()
    for section, env in (("server", settings.server.env), ("client", settings.client.env)):
        for name, variable in env.items():
            path = (*root, section, "env", name)
            if tree.has(path):
                yield from _check(section, name, variable, path)


def _check(section: str, name: str, variable: Variable, path: SpecPath) -> Iterator[Diagnostic]:
    owner = OWNED[section].get(name)
    if owner is not None:
        yield fact_codes.OWNED_VARIABLE.at(
            InSpec(path, key=True),
            f"`{name}` is decided by {owner}",
            help="delete it" if owner is _SHUT else "delete it, and change what decides it",
        )
    elif variable.value and is_secret(name, variable.value):
        yield codes.PLAIN_TEXT_SECRET.at(
            InSpec(path),
            f"`{name}` would put a secret into the spec, which is committed",
            help=f"put it into a Secret, and write `{name}: {{secret: NAME, key: KEY}}`",
        )
