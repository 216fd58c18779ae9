"""A mount table of viewfs: every link leads somewhere, and the artifacts lie below one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mlkc.diag import output_codes as codes
from mlkc.diag.diagnostic import Diagnostic, InSpec
from mlkc.diag.suggest import closest
from mlkc.plan.passes.written import written

if TYPE_CHECKING:
    from mlkc.plan.stack import HdfsPlan
    from mlkc.source.tree import SourceTree
    from mlkc.spec.hdfs import Hdfs


def check_mounts(environment: str, hdfs: Hdfs, tree: SourceTree) -> Iterator[Diagnostic]:
    """Refuses a table that Hadoop's client does not take, or that leaves the artifacts nowhere."""
    viewed = hdfs.name_node.startswith("viewfs://")
    if viewed != bool(hdfs.mounts):
        setting = "nameNode" if viewed else "mounts" if hdfs.mounts else "nameServices"
        yield codes.BROKEN_MOUNT_TABLE.at(
            InSpec(written(tree, environment, "hdfs", setting), key=True),
            f"`{hdfs.name_node}` has no folder"
            if viewed
            else f"`{setting}` is for a `nameNode` of `viewfs://NAME`",
            help="write `nameNode: viewfs://NAME`, and each of its folders under `mounts`",
        )
        return
    if not viewed:
        yield codes.BROKEN_MOUNT_TABLE.at(
            InSpec(written(tree, environment, "hdfs", "nameServices"), key=True),
            "`nameServices` is for a `nameNode` of `viewfs://NAME`",
            help="write the name nodes of one service as `nameNodes`",
        )
        return
    yield from _nested(environment, hdfs, tree)
    yield from _unknown(environment, hdfs, tree)
    if not any(below(hdfs.path, link) for link in hdfs.mounts):
        yield codes.PATH_OUTSIDE_MOUNTS.at(
            InSpec(written(tree, environment, "hdfs", "path")),
            f"the artifacts' folder `{hdfs.path}` is below no folder of `{hdfs.name_node}`",
            help=f"its folders are {', '.join(f'`{link}`' for link in hdfs.mounts)}",
        )


def _nested(environment: str, hdfs: Hdfs, tree: SourceTree) -> Iterator[Diagnostic]:
    for link in hdfs.mounts:
        above = [other for other in hdfs.mounts if other != link and below(link, other)]
        if above:
            yield codes.BROKEN_MOUNT_TABLE.at(
                InSpec((*written(tree, environment, "hdfs", "mounts"), link), key=True),
                f"`{link}` is below `{above[0]}`, which is a folder of HDFS itself",
                help="write folders of which none is in another",
            )


def _unknown(environment: str, hdfs: Hdfs, tree: SourceTree) -> Iterator[Diagnostic]:
    """A host without a port and a domain that no node is called is meant as a name service."""
    names = {name for node in hdfs.nodes for name in node.hostnames}
    for link, folder in hdfs.mounts.items():
        host = folder.removeprefix("hdfs://").partition("/")[0]
        if host in hdfs.name_services or host in names or "." in host or ":" in host:
            continue
        guess = closest(host, list(hdfs.name_services))
        yield codes.UNKNOWN_NAME_SERVICE.at(
            InSpec((*written(tree, environment, "hdfs", "mounts"), link)),
            f"`{host}` is no name service of the spec",
            help=f"did you mean `{guess}`?"
            if guess
            else f"write its name nodes under `nameServices`, or the port of a name node: `hdfs://{host}:8020`",
        )


def mounted(hdfs: HdfsPlan) -> tuple[str, ...]:
    """Lists the folders of a mount table; none where there is no table."""
    marks = (
        name.partition(".link.") for name, _ in hdfs.core_site if name.startswith("fs.viewfs.mounttable.")
    )
    return tuple(folder for _, _, folder in marks if folder)


def below(path: str, folder: str) -> bool:
    """Tells whether `path` is `folder`, or in it."""
    return f"{path}/".startswith(f"{folder}/")
