"""Which context of the kubeconfig an environment's cluster has.

A comparison with a wrong cluster misleads more than none. So a context is said for each environment, or it has the
environment's own name; the current context, which changes from command to command, is never taken by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mlkc.diag import cluster_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.diag.suggest import closest

_HOW = "say which: --context {name}=CONTEXT"


def bind(
    names: Sequence[str], given: Iterable[str], known: Sequence[str]
) -> tuple[Mapping[str, str], tuple[Diagnostic, ...]]:
    """Finds the context of each environment.

    Args:
        names: the environments of the spec.
        given: what the user said, each `ENVIRONMENT=CONTEXT`, or a context alone where there is one environment.
        known: the contexts of the kubeconfig.

    Returns:
        Environment → context of those to compare, which are those that the user named or else all; and a diagnostic
        for each that has none.
    """
    bound: dict[str, str] = {}
    faults: list[Diagnostic] = []
    for text in given:
        name, _, context = text.partition("=")
        if name in names and context:
            bound[name] = context
        elif len(names) == 1 and (text in known or "=" not in text):
            bound[names[0]] = text
        else:
            faults.append(_unknown_environment(text, name, names))
    if not bound and not faults:
        bound = {name: name for name in names if name in known}
        faults += [_unbound(name, known) for name in names if name not in known]
    faults += [_unknown_context(*pair, known) for pair in bound.items() if pair[1] not in known]
    return bound, tuple(faults)


def _unknown_environment(text: str, name: str, names: Sequence[str]) -> Diagnostic:
    if "=" not in text:
        message = f"it is not said which environment runs in the context {text}"
        return codes.NO_CONTEXT.at(
            InSpec(("environments",), key=True), message, help=_HOW.format(name=names[0])
        )
    if name in names:
        return codes.NO_CONTEXT.at(
            InSpec(("environments", name), key=True),
            f"`{text}` names no context",
            help=_HOW.format(name=name),
        )
    guess = closest(name, names)
    return codes.NO_CONTEXT.at(
        InSpec(("environments",), key=True),
        f"the spec has no environment {name}",
        help=f"did you mean {guess}?" if guess else f"it has {', '.join(names)}",
    )


def _unbound(name: str, known: Sequence[str]) -> Diagnostic:
    return codes.NO_CONTEXT.at(
        InSpec(("environments", name), key=True),
        f"the kubeconfig has no context {name}, and none is said for the environment",
        notes=_listed(known),
        help=_HOW.format(name=name),
    )


def _unknown_context(name: str, context: str, known: Sequence[str]) -> Diagnostic:
    guess = closest(context, known)
    return codes.NO_CONTEXT.at(
        InSpec(("environments", name), key=True),
        f"the kubeconfig has no context {context}",
        notes=_listed(known),
        help=f"did you mean {guess}?" if guess else "choose one of the kubeconfig, or add it there",
    )


def _listed(known: Sequence[str]) -> tuple[str, ...]:
    if not known:
        return ("the kubeconfig has no contexts, or there is none",)
    return (f"it has {', '.join(known)}",)
