"""The database server's own variables: a file in a ConfigMap, and what its pod needs to read it."""

from __future__ import annotations

import posixpath
from typing import Any

from mlkc.emit.objects.common import Tree, metadata
from mlkc.emit.scope import Scope
from mlkc.plan.database import DatabaseServerPlan

VOLUME = "config"
# A change of the ConfigMap alone starts no pod again; a change of the pod's template does.
ANNOTATION = "mlkc.dev/database-config"


def config_map(scope: Scope, server: DatabaseServerPlan) -> Tree:
    """The ConfigMap. It keeps its name: there is one pod, which nothing rolls back by itself."""
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": metadata(scope, scope.at("database", "object", value=_name(server)), "database"),
        "data": {
            posixpath.basename(server.config_file): scope.at("database", "config", value=_text(server)),
        },
    }


def configured(scope: Scope, server: DatabaseServerPlan) -> Tree | None:
    """The annotation of the pod that changes with the file; None where there is no file."""
    if not server.config or not server.config_file:
        return None
    from mlkc.text.digest import sha256  # noqa: PLC0415  few stacks have a file

    digest = sha256(_text(server).encode()).hexdigest()[:16]
    return {ANNOTATION: scope.at("database", "config", value=digest)}


def config_volume(server: DatabaseServerPlan) -> list[Any]:
    """The ConfigMap as a volume of the pod."""
    return (
        [{"name": VOLUME, "configMap": {"name": _name(server)}}]
        if server.config and server.config_file
        else []
    )


def config_mount(server: DatabaseServerPlan) -> list[Any]:
    """The one file, so that those which the image has beside it stay."""
    if not server.config or not server.config_file:
        return []
    name = posixpath.basename(server.config_file)
    return [{"name": VOLUME, "mountPath": server.config_file, "subPath": name, "readOnly": True}]


def _name(server: DatabaseServerPlan) -> str:
    return f"{server.object}-config"


def _text(server: DatabaseServerPlan) -> str:
    """An option file of MySQL and MariaDB. In quotes a value keeps its `#` and blanks; a backslash begins an escape."""
    lines = []
    for name, value in server.config:
        text = value.replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'{name} = "{text}"\n')
    return "".join(["[mysqld]\n", *lines])
