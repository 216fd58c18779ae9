"""Compiles a spec afresh, renders an overlay with Kustomize, and reads pods out of the result as a kubelet would."""

from __future__ import annotations

import base64
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from mlkc.app.compile import compile_spec

from ..binaries import packaged_kubectl

_REFERENCE = re.compile(r"\$\(([A-Za-z_][A-Za-z0-9_.-]*)\)")


@dataclass(frozen=True, slots=True)
class Rendered:
    """The objects of one environment, and the build folders of its images.

    Attributes:
        objects: What `kubectl apply -k` would send.
        images: The folder that holds a build folder for each image.
    """

    objects: tuple[dict[str, Any], ...]
    images: Path

    def one(self, kind: str, name: str) -> dict[str, Any]:
        """The object of this kind and name."""
        (found,) = (o for o in self.objects if o["kind"] == kind and o["metadata"]["name"] == name)
        return found

    def all(self, kind: str) -> list[dict[str, Any]]:
        """All objects of a kind."""
        return [o for o in self.objects if o["kind"] == kind]

    def pod(self, component: str) -> dict[str, Any]:
        """The pod's spec of the workload with this component label, which must be one that runs."""
        workloads = self.all("Deployment") + self.all("StatefulSet")
        label = "app.kubernetes.io/component"
        (found,) = (o for o in workloads if o["metadata"]["labels"][label] == component)
        assert found["spec"]["replicas"] > 0, f"{component} has no pod here"
        pod: dict[str, Any] = found["spec"]["template"]["spec"]
        return pod

    def environment(self, container: Mapping[str, Any], address: str) -> dict[str, str]:
        """The variables that a container's `env` sets, each read from where it points to.

        Args:
            container: The container.
            address: That of its pod.
        """
        values: dict[str, str] = {}
        for entry in container.get("env", ()):
            if "value" in entry:
                values[entry["name"]] = expand(entry["value"], values)
            else:
                (source, reference) = next(iter(entry["valueFrom"].items()))
                if source == "fieldRef":
                    assert reference["fieldPath"] == "status.podIP"
                    values[entry["name"]] = address
                else:
                    values[entry["name"]] = self._referred(source, reference)
        return values

    def files(self, volume: Mapping[str, Any]) -> dict[str, bytes]:
        """The files of a ConfigMap's or a Secret's volume, by name."""
        if "configMap" in volume:
            data = self.one("ConfigMap", volume["configMap"]["name"])["data"]
            return {name: text.encode() for name, text in data.items()}
        data = self.one("Secret", volume["secret"]["secretName"])["data"]
        files = {name: base64.b64decode(value) for name, value in data.items()}
        wanted = volume["secret"].get("items")
        return {item["path"]: files[item["key"]] for item in wanted} if wanted else files

    def _referred(self, source: str, reference: Mapping[str, str]) -> str:
        if source == "secretKeyRef":
            secret = self.one("Secret", reference["name"])["data"]
            return base64.b64decode(secret[reference["key"]]).decode()
        if source == "configMapKeyRef":
            return str(self.one("ConfigMap", reference["name"])["data"][reference["key"]])
        raise NotImplementedError(source)


def expand(text: str, values: Mapping[str, str]) -> str:
    """Replaces `$(NAME)` as a kubelet does; a name that is not set stays as it is written."""
    return _REFERENCE.sub(lambda found: values.get(found[1], found[0]), text)


def compile_and_render(spec: str, folder: Path, environment: str) -> Rendered:
    """Compile a spec in an empty folder and render one of its environments.

    Args:
        spec: The text of the spec.
        folder: Gets the spec and everything that the compiler writes.
        environment: Which overlay.

    Raises:
        AssertionError: The spec has mistakes.
        subprocess.CalledProcessError: Kustomize refuses the overlay.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "spec.yaml").write_text(spec, encoding="utf-8")
    compiled = compile_spec(folder / "spec.yaml", "spec.yaml", folder)
    assert not compiled.failed, compiled
    return render(folder, environment)


def render(folder: Path, environment: str) -> Rendered:
    """Render another environment of a folder that was compiled before."""
    command = [str(packaged_kubectl()), "kustomize", str(folder / "overlays" / environment)]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Rendered(tuple(yaml.safe_load_all(text)), folder / "images")
