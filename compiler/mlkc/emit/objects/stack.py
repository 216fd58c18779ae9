"""All objects of a stack, in the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.artifact.build import yaml_artifact
from mlkc.artifact.model import Artifact, ArtifactKind
from mlkc.emit.objects import client, database, namespace, server, server_store
from mlkc.emit.objects.common import Tree
from mlkc.emit.objects.life import service_account
from mlkc.emit.scope import Scope


def _outside(scope: Scope) -> Iterator[tuple[str, Tree | None, str]]:
    """What is there for others than the stack: people behind an ingress, and Prometheus."""
    plan = scope.stack.server
    if plan.ingress or plan.gateway:
        from mlkc.emit.objects import access  # noqa: PLC0415  read where it is needed

        yield "server-ingress.yaml", access.ingress(scope, plan.ingress) if plan.ingress else None, "server"
        yield "server-httproute.yaml", access.route(scope, plan.gateway) if plan.gateway else None, "server"
    if plan.metrics:
        yield "server-servicemonitor.yaml", server.metrics_part().monitor(scope, plan.metrics), "server"


def objects(scope: Scope) -> list[Artifact]:
    """Emits every object of `scope`; the paths are file names, without a folder."""
    database_server = scope.stack.database.server
    trees: list[tuple[str, Tree | None, str]] = [
        ("namespace.yaml", namespace.namespace(scope), "namespace"),
        *(database.objects(scope, database_server) if database_server else ()),
        ("server-persistentvolumeclaim.yaml", server_store.claim(scope), "database"),
        ("server-deployment.yaml", server.deployment(scope), "server"),
        *((name, tree, "server") for name, tree in server.scaling(scope)),
        ("server-service.yaml", server.service(scope), "server"),
        *_outside(scope),
    ]
    if scope.stack.server.login is not None:
        from mlkc.emit.objects import login  # noqa: PLC0415  few stacks have one

        trees += login.objects(scope, scope.stack.server.login)
    account = scope.stack.service_account
    if account is not None:
        trees.insert(1, ("serviceaccount.yaml", service_account(scope, account), "serviceAccount"))
    quota, limits = scope.stack.quota, scope.stack.limits
    if quota is not None or limits is not None:
        from mlkc.emit.objects.quota import limit_range, resource_quota  # noqa: PLC0415  few stacks have them

        trees += [("resourcequota.yaml", resource_quota(scope, quota), "quota")] if quota else []
        trees += [("limitrange.yaml", limit_range(scope, limits), "limits")] if limits else []
    backup = scope.stack.database.backup
    if backup is not None:
        from mlkc.emit.objects import backup as backups  # noqa: PLC0415  few stacks have one

        trees += backups.objects(scope, backup)
    plan = scope.stack.client
    if plan is not None:
        trees += [
            ("client-deployment.yaml", client.deployment(scope, plan), "client"),
            ("client-service.yaml", client.service(scope, plan), "client"),
            ("client-persistentvolumeclaim.yaml", client.home_claim(scope, plan), "client"),
        ]
        if plan.spark is not None:
            from mlkc.emit.objects.spark import driver_objects  # noqa: PLC0415  few clients have it

            trees += driver_objects(scope, plan.spark)
    if scope.stack.network is not None:
        from mlkc.emit.objects.network import policies  # noqa: PLC0415  few stacks have policies

        trees += policies(scope, scope.stack.network)
    if scope.prefix != ("base",) and not scope.stack.secret_origin.local:
        from mlkc.emit.objects.secrets import secret_objects  # noqa: PLC0415  read where it is needed

        trees += [(name, tree, "secrets") for name, tree in secret_objects(scope)]
    return [
        yaml_artifact(name, ArtifactKind.OBJECT, tree, scope.path(section))
        for name, tree, section in trees
        if tree is not None
    ]
