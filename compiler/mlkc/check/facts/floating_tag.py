"""What: an image without a tag, or with the tag `latest`.

Why: what such a name means changes from day to day: two nodes may run different images, a rollback changes
nothing, and nobody can say what ran yesterday.

Bad:
```yaml
images:
  server:
    tag: latest
```

Good:
```yaml
images:
  server:
    tag: release-7
```
"""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check.facts.model import Fact, setting
from mlkc.diag import fact_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.plan import Plan


def _find(plan: Plan) -> Iterator[Diagnostic]:
    base = plan.images[0].base
    if "@" not in base and base.rpartition("/")[2].partition(":")[2] in {"", "latest"}:
        yield _floating(InSpec(("images", "base")), base)
    for environment in plan.environments:
        stack = environment.stack
        server = stack.database.server
        if server is not None and server.image.tag == "latest":
            place = setting(plan, environment, "database", "image")
            yield _floating(place, f"{server.image.repository}:latest")
        for image in (stack.server.image, *([stack.client.image] if stack.client else [])):
            if image.tag == "latest":
                place = setting(plan, environment, "images", str(image.build), "tag")
                yield _floating(place, f"{image.repository}:latest")


def _floating(place: InSpec, image: str) -> Diagnostic:
    return codes.FLOATING_TAG.at(
        place,
        f"`{image}` names another image tomorrow",
        help="write the tag of one release, or a digest; the images that mlkc builds get one when it is left out",
    )


RULE = Fact(codes.FLOATING_TAG, __doc__, _find)
