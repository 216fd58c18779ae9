"""What must hold for an overlay on a real API server, as functions that a test calls with a cluster and a folder."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from .binaries import NEWEST
from .cluster import Cluster, Ran, printed

_POD_SECONDS: Final = 60.0
# Book-keeping of who applied what and when; the rest is what was asked for.
_BOOK_KEEPING: Final = ("resourceVersion", "managedFields", "generation")
_CONTROLLERS_ANNOTATIONS: Final = ".kubernetes.io"


@dataclass(frozen=True, slots=True)
class Pods:
    """The pods that controllers made for one workload.

    Attributes:
        workload: As in `Deployment mlflow/mlflow-db`.
        wanted: How many the workload asks for at first.
        made: The names of the pods.
    """

    workload: str
    wanted: int
    made: tuple[str, ...]


def apply(cluster: Cluster, overlay: Path, *options: str) -> Ran:
    """Apply an overlay as a user does, but with every unknown or duplicate field an error.

    Args:
        cluster: Where.
        overlay: The folder of a kustomization.
        options: More options of `kubectl apply`, as in `--server-side`.

    Returns:
        What kubectl did, a refusal included.
    """
    return cluster.kubectl("apply", "--validate=strict", *options, "-k", overlay, check=False)


def assert_overlay_applies(cluster: Cluster, overlay: Path) -> list[Pods]:
    """Apply an overlay, and hold the server to what the README promises of it.

    The server takes every object without a refusal or a warning; applying again changes nothing, by either way of
    applying; `kubectl diff` is empty; and each workload gets its pods past Pod Security admission.

    Args:
        cluster: A cluster with a controller manager, in which the overlay's namespaces are free.
        overlay: The folder of a kustomization.

    Returns:
        The pods of each workload.
    """
    first = apply(cluster, overlay, "-o", "json")
    assert first.code == 0, f"refused: {first.out}{first.err}"
    assert first.err == "", f"the server warns: {first.err}"
    applied = printed(first)

    again = apply(cluster, overlay)
    changed = [
        line
        for line in again.out.splitlines()
        # The selector's patch strategy is `replace`: kubectl's patch for it is never empty, whatever it changes.
        if not line.endswith(" unchanged") and not line.startswith("poddisruptionbudget.policy/")
    ]
    assert (again.code, changed, again.err) == (0, [], ""), f"a second apply changes {changed}"

    assert_no_difference(cluster, overlay)
    if cluster.minor == NEWEST:
        assert_server_side_is_the_same(cluster, overlay, applied)
    return pods_are_made(cluster, applied)


def assert_server_side_is_the_same(cluster: Cluster, overlay: Path, applied: list[dict[str, Any]]) -> None:
    """Applying on the server's side, over what kubectl applied, meets no conflict and changes no field.

    Args:
        cluster: Where.
        overlay: The folder of a kustomization.
        applied: The overlay's objects.
    """
    before = _written_state(cluster.current(applied))
    server_side = apply(cluster, overlay, "--server-side")
    assert server_side.code == 0, f"refused server-side: {server_side.out}{server_side.err}"
    assert _written_state(cluster.current(applied)) == before, "applying server-side changes something"


def assert_no_difference(cluster: Cluster, overlay: Path) -> None:
    """`kubectl diff -k` finds the overlay and the cluster to be equal."""
    difference = cluster.kubectl("diff", "-k", overlay, check=False)
    assert difference.code == 0, f"kubectl diff:\n{difference.out}{difference.err}"


def assert_pods_are_made(cluster: Cluster, overlay: Path) -> list[Pods]:
    """Each workload of the overlay gets its pods, and nothing refuses one.

    A CronJob is started by hand, since its time may be far. Objects in no namespace have no pods.
    """
    return pods_are_made(cluster, cluster.objects("-k", overlay))


def pods_are_made(cluster: Cluster, applied: list[dict[str, Any]]) -> list[Pods]:
    """The same of an overlay's objects as the server has them."""
    workloads = [thing for thing in applied if _wanted_pods(thing) is not None]
    by_hand = [_start_cron_job(cluster, thing) for thing in applied if thing["kind"] == "CronJob"]
    return [_wait_for_pods(cluster, workload) for workload in [*workloads, *by_hand]]


def _written_state(things: list[dict[str, Any]]) -> list[dict[str, Any]]:
    state = []
    for thing in things:
        thing.pop("status", None)
        metadata = thing["metadata"]
        for name in _BOOK_KEEPING:
            metadata.pop(name, None)
        annotations = metadata.pop("annotations", {})
        metadata["annotations"] = {
            key: value
            for key, value in annotations.items()
            if not key.partition("/")[0].endswith(_CONTROLLERS_ANNOTATIONS)
        }
        state.append(thing)
    return state


def _wanted_pods(thing: dict[str, Any]) -> int | None:
    """How many pods a workload gets although none of them ever runs; none for what is no workload."""
    spec = thing.get("spec", {})
    match thing["kind"]:
        case "Deployment" | "ReplicaSet":
            return int(spec.get("replicas", 1))
        case "StatefulSet":
            replicas = int(spec.get("replicas", 1))
            return replicas if spec.get("podManagementPolicy") == "Parallel" else min(replicas, 1)
        case "Job":
            return 0 if spec.get("suspend") else int(spec.get("parallelism", 1))
        case _:
            return None


def _start_cron_job(cluster: Cluster, cron_job: dict[str, Any]) -> dict[str, Any]:
    name, namespace = cron_job["metadata"]["name"], cron_job["metadata"]["namespace"]
    where = ("--namespace", namespace, "-o", "json")
    started = cluster.kubectl("create", "job", f"{name}-by-hand", f"--from=cronjob/{name}", *where)
    return cast("dict[str, Any]", json.loads(started.out))


def _wait_for_pods(cluster: Cluster, workload: dict[str, Any]) -> Pods:
    name, namespace = workload["metadata"]["name"], workload["metadata"]["namespace"]
    wanted = _wanted_pods(workload) or 0
    deadline = time.monotonic() + _POD_SECONDS
    while True:
        made = _pods_of(cluster, workload)
        if len(made) >= wanted:
            return Pods(f"{workload['kind']} {namespace}/{name}", wanted, made)
        refusals = _refusals(cluster, namespace)
        assert not refusals, f"pods of {workload['kind']} {namespace}/{name} are refused: {refusals}"
        assert time.monotonic() < deadline, (
            f"{workload['kind']} {namespace}/{name}: {len(made)} of {wanted} pods"
        )
        time.sleep(0.2)


def _pods_of(cluster: Cluster, workload: dict[str, Any]) -> tuple[str, ...]:
    namespace = workload["metadata"]["namespace"]
    found = cluster.listed(
        f"/apis/apps/v1/namespaces/{namespace}/replicasets", f"/api/v1/namespaces/{namespace}/pods"
    )
    owners = {workload["metadata"]["uid"]}
    owners |= {each["metadata"]["uid"] for each in found if _is_owned(each, owners)}
    return tuple(
        each["metadata"]["name"] for each in found if each["kind"] == "Pod" and _is_owned(each, owners)
    )


def _is_owned(thing: dict[str, Any], owners: set[str]) -> bool:
    return any(owner["uid"] in owners for owner in thing["metadata"].get("ownerReferences", []))


def _refusals(cluster: Cluster, namespace: str) -> list[str]:
    events = cluster.listed(f"/api/v1/namespaces/{namespace}/events")
    messages = [event["message"] for event in events if event["reason"] == "FailedCreate"]
    # In a new namespace the default account may come a moment after the first try, and controllers try again.
    return [message for message in messages if "error looking up service account" not in message]
