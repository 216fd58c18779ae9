"""What: two outputs would be written to the same path.

Why: the second would overwrite the first. Two names that differ only in case are the same file on some disks.

Bad:
```yaml
# base/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
---
# base/Settings.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: more-settings
```

Good:
```yaml
# base/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
---
# base/more-settings.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: more-settings
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.artifact.model import OutputTree
from mlkc.check.model import Finding, Rule
from mlkc.diag import output_codes as codes


def _find(output: OutputTree) -> Iterator[Finding]:
    seen = {local.path.casefold(): local.path for local in output.secrets}
    for artifact in output.artifacts:
        before = seen.get(artifact.path.casefold())
        if before is not None:
            message = f"two outputs for the path {artifact.path}" + (
                "" if before == artifact.path else f" and {before}"
            )
            yield Finding(artifact, (), message, "give one of the two another name")
        seen[artifact.path.casefold()] = artifact.path


RULE = Rule(codes.DUPLICATE_PATH, __doc__, _find)
