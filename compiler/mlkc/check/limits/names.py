"""The forms of names that Kubernetes accepts.

Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ and the package
k8s.io/apimachinery/pkg/util/validation.
"""

from __future__ import annotations

import re

_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")
_SERVICE = re.compile(r"[a-z]([-a-z0-9]{0,61}[a-z0-9])?")
_SUBDOMAIN = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
_QUALIFIED = re.compile(r"[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?")
_PORT = re.compile(r"(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?")
_DATA_KEY = re.compile(r"[-._a-zA-Z0-9]{1,253}")


def is_dns_label(text: str) -> bool:
    """Tells whether `text` is a DNS label (RFC 1123): a namespace, a container, a volume."""
    return _LABEL.fullmatch(text) is not None


def is_service_name(text: str) -> bool:
    """Tells whether `text` is a DNS label that begins with a letter (RFC 1035): a service."""
    return _SERVICE.fullmatch(text) is not None


def is_subdomain(text: str) -> bool:
    """Tells whether `text` is a DNS subdomain (RFC 1123): the name of most objects."""
    return len(text) <= 253 and _SUBDOMAIN.fullmatch(text) is not None


def is_label_value(text: str) -> bool:
    """Tells whether `text` can be a label's value; the empty text can."""
    return text == "" or _QUALIFIED.fullmatch(text) is not None


def is_qualified_name(text: str) -> bool:
    """Tells whether `text` can be the key of a label or annotation: a name, maybe after a domain and `/`."""
    domain, slash, name = text.rpartition("/")
    return _QUALIFIED.fullmatch(name) is not None and (not slash or is_subdomain(domain))


def is_port_name(text: str) -> bool:
    """Tells whether `text` is a service name of IANA: at most 15 characters, a letter among them."""
    return _PORT.fullmatch(text) is not None


def is_data_key(text: str) -> bool:
    """Tells whether `text` can be a key of a ConfigMap or Secret."""
    return _DATA_KEY.fullmatch(text) is not None and text not in {".", ".."} and not text.startswith("..")
