"""What to type next, for this very spec: build, apply, look."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import join, quote

from mlkc.artifact.model import OutputTree
from mlkc.plan.labels import selector_of
from mlkc.plan.plan import EnvironmentPlan, Plan
from mlkc.plan.pods import ImageUse
from mlkc.plan.stack import StackPlan
from mlkc.report.apply_notes import apply_notes, around_a_restore
from mlkc.report.note import Row, inside
from mlkc.report.secret_notes import secret_notes


def notes(plan: Plan, output: OutputTree, folder: str) -> str:
    """Writes the commands that fit the spec.

    Args:
        plan: the plan.
        output: its output, for the images' tags.
        folder: the output folder as the user gave it.
    """
    last = plan.environments[-1]
    stack = last.stack
    rows = [
        *(
            ("put", f"{path.rpartition('/')[2]} into {inside(folder, path.rpartition('/')[0])}")
            for path in output.provided
        ),
        *(("build", line) for line in _builds(plan, output, folder)),
        *_bake(output, folder),
        *secret_notes(plan, folder),
        *apply_notes(plan, folder),
        *([("of", f"{last.name}, and the others likewise:")] if len(plan.environments) > 1 else []),
        ("open", _forward(stack, stack.server.object, stack.server.port, stack.server.port)),
        *_below(stack),
        *_database(stack),
        *_backup(plan, last, folder),
        (
            "try",
            join(
                [
                    "docker",
                    "run",
                    "--rm",
                    "-p",
                    f"35000:{stack.server.port}",
                    _reference(stack.server.image, output),
                ]
            )
            + f" --host 0.0.0.0 --port {stack.server.port} --backend-store-uri sqlite:////tmp/mlflow.db",
        ),
    ]
    width = max(len(title) for title, _ in rows)
    return "\nnext:\n" + "".join(f"  {title:{width}}  {command}\n" for title, command in rows)


def _below(stack: StackPlan) -> Iterator[Row]:
    """Where the UI is, once the port is forwarded; without a prefix there is nothing to say."""
    server = stack.server
    if server.static_prefix:
        yield (
            "",
            f"curl -f http://localhost:{server.port}{server.static_prefix}/health  # the UI is at its path",
        )


def _database(stack: StackPlan) -> Iterator[Row]:
    database = stack.database
    if database.file is not None:
        return
    if database.server is None:
        yield "database", f"nc -z {quote(database.host)} {database.port}  # the database's port answers"
        return
    yield "database", _forward(stack, database.server.object, 33060, database.port)
    yield "", "nc -z 127.0.0.1 33060  # the database's port answers"


def _backup(plan: Plan, environment: EnvironmentPlan, folder: str) -> Iterator[Row]:
    """A dump out of turn, and the newest one put back; docs/backup.md tells how to choose another."""
    stack = environment.stack
    backup, server = stack.database.backup, stack.server
    if backup is None:
        return
    kubectl = f"kubectl -n {quote(stack.namespace)}"
    yield "back up", f"{kubectl} create job {backup.object}-now --from=cronjob/{backup.object}"
    pods = ",".join(f"{key}={value}" for key, value in selector_of(stack, "server").items())
    job = f"{backup.restore_object}-now"
    pause, again = around_a_restore(plan, environment, folder)
    scale = f"{kubectl} scale deployment/{server.object}"
    lines = [
        *pause,
        f"{scale} --replicas=0",
        f"{kubectl} wait --for=delete pod -l {quote(pods)} --timeout={server.grace_period + 60}s",
        f"{kubectl} create job {job} --from=cronjob/{backup.restore_object}",
        f"{kubectl} logs --follow --pod-running-timeout=5m job/{job}",
        f"{kubectl} wait --for=condition=complete --timeout=1m job/{job}  # go on only if it is",
        f"{kubectl} delete job {job}",
        *again,
        # At 0 an autoscaler is off, and the overlay has no number beside it.
        *([f"{scale} --replicas={server.autoscale.min}"] if server.autoscale else []),
    ]
    yield from zip(["restore", *[""] * len(lines)], lines, strict=False)


def _builds(plan: Plan, output: OutputTree, folder: str) -> list[str]:
    """A build for each name that an environment gives an image of ours; one by digest is built already."""
    uses = [use for environment in plan.environments for use in _built(environment.stack) if not use.digest]
    return list(dict.fromkeys(_build(use, output, folder) for use in uses))


def _bake(output: OutputTree, folder: str) -> Iterator[Row]:
    """The same builds in one line, for those who asked for it."""
    if output.get("images/docker-bake.json") is not None:
        bake = "docker buildx bake --file images/docker-bake.json --load"
        yield "or all", bake if folder == "." else f"(cd {quote(folder)} && {bake})"


def _built(stack: StackPlan) -> list[ImageUse]:
    client = [stack.client.image] if stack.client else []
    return [stack.server.image, *client]


def _reference(image: ImageUse, output: OutputTree) -> str:
    return f"{image.repository}:{image.tag or output.tags[str(image.build)]}"


def _build(image: ImageUse, output: OutputTree, folder: str) -> str:
    return join(["docker", "build", "-t", _reference(image, output), inside(folder, f"images/{image.build}")])


def _forward(stack: StackPlan, service: str, local: int, port: int) -> str:
    return f"kubectl -n {quote(stack.namespace)} port-forward svc/{quote(service)} {local}:{port}"
