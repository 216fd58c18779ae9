"""What: an object names an API that the environment's Kubernetes version does not serve.

Why: the server refuses it with "no matches for kind". Most often the API was removed (extensions/v1beta1 in 1.16,
policy/v1beta1 in 1.25), is younger than the cluster, or belongs to a resource definition that someone must install
first; a misspelled kind or group looks the same.

Bad:
```yaml
apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata:
  name: mlflow-server
spec:
  maxUnavailable: 1
```

Good:
```yaml
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: mlflow-server
spec:
  maxUnavailable: 1
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.catalog import kubernetes
from mlkc.check import objects, tree
from mlkc.check.model import Finding, Rule
from mlkc.check.schemas.failure import Failure
from mlkc.diag import output_codes as codes
from mlkc.diag.suggest import closest


def _find(failure: Failure) -> Iterator[Finding]:
    body, minor = failure.artifact.body, failure.store.minor
    api_version, kind = tree.text(body, "apiVersion"), tree.text(body, "kind")
    if not api_version or not kind:
        missing = "kind" if api_version else "apiVersion"
        yield Finding(failure.artifact, (), f"an object without {missing}", f"add {missing}")
        return
    asked = " ".join(
        text if text.isprintable() and " " not in text else tree.show(text) for text in (api_version, kind)
    )
    message = f"{objects.title(failure.artifact)}: Kubernetes {minor} does not serve {asked}"
    pointer = ("apiVersion",)
    gone = kubernetes.gone(api_version, kind, minor)
    if gone is not None:
        since = f"it is gone since {gone.removed_in}"
        help_ = (
            f"write apiVersion {gone.replacement}"
            if gone.replacement
            else "nothing replaces it: leave it out"
        )
        yield Finding(failure.artifact, pointer, message, help_, since, (f"source: {gone.source.where}",))
        return
    yield Finding(failure.artifact, pointer, message, _way_out(failure, kind))


def _way_out(failure: Failure, kind: str) -> str:
    served = failure.store.versions_of(kind)
    if served:
        return f"this version serves {kind} as {' and '.join(served)}"
    meant = closest(kind.lower(), failure.store.kinds())
    if meant:
        return f"did you mean the kind that is spelled `{meant}` in lower case?"
    return "only built-in kinds can be checked; a custom resource has to be applied apart from this stack"


RULE = Rule(codes.UNSERVED_API, __doc__, _find)
