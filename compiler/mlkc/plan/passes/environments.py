"""What may not differ between environments, and why."""

from __future__ import annotations

from mlkc.diag import codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.spec.parsed import ParsedSpec

_BUILT_ONCE = "the images are built once and promoted from one environment to the next"
# A setting's path → why it is the same everywhere.
FIXED: dict[tuple[str, ...], str] = {
    ("mlflow", "version"): _BUILT_ONCE,
    ("mlflow", "source"): _BUILT_ONCE,
    ("mirrors",): _BUILT_ONCE,
    ("images", "debian"): _BUILT_ONCE,
    ("images", "python"): _BUILT_ONCE,
    ("images", "java"): _BUILT_ONCE,
    ("images", "jdk"): _BUILT_ONCE,
    ("images", "base"): _BUILT_ONCE,
    ("images", "conda"): _BUILT_ONCE,
    ("images", "hadoop"): _BUILT_ONCE,
    ("images", "spark"): _BUILT_ONCE,
    ("images", "server", "packages"): _BUILT_ONCE,
    ("images", "client", "packages"): _BUILT_ONCE,
    ("delivery", "bake"): _BUILT_ONCE,
    ("database", "engine"): "the image's driver and the schema on the volume belong to one engine",
    ("database", "driver"): _BUILT_ONCE,
    ("takeOver",): "an overlay can change an object of the base, not rename it or give it another selector",
    ("database", "storage", "claim"): "an overlay can change an object of the base, not rename it",
}


def check_environments(spec: ParsedSpec) -> list[Diagnostic]:
    """Refuses overrides that can't take effect."""
    found: list[Diagnostic] = []
    for environment in spec.environments:
        root = ("environments", environment.name)
        found += [
            codes.FIXED_FOR_ALL_ENVIRONMENTS.at(
                InSpec((*root, *setting), key=True),
                f"`{'.'.join(setting)}` can't differ between environments",
                notes=(reason,),
                help="write it once, at the top of the spec",
            )
            for setting, reason in FIXED.items()
            if spec.tree.has((*root, *setting))
        ]
    return found
