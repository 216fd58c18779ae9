"""ParsedSpec to Plan: the passes, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mlkc.catalog import defaults
from mlkc.diag.diagnostic import Diagnostic, Severity
from mlkc.diag.outcome import Outcome
from mlkc.plan.derivations import DERIVATIONS
from mlkc.plan.images.releases import mlflow_version
from mlkc.plan.images.resolve import resolve_images
from mlkc.plan.labels import places
from mlkc.plan.passes.client import CLIENT_SECRET, TOKEN, check_client, resolve_client
from mlkc.plan.passes.database import (
    image_of,
    resolve_database,
    scheme_of,
    uid_of_image,
)
from mlkc.plan.passes.database_check import check_database
from mlkc.plan.passes.delivery import check_bake, check_delivery, resolve_delivery
from mlkc.plan.passes.environments import check_environments
from mlkc.plan.passes.hdfs import check_hdfs, resolve_hdfs
from mlkc.plan.passes.life import resolve_marks
from mlkc.plan.passes.patches import resolve_patches
from mlkc.plan.passes.repeated import check_repeated
from mlkc.plan.passes.resources import check_limits
from mlkc.plan.passes.secrets import check_secret_settings, check_secrets, resolve_secrets
from mlkc.plan.passes.server import resolve_server
from mlkc.plan.passes.taints import check_taints
from mlkc.plan.passes.take_over import resolve_take_over
from mlkc.plan.passes.volumes import check_home, check_volumes
from mlkc.plan.plan import EnvironmentPlan, Plan
from mlkc.plan.pods import ImageUse
from mlkc.plan.secret import SecretFile
from mlkc.plan.stack import StackPlan
from mlkc.spec.parsed import ParsedSpec

if TYPE_CHECKING:
    from mlkc.plan.database import DatabasePlan
    from mlkc.plan.images.model import ImageBuild
    from mlkc.plan.server import ServerPlan
    from mlkc.plan.stack import ClientPlan
    from mlkc.spec.images import BuiltImage
    from mlkc.spec.parsed import EnvironmentSpec
    from mlkc.spec.stack import Settings


def resolve(spec: ParsedSpec) -> Outcome[Plan]:
    """Decides everything that the spec leaves open; afterwards no default is implicit."""
    found: list[Diagnostic] = [
        *check_environments(spec),
        *check_repeated(spec),
        *check_secret_settings(spec),
        *check_database(spec),
        *check_client(spec),
        *check_volumes(spec),
        *_limits(spec, None, spec.stack),
        *_variables(spec, None, spec.stack),
    ]
    builds, image_faults = resolve_images(spec.stack)
    patches, patch_faults = resolve_patches(spec.stack.patches, ("patches",), spec.tree)
    found += [*image_faults, *patch_faults]
    name = spec.stack.name
    environments = []
    base = _stack(spec.stack, name)
    for environment in spec.environments:
        place = ("environments", environment.name)
        found += _limits(spec, environment.name, environment.settings)
        found += _variables(spec, environment.name, environment.settings)
        own, faults = resolve_patches(environment.settings.patches, (*place, "patches"), spec.tree)
        found += faults
        stack = _stack(environment.settings, name)
        found += _environment(spec, environment, stack, base, builds)
        if environment.settings.take_over is not None:
            from mlkc.plan.passes.side_by_side import check_take_over  # noqa: PLC0415  few stacks take one over

            services = frozenset(one.name for one in (*patches, *own) if one.kind == "Service")
            found += check_take_over(stack, services, spec.tree)
        environments.append(EnvironmentPlan(environment.name, stack, own))
    found += check_bake([one.stack for one in environments], spec.tree)
    if any(fault.severity is Severity.ERROR for fault in found):
        return Outcome(None, tuple(found))
    plan = Plan(
        name=name,
        base=base,
        environments=tuple(environments),
        patches=patches,
        images=builds,
        derivations=DERIVATIONS,
        written=frozenset(spec.tree.spans),
    )
    return Outcome(plan, tuple(found))


def _environment(
    spec: ParsedSpec,
    environment: EnvironmentSpec,
    stack: StackPlan,
    base: StackPlan,
    builds: tuple[ImageBuild, ...],
) -> Iterator[Diagnostic]:
    """Checks what one environment's settings say together."""
    server = stack.database.server
    if server is not None and server.config:
        from mlkc.plan.passes.database_config import check_config  # noqa: PLC0415  few stacks have it

        yield from check_config(environment.name, server, spec.tree)
    if stack.quota is not None or stack.limits is not None:
        from mlkc.plan.passes.quota import check_quota  # noqa: PLC0415  few stacks have them

        yield from check_quota(environment.name, stack, spec.tree)
    if stack.database.backup is not None:
        from mlkc.plan.passes.backup import check_backup  # noqa: PLC0415  few stacks have one

        yield from check_backup(environment.name, stack, base.database, spec.tree)
    if stack.server.login:
        from mlkc.plan.passes.login import check_login  # noqa: PLC0415  few stacks have one

        yield from check_login(environment.name, stack, spec.tree)
    if stack.server.auth:
        from mlkc.plan.passes.auth import check_auth  # noqa: PLC0415  few stacks have users

        yield from check_auth(environment.name, stack, spec.tree)
    yield from check_hdfs(environment.name, environment.settings.hdfs, spec.tree)
    yield from check_secrets(environment.name, stack, spec.tree)
    yield from check_delivery(environment.name, stack, spec.tree)
    yield from check_home(environment.name, stack, spec.tree)
    yield from check_taints(environment.name, environment.settings, spec.tree)
    if any(one.marks is not None for one in places(stack)):
        from mlkc.plan.passes.marks import check_marks  # noqa: PLC0415  few stacks have some

        yield from check_marks(environment.name, stack, spec.tree)
    if stack.hdfs.kerberos:
        from mlkc.plan.passes.kerberos import check_kerberos  # noqa: PLC0415  only where the spec has it

        yield from check_kerberos(environment.name, stack.hdfs.kerberos, stack, builds, spec.tree)
    if stack.network:
        from mlkc.plan.passes.key_servers import check_key_servers  # noqa: PLC0415  few stacks have policies

        yield from check_key_servers(environment.name, stack, spec.tree)
    if stack.client and stack.client.spark:
        from mlkc.plan.passes.spark import check_spark  # noqa: PLC0415  only where the spec has it

        yield from check_spark(environment.name, stack.client.spark, stack, builds, spec.tree)
    yield from _serving(spec, environment, stack)


def _stack(settings: Settings, name: str) -> StackPlan:
    """What the settings of one environment, or of the base, come to; `name` is the stack's."""
    namespace = settings.namespace or name
    images = settings.images
    running = settings.take_over
    kept = resolve_take_over(running) if running else ()
    names = {one.component: one.name for one in kept if one.name}
    minor = settings.kubernetes.version or defaults.KUBERNETES.value
    database = resolve_database(settings.database, name, running)
    server = resolve_server(
        settings.server,
        _built("server", images.server, images.registry, name),
        names.get("server", name),
        namespace,
        scheme_of(settings.database),
        minor,
    )
    client = resolve_client(
        settings.client,
        server,
        _built("client", images.client, images.registry, name),
        names.get("client", f"{name}-client"),
        name,
        namespace,
    )
    account = settings.service_account
    stack = StackPlan(
        name=name,
        namespace=namespace,
        kubernetes=minor,
        mlflow=mlflow_version(settings),
        database=database,
        server=server,
        client=client,
        hdfs=resolve_hdfs(settings.hdfs, name),
        secrets=tuple(_secret_files(database, server, client, taken_over=running is not None)),
        kept_secret=running.database_secret if running else None,
        kept=kept,
        secret_origin=resolve_secrets(settings.secrets, name),
        pull_secrets=tuple(images.pull_secrets),
        service_account=account.name if account else None,
        account_marks=resolve_marks(account) if account else None,
        delivery=resolve_delivery(settings.delivery) if settings.delivery else None,
    )
    return _with_policies(_with_bounds(_with_backup(stack, settings), settings), settings)


def _secret_files(
    database: DatabasePlan, server: ServerPlan, client: ClientPlan | None, *, taken_over: bool
) -> Iterator[SecretFile]:
    """The files with the secrets of each purpose; an installation that is taken over keeps its passwords."""
    if database.password and not taken_over:
        passwords = (database.root_password, database.password)
        keys = dict.fromkeys(password.key for password in passwords if password)
        yield SecretFile(database.password.name, "secrets.env", tuple(keys), "database")
    if server.auth:
        from mlkc.plan.passes.auth import FILE  # noqa: PLC0415  few stacks have users

        yield FILE
    if server.login:
        from mlkc.plan.passes.login import FILE as LOGIN  # noqa: PLC0415  few stacks have one

        yield LOGIN
    if client is not None:
        yield SecretFile(CLIENT_SECRET, "client-secrets.env", (TOKEN.key,), "client")


def _with_backup(stack: StackPlan, settings: Settings) -> StackPlan:
    if settings.database.backup is None or stack.database.file is not None:
        return stack
    from mlkc.plan.passes.backup import resolve_backup  # noqa: PLC0415  few stacks have one

    backup = resolve_backup(
        settings.database.backup,
        stack.database,
        image_of(settings.database),
        uid_of_image(settings.database),
        stack.name,
        settings.hdfs.path,
    )
    return replace(stack, database=replace(stack.database, backup=backup))


def _with_bounds(stack: StackPlan, settings: Settings) -> StackPlan:
    if settings.quota is None and settings.limits is None:
        return stack
    from mlkc.plan.passes.quota import resolve_limits, resolve_quota  # noqa: PLC0415  few stacks have them

    return replace(
        stack,
        quota=resolve_quota(settings.quota, stack.name) if settings.quota else None,
        limits=resolve_limits(settings.limits, stack.name) if settings.limits else None,
    )


def _with_policies(stack: StackPlan, settings: Settings) -> StackPlan:
    """Last, since the policies follow from everything else."""
    if settings.network_policies is None:
        return stack
    from mlkc.plan.passes.network import resolve_network  # noqa: PLC0415  few stacks have policies

    return replace(stack, network=resolve_network(settings.network_policies, stack))


def _built(build: str, image: BuiltImage, registry: str | None, name: str) -> ImageUse:
    """An image of ours; without a registry it is expected on the nodes, under its bare name."""
    local = f"{name}-{build}"
    repository = f"{registry}/{local}" if registry else local
    tag = None if image.digest else image.tag
    return ImageUse(local, repository, tag, image.digest, "server" if build == "server" else "client")


def _limits(spec: ParsedSpec, environment: str | None, settings: Settings) -> list[Diagnostic]:
    sections = (("database", settings.database), ("server", settings.server), ("client", settings.client))
    return [
        fault
        for name, section in sections
        for fault in check_limits(spec.tree, environment, name, section.resources)
    ]


def _serving(spec: ParsedSpec, environment: EnvironmentSpec, stack: StackPlan) -> Iterable[Diagnostic]:
    server, policies = environment.settings.server, environment.settings.network_policies
    client = environment.settings.client
    parts = (server, client, environment.settings.database, *([client.spark] if client.spark else ()))
    asked = (
        server.metrics
        or server.update
        or server.startup
        or server.static_prefix
        or (server.ingress and server.ingress.issuer)
    )
    if not (
        asked or (policies and policies.metrics_namespaces) or any(one.pods.node_affinity for one in parts)
    ):
        return ()
    from mlkc.plan.passes.serving import check_serving  # noqa: PLC0415  few stacks have something to check

    return check_serving(environment.name, stack, policies, spec.tree)


def _variables(spec: ParsedSpec, environment: str | None, settings: Settings) -> Iterable[Diagnostic]:
    if not settings.server.env and not settings.client.env:
        return ()
    from mlkc.plan.passes.variables import check_variables  # noqa: PLC0415  few stacks have some

    return check_variables(environment, settings, spec.tree)
