"""The rows of the table of effects that need a look at the values; `mlkc.app.effect` says when they count."""

from __future__ import annotations

from typing import Final

from mlkc.catalog.effect_sources import DOWNGRADE, IMAGE, OURS, PARTED, SERIES
from mlkc.catalog.effects import Effect, row

_POD: Final = "spec template spec"
_KEEPS: Final = (
    "an initialised database keeps the password that it has, and pods that start with another are turned away; "
    "first change it in the database (ALTER USER)"
)

DATA_FOLDER: Final = row(
    "StatefulSet",
    f"{_POD} containers * args **",
    "always",
    Effect.DATA,
    "the server looks for its data in another folder",
    OURS,
)
DATA_MOUNT: Final = row(
    "StatefulSet",
    f"{_POD} containers * volumeMounts **",
    "always",
    Effect.DATA,
    "the volume with the data is mounted elsewhere",
    OURS,
)
OTHER_SERVER: Final = row(
    "StatefulSet",
    f"{_POD} containers * image",
    "always",
    Effect.DATA,
    "another database server may not read this data folder; dump and load instead",
    PARTED,
)
OLDER_SERVER: Final = row(
    "StatefulSet",
    f"{_POD} containers * image",
    "always",
    Effect.DATA,
    "an older series on the data folder of a newer one is not supported; dump and load instead",
    DOWNGRADE,
)
OTHER_SERIES: Final = row(
    "StatefulSet",
    f"{_POD} containers * image",
    "always",
    Effect.DATA,
    "PostgreSQL does not start on the data of another series; dump there and restore here",
    SERIES,
)
# These count where the database of the stack reads the Secret.
PASSWORD: Final = row("Secret", "data **", "always", Effect.DATA, _KEEPS, IMAGE)
ENCRYPTED: Final = row(
    "Secret",
    "data **",
    "always",
    Effect.DATA,
    f"encrypted anew, and nobody here can tell whether it is the same password: {_KEEPS}",
    IMAGE,
)
SEALED: Final = row(
    "SealedSecret",
    "spec encryptedData **",
    "always",
    Effect.DATA,
    f"sealed anew, and nobody here can tell whether it is the same password: {_KEEPS}",
    IMAGE,
)
STORED: Final = row(
    "ExternalSecret",
    "spec data **",
    "always",
    Effect.DATA,
    f"another entry of a store may hold another password: {_KEEPS}",
    IMAGE,
)
OTHER_STORE: Final = row(
    "ExternalSecret",
    "spec secretStoreRef **",
    "always",
    Effect.DATA,
    f"another store may hold another password: {_KEEPS}",
    IMAGE,
)
PASSWORDS: Final = (PASSWORD, SEALED, STORED, OTHER_STORE)
# A Secret that comes another way than before, beside a database that is there.
NEW_PASSWORD: Final = tuple(
    row(kind, "", "added", Effect.DATA, f"the password may be another than so far: {_KEEPS}", IMAGE)
    for kind in ("Secret", "SealedSecret", "ExternalSecret")
)
BY_VALUE: Final = (
    *(DATA_FOLDER, DATA_MOUNT, OTHER_SERVER, OLDER_SERVER, OTHER_SERIES, ENCRYPTED),
    *(*PASSWORDS, *NEW_PASSWORD),
)
