"""A secret value, which no output may hold.

The plan never knows a secret's text: it knows the Secret and the key that will hold it. The type is its own so
that a mistake cannot pass for a string: it refuses to be formatted, and the renderer refuses to write it.
"""

from __future__ import annotations

from typing import Literal

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
    """One Secret in one environment, and the local file that it may be made from, which is never committed.

    Attributes:
        secret: name of the Secret object.
        file: name of the local file in the overlay's folder.
        keys: the keys in it; each gets a random value when the file is first made.
        component: what reads it, `database` or `client`.
    """

    secret: str
    file: str
    keys: tuple[str, ...]
    component: str

    @property
    def encrypted(self) -> str:
        """Name of the file that SOPS encrypts `file` to; git does not ignore it."""
        return f"{self.file.removesuffix('.env')}.sops.env"


class SecretOrigin(Struct, frozen=True):
    """Where the Secrets of an environment come from.

    Attributes:
        strategy: `file` and `sops` generate them from local files; `external` and `sealed` are objects that an operator
            turns into them; `existing` has nothing to do with us.
        store, store_kind: the secret store of External Secrets, None where none is named.
        path: folder in it; the entry of a Secret is called after it.
        refresh: how often it is read, such as `1h`.
        sealed: key and sealed value, in the order of the keys.
    """

    strategy: Literal["file", "existing", "external", "sealed", "sops"]
    store: str | None
    store_kind: str
    path: str
    refresh: str
    sealed: tuple[tuple[str, str], ...]

    @property
    def local(self) -> bool:
        """Whether the Secrets are generated from files on this machine."""
        return self.strategy in ("file", "sops")
