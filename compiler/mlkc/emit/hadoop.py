"""The Hadoop client's configuration files, the same in the images and in the cluster's ConfigMap."""

from __future__ import annotations

from collections.abc import Iterable

from mlkc.artifact.build import Sourced
from mlkc.text.paths import PlanPath

Properties = Iterable[tuple[str, str]]

# The client logs to standard error only: a log file would need a folder to write to, and the class path that
# `hadoop classpath` prints must stand alone on standard output.
_LOG4J = """\
hadoop.root.logger=WARN,console
log4j.rootLogger=${hadoop.root.logger}
log4j.appender.console=org.apache.log4j.ConsoleAppender
log4j.appender.console.target=System.err
log4j.appender.console.layout=org.apache.log4j.PatternLayout
log4j.appender.console.layout.ConversionPattern=%d{ISO8601} %p %c{2}: %m%n
"""


def site(properties: Properties, path: PlanPath) -> list[str | Sourced]:
    """Writes core-site.xml or hdfs-site.xml, as lines.

    Args:
        properties: names and values, in the order to write.
        path: plan path of the properties; each property's own is that with its name.
    """
    lines: list[str | Sourced] = ['<?xml version="1.0" encoding="UTF-8"?>', "<configuration>"]
    for name, value in properties:
        block = (
            f"  <property>\n    <name>{_text(name)}</name>\n    <value>{_text(value)}</value>\n  </property>"
        )
        lines.append(Sourced((*path, name), block))
    return [*lines, "</configuration>"]


def log4j() -> str:
    """Writes log4j.properties."""
    return _LOG4J


def _text(value: str) -> str:
    # The standard library's escape would load its network modules. A carriage return would be read as a line feed.
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;")):
        value = value.replace(character, entity)
    return value
