"""Values of fields on one line, as people write them, with no secret among them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from mlkc.app.terms import SEALED
from mlkc.check import tree
from mlkc.text.mask import mask
from mlkc.text.secret_names import may_be_secret

_DOTS: Final = "••••••••"
_LONGEST: Final = 100
_PROPERTY: Final = re.compile(r"<name>([^<]*)</name>\s*<value>([^<]*)</value>")
# Of a text with these the order of the words matters.
_COMMANDS: Final = ("args", "command")


def pair(kind: str, steps: tuple[str, ...], old: Any, new: Any) -> tuple[str, str]:
    """Writes both values of a change; of two lists or images only what differs."""
    old, new = _scrubbed(old), _scrubbed(new)
    if not steps:
        return _whole(kind, old), _whole(kind, new)
    if _is_secret(kind, steps):
        return _dots(old), _dots(new)
    if steps[-1:] == ("image",) and isinstance(old, str) and isinstance(new, str):
        (was, _, old_name), (now, _, new_name) = old.rpartition("/"), new.rpartition("/")
        return (old_name, new_name) if was == now else (old, new)
    before, after = _parts(kind, steps, old, new)
    if set(before) != set(after):
        # Entries of a text are parted by a comma alone.
        between = "," if isinstance(old, str) and kind != "ConfigMap" else _between(steps)
        gone = between.join(entry for entry in before if entry not in after)
        come = between.join(entry for entry in after if entry not in before)
        return _short(gone), _short(come)
    return shown(kind, steps, old), shown(kind, steps, new)


def shown(kind: str, steps: tuple[str, ...], value: Any) -> str:
    """Writes a value on one line; dots for what is or may be a secret; empty where there is none or it is long."""
    if value is None or not steps:
        return ""
    if _is_secret(kind, steps):
        return _DOTS
    if isinstance(value, str) and "\n" in value:
        return f"{value.count(chr(10))} lines"
    if isinstance(value, Mapping) and steps[-2:-1] == ("env",) and "value" in value:
        value = value["value"]
    return _short(_text(kind, steps, value))


def _scrubbed(node: Any) -> Any:
    """The same with dots for the values of variables and flags, at any depth, whose names sound like a secret."""
    if isinstance(node, list):
        flags = [None, *node[:-1]]
        return [
            _DOTS if _follows(flag, entry) else _scrubbed(entry)
            for flag, entry in zip(flags, node, strict=False)
        ]
    if not isinstance(node, Mapping):
        return node
    secret = "value" in node and may_be_secret(str(node.get("name")))
    return {key: _DOTS if secret and key == "value" else _scrubbed(value) for key, value in node.items()}


def _follows(flag: Any, entry: Any) -> bool:
    """Whether an argument is what the flag before it, as `--password`, asks for."""
    if not (isinstance(flag, str) and isinstance(entry, str) and flag.startswith("--")) or "=" in flag:
        return False
    return not entry.startswith("-") and may_be_secret(flag.removeprefix("--"))


def _is_secret(kind: str, steps: tuple[str, ...]) -> bool:
    if kind == "Secret" and steps[:2] != ("metadata", "labels"):
        return True
    variable = steps[-1 - (steps[-1] == "value")].lower() if "env" in steps and len(steps) > 1 else ""
    return may_be_secret(variable) or (kind == "SealedSecret" and steps[:2] == SEALED)


def _dots(value: Any) -> str:
    return "" if value is None else _DOTS


def _short(text: str) -> str:
    text = mask(text)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _whole(kind: str, body: Any) -> str:
    """What one wants to know of an object that comes or goes."""
    if kind == "Ingress":
        return _short(" ".join(_of_ingress(rule) for _, rule in tree.entries(body, "spec", "rules")))
    if kind == "HTTPRoute":
        return _short(" ".join(host for _, host in tree.texts(body, "spec", "hostnames")))
    if kind == "PersistentVolumeClaim":
        return tree.text(body, "spec", "resources", "requests", "storage")
    return ""


def _parts(kind: str, steps: tuple[str, ...], old: Any, new: Any) -> tuple[list[str], list[str]]:
    """The entries of two lists, also of lists in texts and of two Hadoop files; of other values none."""
    if isinstance(old, list) and isinstance(new, list):
        return [_text(kind, steps, one) for one in old], [_text(kind, steps, one) for one in new]
    if not (isinstance(old, str) and isinstance(new, str)):
        return [], []
    if kind == "ConfigMap" and "</property>" in old + new:
        before, after = (["=".join(found) for found in _PROPERTY.findall(text)] for text in (old, new))
        return before, after
    if "," in old + new and "\n" not in old + new:
        return old.split(","), new.split(",")
    return [], []


def _between(steps: tuple[str, ...]) -> str:
    return " " if steps[-1] in _COMMANDS else ", "


def _text(kind: str, steps: tuple[str, ...], value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return _between(steps).join(_text(kind, steps, entry) for entry in value)
    if not isinstance(value, Mapping):
        return json.dumps(value)
    of_kind = _KINDS.get(kind) or (_of_volume if "volumes" in steps else None)
    writer = of_kind or next((found for key, found in _WRITERS if key in value), None)
    return writer(value) if writer else ", ".join(_flat(value, ()))


def _flat(node: Any, path: tuple[str, ...]) -> Iterator[str]:
    """A tree as `a.b=c` for each leaf."""
    if isinstance(node, Mapping) and node:
        for key, value in node.items():
            yield from _flat(value, (*path, str(key)))
    elif isinstance(node, list) and node:
        for value in node:
            yield from _flat(value, path)
    else:
        yield f"{'.'.join(path)}={node if isinstance(node, str) else json.dumps(node)}"


def _of_ingress(entry: Mapping[str, Any]) -> str:
    """A rule or a certificate of an ingress: its hosts, and its paths where they are not all."""
    paths = [str(path.get("path")) for path in (entry.get("http") or {}).get("paths") or ()]
    hosts = [str(entry["host"])] if "host" in entry else [str(host) for host in entry.get("hosts") or ()]
    named = [] if "secretName" not in entry else [f"({entry['secretName']})"]
    return " ".join([*hosts, *(path for path in paths if path != "/"), *named])


def _of_rule(entry: Mapping[str, Any]) -> str:
    """A rule of a network policy: its ports and whom it is about."""
    ports = [
        f"{port.get('port', 'all')}/{port.get('protocol', 'TCP')}" for _, port in tree.entries(entry, "ports")
    ]
    peers = [_of_peer(peer) for side in ("to", "from") for _, peer in tree.entries(entry, side)]
    return f"{' '.join(ports) or 'all ports'} of {' or '.join(peers) or 'anybody'}"


def _of_peer(peer: Mapping[str, Any]) -> str:
    block = tree.text(peer, "ipBlock", "cidr")
    labels = [
        f"{key.rpartition('/')[2]}={value}"
        for selector in ("namespaceSelector", "podSelector")
        for key, value in tree.mapping(peer, selector, "matchLabels").items()
    ]
    return block or ",".join(labels) or "all pods"


def _of_store(entry: Mapping[str, Any]) -> str:
    """An entry of an external secret: the entry in the store and the property that it reads."""
    remote = tree.mapping(entry, "remoteRef")
    return "#".join(str(remote[key]) for key in ("key", "property") if key in remote)


def _of_variable(entry: Mapping[str, Any]) -> str:
    """Where a variable is read from."""
    source = tree.mapping(entry, "valueFrom")
    for field, kind in (("secretKeyRef", "Secret"), ("configMapKeyRef", "ConfigMap")):
        if field in source:
            return f"key {tree.text(source, field, 'key')} of {kind} {tree.text(source, field, 'name')}"
    return tree.text(source, "fieldRef", "fieldPath") or ", ".join(_flat(source, ()))


def _of_volume(entry: Mapping[str, Any]) -> str:
    """What a volume is of."""
    named = (
        ("ConfigMap", tree.text(entry, "configMap", "name")),
        ("Secret", tree.text(entry, "secret", "secretName")),
        ("claim", tree.text(entry, "persistentVolumeClaim", "claimName")),
    )
    for kind, name in named:
        if name:
            return f"{kind} {name}"
    if "emptyDir" in entry:
        return f"emptyDir {tree.text(entry, 'emptyDir', 'sizeLimit')}".rstrip()
    return ", ".join(_flat({key: value for key, value in entry.items() if key != "name"}, ()))


def _of_container(entry: Mapping[str, Any]) -> str:
    return str(entry["image"])


def _of_mount(entry: Mapping[str, Any]) -> str:
    return f"volume {entry.get('name')}{', read-only' if entry.get('readOnly') is True else ''}"


def _of_host(entry: Mapping[str, Any]) -> str:
    return ", ".join(str(name) for name in entry["hostnames"])


def _of_name(entry: Mapping[str, Any]) -> str:
    """An entry with a name and little else, such as a header, a port or a pull secret."""
    rest = {key: value for key, value in entry.items() if key not in ("name", "value")}
    value = f"={entry['value']}" if "value" in entry else ""
    return ", ".join([f"{entry['name']}{value}", *_flat(rest, ())]) if rest else f"{entry['name']}{value}"


_Writer = Callable[[Mapping[str, Any]], str]
_KINDS: Final[Mapping[str, _Writer]] = {"Ingress": _of_ingress, "NetworkPolicy": _of_rule}
# The first key that a mapping has says how it is written.
_WRITERS: Final[tuple[tuple[str, _Writer], ...]] = (
    ("remoteRef", _of_store),
    ("image", _of_container),
    ("mountPath", _of_mount),
    ("hostnames", _of_host),
    ("valueFrom", _of_variable),
    ("name", _of_name),
)
