"""A secret value, which no output may hold.

The plan never knows a secret's text: it knows the Secret and the key that will hold it. The type is its own so
that a mistake cannot pass for a string: it refuses to be formatted, and the renderer refuses to write it.
"""

from __future__ import annotations

from msgspec import Struct


class SecretLeakError(Exception):
    """A secret was about to become text. It is a bug of an emitter, caught before a byte is written."""


class Secret(Struct, frozen=True):
    """A key of a Kubernetes Secret.

    Attributes:
        name: name of the Secret object.
        key: key in it, which is also the variable's name in the local env file.
    """

    name: str
    key: str

    def __str__(self) -> str:
        raise SecretLeakError(f"the secret {self.name}/{self.key} would become text")

    def __format__(self, spec: str) -> str:
        return str(self)

    def __repr__(self) -> str:
        return f"Secret({self.name}/{self.key})"


class SecretFile(Struct, frozen=True):
    """The local file of one Secret in one environment: `overlays/<env>/<file>`, never committed.

    Attributes:
        secret: name of the Secret object.
        file: its name in the overlay's folder.
        keys: the keys in it; each gets a random value when the file is first made.
        component: what reads it, `database` or `client`.
    """

    secret: str
    file: str
    keys: tuple[str, ...]
    component: str
