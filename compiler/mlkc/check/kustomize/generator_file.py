"""What: a generator of a kustomization reads a file that is not there.

Why: Kustomize can't render the overlay. The files of a ConfigMap are written beside the kustomization; the
`secrets.env` of a Secret is made once on this machine.

Bad:
```yaml
# base/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
configMapGenerator:
  - name: hadoop
    files:
      - hadoop/core-site.xml
```

Good:
```yaml
# base/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
configMapGenerator:
  - name: hadoop
    literals:
      - user=hdfs
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.artifact.model import OutputTree
from mlkc.check import tree
from mlkc.check.kustomize.layout import folders, sources
from mlkc.check.model import Finding, Rule
from mlkc.diag import output_codes as codes


def _find(output: OutputTree) -> Iterator[Finding]:
    for folder in folders(output).values():
        for field in ("configMapGenerator", "secretGenerator"):
            for index, _ in tree.entries(folder.kustomization.body, field):
                for pointer, _, path in sources(folder, (field, index)):
                    if path not in folder.files and path not in folder.secret_keys:
                        message = f"{folder.kustomization.path}: {field} reads {path}, which is not there"
                        yield Finding(
                            folder.kustomization, pointer, message, "name a file that is part of the output"
                        )


RULE = Rule(codes.MISSING_GENERATOR_FILE, __doc__, _find)
