"""Names as Kubernetes takes them: of objects, hosts, labels and the keys of a Secret."""

import re
from typing import Annotated

from mlkc.spec.annotate import AfterValidator
from mlkc.spec.types import refuse


def _dns_label(text: str) -> str:
    """RFC 1123 label: what Kubernetes asks of a Service, a Namespace and a container."""
    if re.fullmatch(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?", text) and len(text) <= 63:
        return text
    if len(text) > 63:
        refuse("invalid-name", f"`{text}` has {len(text)} characters, a name may have 63", "shorten it")
    guess = re.sub(r"-+", "-", re.sub(r"[^a-z0-9-]", "-", text.lower())).strip("-")
    refuse(
        "invalid-name",
        f"`{text}` is not a DNS label (lower case letters, digits and `-`, a letter or digit at both ends)",
        f"write `{guess}`" if guess else "use lower case letters and digits",
    )


def _service_name(text: str) -> str:
    """RFC 1035 label: a Service's name starts with a letter."""
    if _dns_label(text)[0].isdigit():
        refuse("invalid-name", f"`{text}` starts with a digit, a Service's name can't", f"write `m{text}`")
    if text == "kubernetes":
        refuse(
            "invalid-name", "`kubernetes` is the Service of the API server", "write another, such as `mlflow`"
        )
    if len(text) > 40:
        refuse(
            "invalid-name",
            f"`{text}` has {len(text)} characters; objects add a suffix to it, so it may have 40",
            "shorten it",
        )
    return text


def _namespace(text: str) -> str:
    """Kubernetes keeps names that start with `kube-` for its own namespaces.

    Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/.
    """
    if _dns_label(text).startswith("kube-"):
        refuse(
            "invalid-name",
            f"`{text}` is a name for the cluster's own namespaces, which the stack would change",
            "write a namespace of its own",
        )
    return text


def _account(text: str) -> str:
    """Each namespace has an account `default`, which pods of others run as too."""
    if text == "default":
        refuse(
            "invalid-name",
            "`default` is the namespace's own account: as the stack's it would lose its token for every other pod",
            "leave it out, or write another name",
        )
    return _dns_label(text)


def host_name(text: str) -> str:
    """RFC 1123 subdomain: what an Ingress host and a host alias may be."""
    labels = text.split(".")
    if len(text) <= 253 and all(re.fullmatch(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?", part) for part in labels):
        return text
    refuse(
        "invalid-host",
        f"`{text}` is not a host name",
        "a host name is lower case labels of letters, digits and `-`, joined by dots: `ab-node1.senses`",
    )


def _dns_name(text: str) -> str:
    """A host name that is no address: what an Ingress, an HTTPRoute and a host alias are for."""
    if re.fullmatch(r"[0-9]+(\.[0-9]+){3}", text):
        refuse(
            "invalid-host",
            f"`{text}` is an address, and a host name is wanted",
            "write a name such as `mlflow.example.com`",
        )
    return host_name(text)


DnsLabel = Annotated[str, AfterValidator(_dns_label)]
Namespace = Annotated[str, AfterValidator(_namespace)]
AccountName = Annotated[str, AfterValidator(_account)]
DnsName = Annotated[str, AfterValidator(_dns_name)]
StackName = Annotated[str, AfterValidator(_service_name)]
HostName = Annotated[str, AfterValidator(host_name)]


def _label_value(text: str) -> str:
    if len(text) <= 63 and re.fullmatch(r"([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?", text):
        return text
    refuse(
        "invalid-label",
        f"`{text}` is not a label value",
        "at most 63 letters, digits and `_.-`, a letter or digit at both ends",
    )


def _label_key(text: str) -> str:
    prefix, slash, name = text.rpartition("/")
    if prefix:
        host_name(prefix)
    if (
        bool(prefix) == bool(slash)
        and len(name) <= 63
        and re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?", name)
    ):
        return text
    refuse(
        "invalid-label",
        f"`{text}` is not a label key",
        "write `name` or `example.com/name`, the name up to 63 characters",
    )


LabelValue = Annotated[str, AfterValidator(_label_value)]
LabelKey = Annotated[str, AfterValidator(_label_key)]


def _secret_key(text: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9._-]{1,253}", text) and not text.startswith(".."):
        return text
    refuse(
        "invalid-pattern",
        f"`{text}` is not the key of a Secret",
        "use letters, digits and `._-`, such as `ca.crt`",
    )


SecretKey = Annotated[str, AfterValidator(_secret_key)]
