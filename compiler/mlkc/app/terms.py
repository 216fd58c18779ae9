"""Fields and values of objects in the words of the stack, with no secret among them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from mlkc.check import tree
from mlkc.text.mask import mask

_DOTS: Final = "••••••••"
_LONGEST: Final = 100
_POD: Final = ("spec", "template", "spec")
_PROPERTY: Final = re.compile(r"<name>([^<]*)</name>\s*<value>([^<]*)</value>")
_SEALED: Final = ("spec", "encryptedData")
_SECRET_NAMES: Final = ("password", "passwd", "token", "secret", "credential", "api_key", "apikey")
_PROBES: Final = {
    "startupProbe": "startup probe",
    "readinessProbe": "readiness probe",
    "livenessProbe": "liveness probe",
}
_KNOWN: Final[Mapping[tuple[str, tuple[str, ...]], str]] = {
    ("PersistentVolumeClaim", ("spec", "resources", "requests", "storage")): "volume size",
    ("PersistentVolumeClaim", ("spec", "storageClassName")): "storage class",
    ("Ingress", ("spec", "rules")): "hosts and paths",
    ("Ingress", ("spec", "tls")): "TLS",
    ("Ingress", ("spec", "ingressClassName")): "ingress class",
    ("Service", ("spec", "type")): "service type",
    ("ExternalSecret", ("spec", "data")): "entries of the secret store",
    ("ExternalSecret", ("spec", "refreshInterval")): "refresh of the secrets",
    ("ExternalSecret", ("spec", "secretStoreRef", "name")): "secret store",
    ("ExternalSecret", ("spec", "secretStoreRef", "kind")): "kind of the secret store",
    ("*", ("spec", "replicas")): "replicas",
    ("*", ("metadata", "namespace")): "namespace",
    ("*", (*_POD, "hostAliases")): "names of hosts",
}


def component(body: Mapping[str, Any]) -> str:
    """Names the part of the stack that an object belongs to; its kind where it belongs to none."""
    labels = tree.mapping(body, "metadata", "labels")
    return str(labels.get("app.kubernetes.io/component") or tree.text(body, "kind")).lower()


def term(kind: str, name: str, steps: tuple[str, ...]) -> str:
    """Writes a field in the words of the stack; one that has no word by its path."""
    if not steps:
        return f"{kind} {name}"
    known = _KNOWN.get((kind, steps)) or _KNOWN.get(("*", steps))
    if known is not None:
        return known
    if steps[:3] == _POD and steps[3:4] in (("containers",), ("initContainers",)) and len(steps) > 4:
        init = f"init container {steps[4]}: " if steps[3] == "initContainers" else ""
        return init + _of_container(steps[5:])
    words = {"ConfigMap": "file", "Secret": "secret key"}
    if steps[0] == "data" and kind in words:
        return f"{words[kind]} {'.'.join(steps[1:])}"
    if kind == "SealedSecret" and steps[:2] == _SEALED:
        return f"sealed value {'.'.join(steps[2:])}".rstrip()
    return f"{kind} {'.'.join(steps)}"


def _of_container(steps: tuple[str, ...]) -> str:
    if not steps:
        return "container"
    if steps[0] == "resources" and len(steps) == 3:
        what = "CPU" if steps[2] == "cpu" else steps[2]
        return f"{what} {steps[1].removesuffix('s')}"
    if steps[0] == "env" and len(steps) > 1:
        return f"variable {steps[1]}"
    if steps[0] in _PROBES:
        return " ".join([_PROBES[steps[0]], ".".join(steps[1:])]).rstrip()
    return "arguments" if steps == ("args",) else ".".join(steps)


def _of_ingress(entry: Any) -> str:
    """A rule or a certificate of an ingress: its hosts, and its paths where they are not all."""
    if not isinstance(entry, Mapping):
        return ""
    paths = [str(path.get("path")) for path in (entry.get("http") or {}).get("paths") or ()]
    hosts = [str(entry["host"])] if "host" in entry else [str(host) for host in entry.get("hosts") or ()]
    named = [] if "secretName" not in entry else [f"({entry['secretName']})"]
    return " ".join([*hosts, *(path for path in paths if path != "/"), *named])


def _of_store(entry: Any) -> str:
    """An entry of an external secret: the entry in the store and the property that it reads."""
    remote = tree.mapping(entry, "remoteRef")
    return "#".join(str(remote[key]) for key in ("key", "property") if key in remote)


def pair(kind: str, steps: tuple[str, ...], old: Any, new: Any) -> tuple[str, str]:
    """Writes both values of a change; of two lists in a text, or of two images, only what differs."""
    if steps[-1:] == ("image",) and isinstance(old, str) and isinstance(new, str):
        (was, _, old_name), (now, _, new_name) = old.rpartition("/"), new.rpartition("/")
        return (old_name, new_name) if was == now else (old, new)
    if isinstance(old, str) and isinstance(new, str):
        before, after = _parts(kind, old, new)
        if before != after:
            gone = ",".join(entry for entry in before if entry not in after)
            come = ",".join(entry for entry in after if entry not in before)
            return shown(kind, steps, gone), shown(kind, steps, come)
    return shown(kind, steps, old), shown(kind, steps, new)


def _parts(kind: str, old: str, new: str) -> tuple[list[str], list[str]]:
    """The entries of two lists in texts, or the properties of two Hadoop files; of other texts none."""
    if kind == "ConfigMap" and "</property>" in old + new:
        before, after = (["=".join(pair) for pair in _PROPERTY.findall(text)] for text in (old, new))
        return before, after
    if "," in old + new and "\n" not in old + new:
        return old.split(","), new.split(",")
    return [], []


def shown(kind: str, steps: tuple[str, ...], value: Any) -> str:
    """Writes a value on one line; dots for what is or may be a secret; empty where there is none or it is long."""
    if value is None or not steps:
        return ""
    secret_variable = "env" in steps and any(
        part in steps[-1 - (steps[-1] == "value")].lower() for part in _SECRET_NAMES
    )
    if kind == "Secret" or secret_variable or (kind == "SealedSecret" and steps[:2] == _SEALED):
        return _DOTS
    if isinstance(value, Mapping) and "value" in value and "env" in steps:
        value = value["value"]
    if kind == "ExternalSecret" and steps == ("spec", "data"):
        return ", ".join(_of_store(entry) for entry in value)
    if kind == "Ingress" and isinstance(value, list):
        return " ".join(_of_ingress(entry) for entry in value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if "\n" in text:
        return f"{text.count(chr(10))} lines"
    text = mask(text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
