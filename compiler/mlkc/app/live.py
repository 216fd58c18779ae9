"""Asks a cluster, through kubectl and the user's kubeconfig, what it has. Nothing here writes to a cluster."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from mlkc.diag import cluster_codes as codes
from mlkc.diag.code import Code
from mlkc.text.mask import mask_urls

_SECONDS: Final = 90.0
_REQUEST: Final = "--request-timeout=20s"
# Go's logger writes such lines before the message that is meant for people.
_LOG: Final = re.compile(r"[EWIF]\d{4} \d\d:\d\d:")
_UNSERVED: Final = re.compile(r'no matches for kind "([^"]+)" in version "([^"]+)"')
_FORBIDDEN: Final = re.compile(r'(\S+) (?:"([^"]+)" )?is forbidden')
_OPENING: Final = re.compile(r'^(?:[Ee]rror(?: from server)?(?: \(\w+\))?: |unable to recognize "[^"]*": )+')
_TOKEN: Final = re.compile(r"(\b[Tt]oken )\S+")
_LOGIN: Final = ("logged in", "Unauthorized", "provide credentials", "getting credentials")
# The resources that a stack is made of, as `kubectl get` takes them; those of others too that may be installed.
RESOURCES: Final = frozenset(
    {
        "configmaps",
        "cronjobs.batch",
        "deployments.apps",
        "externalsecrets.external-secrets.io",
        "horizontalpodautoscalers.autoscaling",
        "httproutes.gateway.networking.k8s.io",
        "ingresses.networking.k8s.io",
        "jobs.batch",
        "networkpolicies.networking.k8s.io",
        "persistentvolumeclaims",
        "poddisruptionbudgets.policy",
        "prometheusrules.monitoring.coreos.com",
        "sealedsecrets.bitnami.com",
        "secrets",
        "serviceaccounts",
        "servicemonitors.monitoring.coreos.com",
        "services",
        "statefulsets.apps",
    }
)


class LiveError(Exception):
    """A cluster that gives no answer.

    Attributes:
        code: what kind of fault it is.
    """

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code


class Found(Struct, frozen=True):
    """An answer.

    Attributes:
        text: the objects, as a JSON list.
        unserved: API version and kind of what the cluster does not know.
        forbidden: resource (such as `deployments.apps`) and name of what may not be read; no name for all of them.
    """

    text: str
    unserved: tuple[tuple[str, str], ...] = ()
    forbidden: tuple[tuple[str, str], ...] = ()

    @property
    def nothing_read(self) -> bool:
        """Whether something was refused and nothing was read."""
        return bool(self.forbidden) and not items(self.text)


class Kubectl:
    """A kubectl that talks to one cluster.

    Attributes:
        context: the context in the kubeconfig; None asks about the kubeconfig itself.
    """

    def __init__(self, program: str, context: str | None = None) -> None:
        self._program = program
        self.context = context

    def contexts(self) -> tuple[str, ...]:
        """Lists the contexts of the kubeconfig.

        Raises:
            LiveError: it can't be read.
        """
        code, out, errors = self._run(["config", "get-contexts", "-o", "name"])
        if code:
            raise LiveError(codes.NO_CONTEXT, _said(errors))
        return tuple(line for line in out.splitlines() if line)

    def get(self, objects: Sequence[Mapping[str, Any]]) -> Found:
        """Gets the objects that have the API versions, kinds, namespaces and names of some others.

        Raises:
            LiveError: the cluster does not answer, or lets nobody in.
        """
        left, unserved = list(objects), list[tuple[str, str]]()
        while left:
            wanted = json.dumps({"apiVersion": "v1", "kind": "List", "items": [_bare(one) for one in left]})
            options = ["-f", "-", "-o", "json", "--ignore-not-found", "--show-managed-fields"]
            code, out, errors = self._run(["get", *options], wanted)
            unknown = {(version, kind) for kind, version in _UNSERVED.findall("\n".join(errors))}
            if not unknown:
                return _answer(code, out, errors, unserved)
            # One kind that the cluster does not know makes kubectl get none.
            unserved += sorted(unknown)
            left = [one for one in left if (one.get("apiVersion"), one.get("kind")) not in unknown]
        return Found("", tuple(unserved))

    def labelled(self, namespace: str, labels: Mapping[str, str]) -> Found:
        """Lists the objects of a namespace that have some labels, of the kinds of RESOURCES.

        Raises:
            LiveError: the cluster does not answer, or lets nobody in.
        """
        code, out, errors = self._run(["api-resources", "--namespaced", "--verbs=list", "-o", "name"])
        if code and not out:
            raise _refusal(errors)
        served = sorted(RESOURCES.intersection(out.split()))
        selector = ",".join(f"{key}={value}" for key, value in labels.items())
        options = ["--namespace", namespace, "--selector", selector, "-o", "json"]
        code, out, errors = self._run(["get", ",".join(served), *options, "--show-managed-fields"])
        return _answer(code, out, errors, [])

    def _run(self, arguments: list[str], stdin: str | None = None) -> tuple[int, str, list[str]]:
        """Runs it; gives its exit status, what it wrote, and the lines of its errors."""
        where = [] if self.context is None else [f"--context={self.context}", _REQUEST]
        try:
            done = subprocess.run(
                [self._program, *arguments, *where],
                input=stdin or "",
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=_SECONDS,
                check=False,
                # A kuberc may give `get` other defaults; the rest is the user's, whose plugins log in.
                env={**os.environ, "KUBERC": "off"},
            )
        except subprocess.TimeoutExpired as error:
            raise LiveError(codes.UNREACHABLE_CLUSTER, f"no answer after {_SECONDS:.0f} seconds") from error
        lines = [line.strip() for line in done.stderr.splitlines() if not _LOG.match(line)]
        return done.returncode, done.stdout, [line for line in lines if line]


def items(text: str) -> list[dict[str, Any]]:
    """Returns the objects in what `kubectl get -o json` wrote."""
    found = json.loads(text) if text.strip() else {}
    listed = found.get("items") if found.get("kind") == "List" else [found] if found else []
    return [one for one in listed or () if isinstance(one, dict)]


def _bare(body: Mapping[str, Any]) -> dict[str, Any]:
    """What is enough to find an object: no more of it, and no secret, is given to kubectl."""
    named = body.get("metadata") or {}
    metadata = {key: named[key] for key in ("name", "namespace") if key in named}
    return {"apiVersion": body.get("apiVersion"), "kind": body.get("kind"), "metadata": metadata}


def _answer(code: int, out: str, errors: list[str], unserved: Iterable[tuple[str, str]]) -> Found:
    forbidden = [match.groups("") for line in errors if (match := _FORBIDDEN.search(line))]
    others = [line for line in errors if not _FORBIDDEN.search(line)]
    if code and (others or not forbidden):
        # An answer that broke off lacks objects that are there: they would show as new.
        raise _refusal(others)
    return Found(out, tuple(unserved), tuple((resource, name) for resource, name in forbidden))


def _refusal(errors: list[str]) -> LiveError:
    said = _said(errors)
    login = any(word in said for word in _LOGIN) or _FORBIDDEN.search(said)
    return LiveError(codes.NO_ACCESS if login else codes.UNREACHABLE_CLUSTER, said)


def _said(errors: list[str]) -> str:
    """The last line of what kubectl says, which is the one for people, without its opening words."""
    last = errors[-1] if errors else "kubectl says nothing"
    return _TOKEN.sub(r"\1•••", mask_urls(_OPENING.sub("", last)))
