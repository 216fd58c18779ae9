"""Scalar types of `hdfs`."""

import re
from typing import Annotated

from mlkc.spec.annotate import AfterValidator
from mlkc.spec.network_types import hdfs_uri
from mlkc.spec.types import absolute_path, refuse
from mlkc.text.secret_names import is_secret_name


def _property(text: str) -> str:
    if is_secret_name(text):
        refuse(
            "plain-text-secret",
            f"the property `{text}` would put a secret into the spec, which is committed",
            "name a credential provider by `hadoop.security.credential.provider.path` instead",
        )
    if re.fullmatch(r"[A-Za-z0-9._-]{1,200}", text):
        return text
    refuse(
        "invalid-pattern",
        "this is not the name of a Hadoop property",
        "write one such as `dfs.client.read.shortcircuit`",
    )


def _property_value(text: str) -> str:
    if text.isprintable() and len(text) <= 2000:
        return text
    refuse("invalid-pattern", "this value is not one line of plain text", "leave control characters out")


Properties = dict[Annotated[str, AfterValidator(_property)], Annotated[str, AfterValidator(_property_value)]]


def _file_system(text: str) -> str:
    """A name node, a name service, or a table of mounts by its name."""
    if re.fullmatch(r"viewfs://[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?/?", text):
        return text.rstrip("/")
    return hdfs_uri(text)


def _hdfs_folder(text: str) -> str:
    """A folder of HDFS with the name node or name service that has it."""
    match = re.fullmatch(r"(hdfs://[^/]+)(/.*)?", text)
    if not match:
        refuse("invalid-hdfs-uri", f"`{text}` is not a folder of HDFS", "write `hdfs://HOST:8020/FOLDER`")
    folder = (match[2] or "/").rstrip("/")
    return hdfs_uri(match[1]) + (absolute_path(folder) if folder else "/")


def _realm(text: str) -> str:
    if re.fullmatch(r"[A-Z0-9]([A-Z0-9.-]{0,253}[A-Z0-9])?", text):
        return text
    refuse(
        "invalid-pattern",
        f"`{text}` is not the name of a Kerberos realm",
        f"write it in capitals: `{re.sub('[^A-Z0-9.-]', '', text.upper()) or 'EXAMPLE.COM'}`",
    )


def _principal(text: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9._-]{1,64}(/[A-Za-z0-9._-]{1,253})?(@[A-Z0-9][A-Z0-9.-]{0,253})?", text):
        return text
    refuse(
        "invalid-pattern",
        f"`{text}` is not a Kerberos principal",
        "write `NAME`, `NAME/HOST` or `NAME@REALM`, the realm in capitals",
    )


FileSystemUri = Annotated[str, AfterValidator(_file_system)]
HdfsFolder = Annotated[str, AfterValidator(_hdfs_folder)]
Realm = Annotated[str, AfterValidator(_realm)]
Principal = Annotated[str, AfterValidator(_principal)]
