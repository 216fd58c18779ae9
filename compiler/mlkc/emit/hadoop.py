"""The Hadoop client's configuration files, the same in the images and in the cluster's ConfigMap."""

from __future__ import annotations

from collections.abc import Iterable

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


def core_site(properties: Properties) -> str:
    """Writes core-site.xml: where the default file system is."""
    return _configuration(properties)


def hdfs_site(properties: Properties) -> str:
    """Writes hdfs-site.xml: how the client speaks to HDFS."""
    return _configuration(properties)


def log4j() -> str:
    """Writes log4j.properties."""
    return _LOG4J


def _configuration(properties: Properties) -> str:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<configuration>"]
    for name, value in properties:
        lines += [
            "  <property>",
            f"    <name>{_text(name)}</name>",
            f"    <value>{_text(value)}</value>",
            "  </property>",
        ]
    return "\n".join([*lines, "</configuration>"]) + "\n"


def _text(value: str) -> str:
    # The standard library's escape would load its network modules. A carriage return would be read as a line feed.
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;")):
        value = value.replace(character, entity)
    return value
