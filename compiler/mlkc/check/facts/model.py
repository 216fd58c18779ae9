"""What a rule over the plan is, and how it finds its place in the spec."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from mlkc.diag.code import Code
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.plan.plan import EnvironmentPlan, Plan
from mlkc.plan.stack import HdfsPlan

if TYPE_CHECKING:
    from mlkc.plan.images.model import ImageBuild


class Fact(Struct, frozen=True):
    """One rule.

    Attributes:
        code: what its diagnostics carry.
        doc: the docstring of its file, with the headings What, Why, Bad and Good; the latter two are parts of a spec.
        find: finds all faults of a plan. The same fault of several environments has the same message and place.
    """

    code: Code
    doc: str | None
    find: Callable[[Plan], Iterable[Diagnostic]]


def setting(plan: Plan, environment: EnvironmentPlan, *path: str | int) -> InSpec:
    """Returns the place of a setting that holds in an environment: there if it says so, else where all share it."""
    own = ("environments", environment.name, *path)
    return InSpec(own if own in plan.written else path)


def client_build(plan: Plan) -> ImageBuild | None:
    """Finds the client's image; None where no environment has a client."""
    return next((build for build in plan.images if build.name == "client"), None)


def spark_version(build: ImageBuild) -> str:
    """Reads Spark's version from what an image installs; empty where it installs none."""
    name = "pyspark=="
    texts = (requirement.text for requirement in build.python.requirements)
    return next((text.removeprefix(name) for text in texts if text.startswith(name)), "")


def host_of(uri: str) -> str:
    """Cuts the host out of `hdfs://HOST:PORT`, an IPv6 address without its brackets."""
    host = uri.removeprefix("hdfs://")
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]


def name_node_hosts(hdfs: HdfsPlan) -> tuple[str, ...]:
    """Lists the name nodes' hosts: those of the name service, else that of the default file system."""
    key = "dfs.namenode.rpc-address."
    found = tuple(host_of(value) for name, value in hdfs.hdfs_site if name.startswith(key))
    own = dict(hdfs.core_site)["fs.defaultFS"]
    if own.startswith("viewfs://"):
        services = dict(hdfs.hdfs_site).get("dfs.nameservices", "").split(",")
        links = (value for name, value in hdfs.core_site if name.startswith("fs.viewfs.mounttable."))
        hosts = dict.fromkeys(host_of(link.removeprefix("hdfs://").partition("/")[0]) for link in links)
        return (*found, *(host for host in hosts if host not in services))
    return found or (host_of(own),)


def is_address(host: str) -> bool:
    """Tells an IP address from a name; `host` is one of the two."""
    return ":" in host or host.replace(".", "").isdigit()
