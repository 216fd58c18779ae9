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

from mlkc.artifact.model import Artifact
from mlkc.check.kustomize.layout import Folder
from mlkc.check.kustomize.rendering import Rendered, Rendering
from mlkc.check.kustomize.trial import UserPatch, culprits
from mlkc.check.model import Finding
from mlkc.diag import output_codes as codes

CODE = codes.KUSTOMIZE_FAILURE
_LENGTH = 240


def failure(
    rendered: Rendered, rendering: Rendering, folder: Folder, known: dict[str, Folder]
) -> Iterator[tuple[Finding, UserPatch | None]]:
    """Explains a failed rendering: a finding for each patch of the user's that makes it fail, else one for it all.

    Args:
        rendered: the failure.
        rendering: where to try again.
        folder: the overlay.
        known: every folder by path.
    """
    found = culprits(rendered.environment, rendering, folder, known)
    for patch, stderr in found:
        yield _finding(patch.artifact, f"Kustomize can't apply a patch: {short(stderr)}", stderr), patch
    if not found:
        message = f"Kustomize can't render {folder.path}: {short(rendered.stderr)}"
        yield _finding(folder.kustomization, message, rendered.stderr), None


def _finding(artifact: Artifact, message: str, stderr: str) -> Finding:
    notes = tuple(line for line in stderr.splitlines() if line.strip())
    help_ = "correct what Kustomize names; nothing was written"
    return Finding(artifact, (), message, help_, notes=notes if len(stderr) > _LENGTH else ())


def short(stderr: str) -> str:
    """Brings what Kustomize says on one line of bearable length; its end, which names the cause, is kept."""
    line = " ".join(stderr.removeprefix("error: ").split())
    return line if len(line) <= _LENGTH else "…" + line[1 - _LENGTH :]
