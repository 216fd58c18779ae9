"""What: Kustomize can't render an overlay.

Why: `kubectl apply -k` would fail in the same way. Most often a patch does not fit: a JSON patch removes or replaces
a field that is not there, or a `test` in it fails.

Bad:
```yaml
# overlays/prod/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - settings.yaml
patches:
  - path: patch.yaml
    target:
      kind: ConfigMap
      name: settings
---
# overlays/prod/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
---
# overlays/prod/patch.yaml
- op: remove
  path: /data/workers
```

Good:
```yaml
# overlays/prod/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - settings.yaml
patches:
  - path: patch.yaml
    target:
      kind: ConfigMap
      name: settings
---
# overlays/prod/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
---
# overlays/prod/patch.yaml
- op: add
  path: /data
  value:
    workers: "2"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from mlkc.artifact.model import Artifact
from mlkc.check.kustomize.layout import Folder
from mlkc.check.kustomize.rendering import Rendered, Rendering
from mlkc.check.kustomize.trial import culprits
from mlkc.check.model import Finding, Rule
from mlkc.diag import output_codes as codes

_LENGTH = 240
_HELP = "correct what Kustomize names"


class Outcome(Struct, frozen=True):
    """What came of rendering an overlay, and where it can be tried again.

    Attributes:
        rendered: the result.
        rendering: where to try again.
        folder: the overlay.
        known: every folder by path.
    """

    rendered: Rendered
    rendering: Rendering
    folder: Folder
    known: dict[str, Folder]


def _find(outcome: Outcome) -> Iterator[Finding]:
    """A finding for each patch of the user's that makes it fail, else one for all of it."""
    if not outcome.rendered.failed:
        return
    found = culprits(outcome.rendered.environment, outcome.rendering, outcome.folder, outcome.known)
    for patch, stderr in found:
        yield _finding(patch.artifact, f"Kustomize can't apply {patch.artifact.path}", stderr)
    if not found:
        yield _finding(
            outcome.folder.kustomization,
            f"Kustomize can't render {outcome.folder.path}",
            outcome.rendered.stderr,
        )


def _finding(artifact: Artifact, subject: str, stderr: str) -> Finding:
    notes = tuple(line for line in stderr.splitlines() if line.strip()) if len(stderr) > _LENGTH else ()
    return Finding(artifact, (), f"{subject}: {_short(stderr)}", _HELP, notes=notes)


def _short(stderr: str) -> str:
    """Brings what Kustomize says on one line of bearable length; its end, which names the cause, is kept."""
    line = " ".join(stderr.removeprefix("error: ").split())
    return line if len(line) <= _LENGTH else "…" + line[1 - _LENGTH :]


RULE = Rule(codes.KUSTOMIZE_FAILURE, __doc__, _find)
