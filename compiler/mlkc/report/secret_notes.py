"""What the Secrets of a spec need before it is applied: what to put, encrypt, store, and have in the cluster."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import join, quote

from msgspec import Struct

from mlkc.plan.outside import outside
from mlkc.plan.plan import EnvironmentPlan, Plan
from mlkc.plan.secret import SecretFile
from mlkc.plan.stack import StackPlan
from mlkc.report.note import Row, inside


class _Note(Struct, frozen=True):
    """A line of an environment, and a remark after it; those of other environments may say the same."""

    title: str
    line: str
    remark: str = ""


def secret_notes(plan: Plan, folder: str) -> Iterator[Row]:
    """Writes a line once, with the environments that it is for; mostly nothing where local files make the Secrets.

    Args:
        plan: the plan.
        folder: the output folder as the user gave it.
    """
    found: dict[_Note, list[str]] = {}
    for environment in plan.environments:
        for note in (*_own(environment, folder), *_others(environment.stack)):
            found.setdefault(note, []).append(environment.name)
    for note, names in found.items():
        # The path of an overlay says whose it is.
        whose = ", ".join(names) if len(plan.environments) > 1 and "overlays/" not in note.line else ""
        remark = ": ".join(part for part in (whose, note.remark) if part)
        yield note.title, f"{note.line}  # {remark}" if remark else note.line


def _own(environment: EnvironmentPlan, folder: str) -> Iterator[_Note]:
    """The stack's Secrets, in the way that the spec chooses."""
    stack = environment.stack
    origin = stack.secret_origin
    for secret in stack.secrets:
        plain = inside(folder, f"overlays/{environment.name}/{secret.file}")
        sealed = inside(folder, f"overlays/{environment.name}/{secret.encrypted}")
        if stack.database.server is None and secret.component == "database" and origin.local:
            user = f"{stack.database.user} at {stack.database.host}"
            yield _Note("put", f"the password of {user} as {secret.keys[0]} into {plain}")
        if secret.component == "login" and origin.local:
            yield _Note("put", f"the client's secret from the issuer as {secret.keys[0]} into {plain}")
        keys = ", ".join(secret.keys)
        match origin.strategy:
            case "sops":
                yield _Note("encrypt", join(["sops", "encrypt", "--output", sealed, plain]))
                yield _Note("decrypt", join(["sops", "decrypt", "--output", plain, sealed]))
            case "existing":
                yield _have(stack, "secret", secret.secret, f"with the keys {keys}{_lengths(stack, secret)}")
            case "external":
                entry = f"{origin.path}/{secret.secret}"
                yield _Note("store", f"{keys} in {entry} of {origin.store}", _lengths(stack, secret)[2:])


def _lengths(stack: StackPlan, secret: SecretFile) -> str:
    """What oauth2-proxy asks of its cookie's secret: an AES key, as it is or in base64."""
    login = stack.server.login
    return (
        f"; {login.cookie.key} of 16, 24 or 32 bytes" if login and login.secret.name == secret.secret else ""
    )


def _others(stack: StackPlan) -> Iterator[_Note]:
    """Secrets and ConfigMaps that the spec only names."""
    for one in outside(stack):
        place = f" as {one.key}" if one.key else ""
        yield _have(stack, one.kind.lower(), one.name, f"{one.what}{place}")


def _have(stack: StackPlan, kind: str, name: str, remark: str) -> _Note:
    return _Note("have", f"kubectl -n {quote(stack.namespace)} get {kind} {quote(name)}", remark)
