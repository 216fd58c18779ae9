"""The scalar types of the spec. They refuse what a cluster, a registry or HDFS would refuse.

Each raises `PydanticCustomError(name of a code, message, {"help": …})`; `mlkc.spec.errors` makes the
diagnostic. The Kubernetes schemas call all of these `string`, so nothing behind this room would notice.
"""

import ipaddress
import re
from collections.abc import Callable
from typing import Annotated, Any, NoReturn

from mlkc.spec.annotate import AfterValidator, Within
from mlkc.text import quantity


def refuse(code: str, message: str, advice: str, instead: str | None = None) -> NoReturn:
    """Raises the error that becomes a diagnostic of the code named `code`.

    Args:
        code: name of the code.
        message: what is wrong.
        advice: what to do.
        instead: the value that is meant, where there is no doubt; `mlkc fix` writes it.
    """
    from pydantic_core import PydanticCustomError  # noqa: PLC0415  a spec without errors needs none

    raise PydanticCustomError(code, "{message}", {"message": message, "help": advice, "instead": instead})


def _quantity(allowed: str, example: str, what: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        value = quantity.parse(text)
        if value is not None and value > 0 and re.search(allowed, text):
            return text
        guess = quantity.nearest(text)
        if value == 0:
            refuse("invalid-quantity", f"{what} `{text}` is zero", f"write an amount such as `{example}`")
        if guess and guess != text and re.search(allowed, guess):
            # In `2K` and `20gb` the case is in doubt: the help names a guess, and a person decides.
            sure = guess if re.sub(r"\s+|B$", "", text) == guess else None
            refuse("invalid-quantity", f"`{text}` is not a Kubernetes quantity", f"write `{guess}`", sure)
        refuse(
            "invalid-quantity",
            f"`{text}` is not {what} in Kubernetes",
            f"write an amount such as `{example}`",
        )

    return check


# Bytes: a milli-byte is legal to Kubernetes and always a mistake.
_bytes = _quantity(r"[0-9]([kMGTPE]i?|Ki)?$", "2Gi", "an amount of bytes")
Bytes = Annotated[str, AfterValidator(_bytes)]
# Cores: 0.5 or 500m; a binary suffix is a mistake.
_cores = _quantity(r"[0-9]m?$", "500m", "an amount of CPU")
Cores = Annotated[str, AfterValidator(_cores)]


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
    if len(text) > 40:
        refuse(
            "invalid-name",
            f"`{text}` has {len(text)} characters; objects add a suffix to it, so it may have 40",
            "shorten it",
        )
    return text


def _host_name(text: str) -> str:
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
    return _host_name(text)


DnsLabel = Annotated[str, AfterValidator(_dns_label)]
DnsName = Annotated[str, AfterValidator(_dns_name)]
StackName = Annotated[str, AfterValidator(_service_name)]
HostName = Annotated[str, AfterValidator(_host_name)]


def _address(text: str) -> str:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        refuse(
            "invalid-address", f"`{text}` is not an IP address", "write an address such as `192.168.10.145`"
        )
    if address.is_unspecified or address.is_multicast:
        refuse("invalid-address", f"`{text}` is not the address of a host", "write the node's own address")
    _refuse_what_means_two_things(text, address)
    return str(address)


def _refuse_what_means_two_things(text: str, address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    """Refuse the addresses that some programs read otherwise than others.

    Kubernetes takes no zone, and since 1.36 no IPv4-mapped address (`StrictIPCIDRValidation`, on by default).
    Source: Kubernetes 1.37.2, `pkg/features/kube_features.go` and `apimachinery/pkg/util/validation/ip.go`.
    """
    if address.version == 4:
        return
    if address.scope_id is not None:
        refuse(
            "invalid-address",
            f"`{text}` has a zone, which means something on one machine only",
            "write an address that every pod can reach",
        )
    if address.ipv4_mapped is not None:
        refuse(
            "invalid-address",
            f"`{text}` is an IPv4-mapped IPv6 address, which Kubernetes refuses since 1.36",
            f"write `{address.ipv4_mapped}`",
        )


def _cidr(text: str) -> str:
    """An address or a range of them, written out as a NetworkPolicy's ipBlock wants it."""
    try:
        found = ipaddress.ip_interface(text)
    except ValueError:
        refuse(
            "invalid-address",
            f"`{text}` is neither an IP address nor a range of them",
            "write an address such as `192.168.10.145` or a range such as `192.168.10.0/24`",
        )
    _refuse_what_means_two_things(text, found.ip)
    if found.ip != found.network.network_address:
        refuse(
            "invalid-address",
            f"`{text}` has bits beyond its range",
            f"write `{found.network}`, or one address alone",
        )
    return str(found.network)


Address = Annotated[str, AfterValidator(_address)]
Cidr = Annotated[str, AfterValidator(_cidr)]
Port = Annotated[int, Within(1, 65535)]
# A port that a process without privileges can listen on.
ListenPort = Annotated[int, Within(1024, 65535)]
Replicas = Annotated[int, Within(0, 100)]


def hdfs_uri(text: str) -> str:
    """Takes the address of a name node, without a slash at its end."""
    match = re.fullmatch(r"hdfs://([^/:@\s]+|\[[0-9a-fA-F:]+\])(?::([0-9]{1,5}))?/?", text)
    if not match:
        advice = "write `hdfs://HOST:8020`; the folder goes to `hdfs.path`"
        if re.fullmatch(r"[A-Za-z0-9.-]+(:[0-9]+)?/?", text):
            advice = f"write `hdfs://{text.rstrip('/')}`"
        refuse("invalid-hdfs-uri", f"`{text}` is not the address of an HDFS name node", advice)
    host, port = match[1], match[2]
    if port is not None and not 0 < int(port) < 65536:
        refuse(
            "invalid-hdfs-uri", f"`{text}` names port {port}, which does not exist", "the usual port is 8020"
        )
    if not host.startswith("["):
        _uri_host(host)
    return text.rstrip("/")


def _uri_host(host: str) -> None:
    if re.fullmatch(r"[0-9.]+", host):
        _address(host)
    else:
        _host_name(host)


def _server_host(text: str) -> str:
    head, colon, port = text.rpartition(":")
    if colon and ":" not in head and port.isdigit():
        refuse("invalid-address", f"`{text}` names a port too", f"write `host: {head}` and `port: {port}`")
    if colon:
        return _address(text)
    _uri_host(text)
    return text


def _secret_key(text: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9._-]{1,253}", text) and not text.startswith(".."):
        return text
    refuse(
        "invalid-pattern",
        f"`{text}` is not the key of a Secret",
        "use letters, digits and `._-`, such as `ca.crt`",
    )


ServerHost = Annotated[str, AfterValidator(_server_host)]
SecretKey = Annotated[str, AfterValidator(_secret_key)]


def absolute_path(text: str) -> str:
    """Takes an absolute path of plain characters."""
    if re.fullmatch(r"(/[A-Za-z0-9._=@+-]+)+", text) and not re.search(r"/\.\.?(/|$)", text):
        return text
    refuse(
        "invalid-path",
        f"`{text}` is not an absolute path of plain characters",
        "write a path such as `/mlflow/mlruns`: letters, digits and `._=@+-`, no `..`, no slash at the end",
    )


def _posix_user(text: str) -> str:
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]{0,31}", text):
        return text
    refuse(
        "invalid-user", f"`{text}` is not a user name", "use letters, digits and `_.-`, at most 32 of them"
    )


def _database_name(text: str) -> str:
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,63}", text):
        return text
    refuse(
        "invalid-database-name",
        f"`{text}` is not a plain database name",
        "use letters, digits and `_`, such as `mlflowdb`",
    )


def _database_user(text: str) -> str:
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,31}", text):
        return text
    refuse(
        "invalid-user",
        f"`{text}` is not a plain database user",
        "use letters, digits and `_`, such as `mlflow`",
    )


HdfsUri = Annotated[str, AfterValidator(hdfs_uri)]
AbsolutePath = Annotated[str, AfterValidator(absolute_path)]
PosixUser = Annotated[str, AfterValidator(_posix_user)]
DatabaseName = Annotated[str, AfterValidator(_database_name)]
DatabaseUser = Annotated[str, AfterValidator(_database_user)]


def _version(text: str) -> str:
    if re.fullmatch(r"[0-9]+(\.[0-9]+){0,3}", text):
        return text
    refuse(
        "invalid-version",
        f"`{text}` is not a version number",
        "write numbers joined by dots, such as `3.17.2`",
    )


def _kubernetes_version(text: str) -> str:
    match = re.fullmatch(r"1\.([0-9]{1,2})", text)
    if match and 25 <= int(match[1]) <= 37:
        return text
    shorter = re.fullmatch(r"v?(1\.[0-9]{1,2})(?:\.[0-9]+)?(?:[-+].*)?", text)
    if shorter and shorter[1] != text:
        refuse(
            "invalid-kubernetes-version",
            f"`{text}` is not a Kubernetes minor version",
            f'write `"{shorter[1]}"`',
            shorter[1] if 25 <= int(shorter[1][2:]) <= 37 else None,
        )
    refuse(
        "invalid-kubernetes-version",
        f"mlkc has no schemas of Kubernetes `{text}`",
        'it has those of "1.25" to "1.37"',
    )


Version = Annotated[str, AfterValidator(_version)]
KubernetesVersion = Annotated[str, AfterValidator(_kubernetes_version)]

# Grammar: https://github.com/distribution/reference (name components, tag, digest).
_COMPONENT = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
_DOMAIN_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
_DOMAIN = rf"(?:{_DOMAIN_LABEL}(?:\.{_DOMAIN_LABEL})*|\[[0-9a-fA-F:]+\])(?::[0-9]+)?"
_REPOSITORY = rf"(?:{_DOMAIN}/)?{_COMPONENT}(?:/{_COMPONENT})*"
_TAG = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}"
_DIGEST = r"sha256:[0-9a-f]{64}"


def _image(text: str) -> str:
    if re.fullmatch(rf"{_REPOSITORY}(?::{_TAG})?(?:@{_DIGEST})?", text):
        return text
    refuse(
        "invalid-image",
        f"`{text}` is not an image reference",
        "write `registry/name:tag` or `registry/name@sha256:…`; the name is in lower case",
    )


def _registry(text: str) -> str:
    if re.fullmatch(rf"{_DOMAIN}(?:/{_COMPONENT})*", text):
        return text
    advice, instead = "write `registry.example.com` or `registry.example.com/team`", None
    if "://" in text:
        bare = text.split("://", 1)[1].rstrip("/")
        advice = f"write `{bare}`, without the scheme"
        instead = bare if re.fullmatch(rf"{_DOMAIN}(?:/{_COMPONENT})*", bare) else None
    refuse("invalid-image", f"`{text}` is not a registry", advice, instead)


def _tag(text: str) -> str:
    if re.fullmatch(_TAG, text):
        return text
    refuse("invalid-image", f"`{text}` is not an image tag", "letters, digits and `_.-`, at most 128 of them")


def _digest(text: str) -> str:
    if re.fullmatch(_DIGEST, text):
        return text
    refuse("invalid-image", f"`{text}` is not an image digest", "write `sha256:` and 64 hexadecimal digits")


def _sha512(text: str) -> str:
    if re.fullmatch(r"[0-9a-f]{128}", text):
        return text
    refuse(
        "invalid-checksum",
        f"`{text}` is not a SHA-512 checksum",
        "write its 128 hexadecimal digits in lower case",
    )


ImageReference = Annotated[str, AfterValidator(_image)]
Registry = Annotated[str, AfterValidator(_registry)]
ImageTag = Annotated[str, AfterValidator(_tag)]
ImageDigest = Annotated[str, AfterValidator(_digest)]
Sha512 = Annotated[str, AfterValidator(_sha512)]


def check_url(text: str) -> str:
    """Returns an http or https URL without a slash at its end, or refuses it."""
    match = re.fullmatch(r"https?://([A-Za-z0-9.-]+)(:[0-9]{1,5})?(/[A-Za-z0-9._~%/+@=-]*)?", text)
    if match:
        return text.rstrip("/")
    if re.match(r"https?://[^/]*@", text):
        refuse(
            "credentials-in-url",
            "this URL holds a user name or password, which would reach the image",
            "leave it out",
        )
    refuse(
        "invalid-url",
        f"`{text}` is not an http or https URL of plain characters",
        "write `https://HOST/PATH`",
    )


def _preset_or_url(text: str) -> str:
    return check_url(text) if "://" in text else text


def one_mirror_for_all(data: Any) -> Any:
    """Reads `mirrors: NAME` as that preset for every kind."""
    return dict.fromkeys(("apt", "pip", "conda", "apache"), data) if isinstance(data, str) else data


Url = Annotated[str, AfterValidator(check_url)]
PresetOrUrl = Annotated[str, AfterValidator(_preset_or_url)]


def _label_value(text: str) -> str:
    if len(text) <= 63 and re.fullmatch(r"([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?", text):
        return text
    refuse(
        "invalid-label",
        f"`{text}` is not a label value",
        "at most 63 letters, digits and `_.-`, a letter or digit at both ends",
    )


def _label_key(text: str) -> str:
    prefix, _, name = text.rpartition("/")
    if prefix:
        _host_name(prefix)
    if len(name) <= 63 and re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?", name):
        return text
    refuse(
        "invalid-label",
        f"`{text}` is not a label key",
        "write `name` or `example.com/name`, the name up to 63 characters",
    )


LabelValue = Annotated[str, AfterValidator(_label_value)]
LabelKey = Annotated[str, AfterValidator(_label_key)]
