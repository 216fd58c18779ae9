"""Every table of the catalogue by name, for what walks all of them: the tests and the reference page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from mlkc.catalog import (
    database,
    debian,
    debian_packages,
    defaults,
    drivers,
    dumps,
    effect_rows,
    effect_values,
    engines,
    hadoop,
    hadoop_checksums,
    images,
    ingress,
    java,
    kerberos,
    kubernetes,
    linter,
    lock_recipes,
    login,
    miniconda,
    mirrors,
    mlflow,
    network,
    node,
    python,
    server_options,
    serving,
    spark,
    spark_cluster,
    time_zones,
)

if TYPE_CHECKING:
    from mlkc.catalog.source import Row


class Table(Struct, frozen=True):
    """A table.

    Attributes:
        title: heading of its section in the reference page.
        module: where its rows stand, below `mlkc.catalog`.
        key: the fields that together name one row; no two rows share them.
        rows: the rows in reading order.
    """

    title: str
    module: str
    key: tuple[str, ...]
    rows: tuple[Row, ...]


TABLES: Final = (
    Table("Defaults", "defaults", ("setting",), defaults.CHOICES),
    Table("Debian releases", "debian", ("codename",), debian.RELEASES),
    Table("Debian packages and their pins", "debian_packages", ("name",), debian_packages.PACKAGES),
    Table("Java", "java", ("major",), java.MAJORS),
    Table("Java images", "images", ("major",), images.TEMURIN),
    Table("Hadoop", "hadoop", ("version",), hadoop.RELEASES),
    Table("Hadoop checksums", "hadoop_checksums", ("version", "variant"), hadoop_checksums.CHECKSUMS),
    Table("Python", "python", ("series",), python.SERIES),
    Table("Python images", "python", ("series", "debian"), python.IMAGES),
    Table("MLflow", "mlflow", ("version",), mlflow.RELEASES),
    Table("Spark", "spark", ("series",), spark.SERIES),
    Table("Spark on Kubernetes", "spark_cluster", ("name",), spark_cluster.SETTINGS),
    Table("Rights of a Spark driver", "spark_cluster", ("resource",), spark_cluster.RIGHTS),
    Table("Kerberos", "kerberos", ("name",), kerberos.SETTINGS),
    Table("Database drivers", "drivers", ("name",), drivers.DRIVERS),
    Table("Package locks", "lock_recipes", ("python", "mlflow"), lock_recipes.RECIPES),
    Table("Database engines", "engines", ("name",), engines.ENGINES),
    Table("Database dumps", "dumps", ("engine",), dumps.DUMPS),
    Table("Database servers", "database", ("engine", "series"), database.SERVERS),
    Table("Database environment variables", "database", ("engine", "name"), database.VARIABLES),
    Table("Owned server options", "server_options", ("option",), server_options.OWNED),
    Table("Foreign server options", "server_options", ("engine", "option"), server_options.FOREIGN),
    Table("Owned variables of PostgreSQL", "server_options", ("option",), server_options.OWNED_BY_POSTGRESQL),
    Table("Removed server options", "database", ("engine", "flag"), database.REMOVED_FLAGS),
    Table("Miniconda", "miniconda", ("name",), miniconda.INSTALLERS),
    Table("Other base images", "images", ("name",), images.BASES),
    Table("Node.js", "node", ("series",), node.IMAGES),
    Table("Mirrors", "mirrors", ("name",), mirrors.MIRRORS),
    Table("Features of the server", "serving", ("setting",), serving.FEATURES),
    Table("Login proxies", "login", ("name",), login.PROXIES),
    Table("Ingress controllers", "ingress", ("name",), ingress.CONTROLLERS),
    Table("Network", "network", ("name",), network.ENDPOINTS),
    Table("Time zones", "time_zones", ("name",), time_zones.AREAS),
    Table("Kubernetes", "kubernetes", ("minor",), kubernetes.MINORS),
    Table("Effects of changes", "effect_rows", ("kind", "field", "when"), effect_rows.EFFECTS),
    Table(
        "Effects that hang on the values", "effect_values", ("kind", "field", "note"), effect_values.BY_VALUE
    ),
    Table("Removed Kubernetes APIs", "kubernetes", ("api_version", "kinds"), kubernetes.REMOVALS),
    Table("Fields that not every Kubernetes has", "kubernetes", ("kind", "field"), kubernetes.FIELDS),
    Table("What kube-linter's checks look at", "linter", ("check",), linter.CHECKS),
)
