"""What: Kustomize renders an overlay and warns of something in it.

Why: a warning names a field that a later Kustomize drops, and it stands in front of everybody who applies the
overlay. What mlkc writes gives none, so a warning is a bug of mlkc.

Bad:
```yaml
# overlays/prod/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
commonLabels:
  app: mlflow
resources:
  - settings.yaml
---
# overlays/prod/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
```

Good:
```yaml
# overlays/prod/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
labels:
  - pairs:
      app: mlflow
resources:
  - settings.yaml
---
# overlays/prod/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check.kustomize.failure import Outcome
from mlkc.check.model import Finding, Rule
from mlkc.diag import output_codes as codes

_HELP = "this is a bug in mlkc: please report it with the spec"


def _find(outcome: Outcome) -> Iterator[Finding]:
    """A finding for each line that Kustomize wrote beside its output."""
    if outcome.rendered.failed:
        return
    for line in outcome.rendered.stderr.splitlines():
        if line.strip():
            message = f"Kustomize warns of {outcome.folder.path}: {line.strip().lstrip('# ')}"
            yield Finding(outcome.folder.kustomization, (), message, _HELP)


RULE = Rule(codes.KUSTOMIZE_WARNING, __doc__, _find)
