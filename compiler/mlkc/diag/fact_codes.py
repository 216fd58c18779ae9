"""The rows MK3xx of the table of codes: what is known of the software that a spec asks for, and of accepting it."""

from __future__ import annotations

from mlkc.diag.code import Code
from mlkc.diag.diagnostic import Severity

_ERROR = Severity.ERROR
_WARNING = Severity.WARNING

# MK30x, MK31x: releases and what goes together in an image
ENDED_DEBIAN = Code("MK301", "ended-debian", _WARNING, "A Debian release without security updates")
ENDED_PYTHON = Code("MK302", "ended-python", _WARNING, "A Python without security updates")
HADOOP_JAVA = Code("MK303", "hadoop-java", _WARNING, "A Java that this Hadoop is not made for")
SPARK_JAVA = Code("MK304", "spark-java", _WARNING, "A Java that this Spark is not made for")
SPARK_PYTHON = Code("MK305", "spark-python", _WARNING, "A Python that this Spark is not made for")
MLFLOW_PYTHON = Code("MK306", "mlflow-python", _ERROR, "A Python too old for this MLflow")
UNINSTALLABLE_MLFLOW = Code(
    "MK307", "uninstallable-mlflow", _WARNING, "An MLflow whose parts are not all in the package index"
)
UNLOCKED_PACKAGES = Code(
    "MK308", "unlocked-packages", _WARNING, "A Python and an MLflow whose packages mlkc has not locked"
)
BASE_DEBIAN = Code("MK309", "base-debian", _WARNING, "A base image of another Debian than the spec says")
FLOATING_TAG = Code("MK310", "floating-tag", _WARNING, "An image whose tag names another image tomorrow")
DRIVER_LIBRARY = Code("MK311", "driver-library", _WARNING, "A database driver without its system library")
UNPROVED_TARBALL = Code("MK312", "unproved-tarball", _WARNING, "A tarball that no checksum proves")
PLAIN_INDEX = Code("MK313", "plain-index", _WARNING, "Python packages by plain http")

# MK32x: the database
ENDED_DATABASE = Code("MK320", "ended-database", _WARNING, "A database series without updates")
UNKNOWN_DATABASE = Code(
    "MK321", "unknown-database", _WARNING, "A database series that the catalogue does not have"
)
FLOATING_DATABASE = Code("MK322", "floating-database", _WARNING, "A database version that is not one release")
ROOT_DATABASE_USER = Code("MK323", "root-database-user", _WARNING, "MLflow is the database's root")

# MK33x: the cluster and the server
ENDED_KUBERNETES = Code("MK330", "ended-kubernetes", _WARNING, "A Kubernetes version without patches")
INGRESS_WITHOUT_TLS = Code("MK331", "ingress-without-tls", _WARNING, "The server is served by plain http")
SHARED_HOST = Code("MK332", "shared-host", _WARNING, "Two environments are reached at one host")
MEMORY_OF_WORKERS = Code("MK333", "memory-of-workers", _WARNING, "Less memory than the server's workers need")

# MK34x: HDFS
NAME_NODE_BY_ADDRESS = Code(
    "MK340", "name-node-by-address", _WARNING, "A name node by its address while the nodes have names"
)
UNKNOWN_NAME_NODE = Code("MK341", "unknown-name-node", _WARNING, "A name node that no node is called")
LOOPBACK_HOST = Code("MK342", "loopback-host", _WARNING, "An HDFS host that every pod takes for itself")
DUPLICATE_ADDRESS = Code("MK343", "duplicate-address", _ERROR, "Two HDFS nodes at one address")
CLASHING_HOST = Code(
    "MK344", "clashing-host", _ERROR, "A host name of an HDFS node that means something else too"
)

# MK345 to MK348: conda
CONDA_LICENCE = Code("MK345", "conda-licence", _WARNING, "A conda channel that larger organisations pay for")
UNUSED_CONDA_MIRROR = Code("MK346", "unused-conda-mirror", _WARNING, "A mirror of conda without conda")
OLD_OPENSSL = Code("MK347", "old-openssl", _WARNING, "An OpenSSL older than the Python can use")
UNLOCKED_CONDA = Code("MK348", "unlocked-conda", _WARNING, "Packages of conda that no lock holds")
# MK349: uploads
CUT_UPLOADS = Code("MK349", "cut-uploads", _WARNING, "An ingress that may refuse or cut uploads of artifacts")

# MK350: labels and annotations
OWNED_METADATA = Code(
    "MK350", "owned-metadata", _ERROR, "A label or an annotation that something else decides"
)

# MK351: a time
UNKNOWN_TIME_ZONE = Code(
    "MK351", "unknown-time-zone", _WARNING, "A time zone that the catalogue does not have"
)

# MK36x: the way to the database
CLOSED_DATABASE = Code(
    "MK360", "closed-database", _ERROR, "A database server that the network policies keep out of reach"
)

# MK37x: network and life
CLOSED_HDFS = Code("MK370", "closed-hdfs", _ERROR, "A name node that the network policies keep out of reach")
CLOSED_INGRESS = Code("MK371", "closed-ingress", _ERROR, "An ingress that the network policies keep out")
IDLE_REPLICAS = Code("MK372", "idle-replicas", _ERROR, "A number of replicas beside an autoscaler")
NO_ROOM_TO_SCALE = Code("MK373", "no-room-to-scale", _ERROR, "An autoscaler that can't scale")
IDLE_BUDGET = Code("MK374", "idle-budget", _ERROR, "A disruption budget that keeps no pod")
LONG_DRAIN = Code("MK375", "long-drain", _ERROR, "A pod that is killed before its drain ends")
UNANSWERED_SERVICE = Code(
    "MK376", "unanswered-service", _ERROR, "A Service open to the outside by names that the server refuses"
)

# MK38x: secrets
MISSING_SEALED_VALUE = Code(
    "MK380", "missing-sealed-value", _ERROR, "A key of a Secret that has no sealed value"
)
IDLE_SETTING = Code("MK381", "idle-setting", _ERROR, "A setting that can't take effect")
MISSING_SECRET_STORE = Code("MK382", "missing-secret-store", _ERROR, "Passwords from a store without a name")
SECRETS_OUT_OF_REACH = Code(
    "MK383", "secrets-out-of-reach", _ERROR, "Passwords that whoever renders the overlay can't read"
)
BROKEN_NAME_SERVICE = Code("MK384", "broken-name-service", _ERROR, "A name service that can't fail over")
DERIVED_PROPERTY = Code("MK385", "derived-property", _ERROR, "A property that another setting decides")
DRIVER_OF_ANOTHER_ENGINE = Code(
    "MK386", "driver-of-another-engine", _ERROR, "A driver that does not speak to the database"
)
DRIVER_TOO_NEW = Code(
    "MK387", "driver-too-new", _ERROR, "A driver that the MLflow's SQLAlchemy does not know"
)

UNKNOWN_SERVER_VARIABLE = Code(
    "MK392", "unknown-server-variable", _ERROR, "A variable that the database server does not have"
)

# MK396 to MK398: Spark on the cluster
SMALL_EXECUTOR = Code("MK396", "small-executor", _ERROR, "A Spark executor with too little memory to start")
OLD_SPARK = Code("MK397", "old-spark", _ERROR, "A Spark too old for executors on the cluster")
CLOSED_KUBERNETES_API = Code(
    "MK398", "closed-kubernetes-api", _ERROR, "A Kubernetes API that the network policies keep out of reach"
)
AUTH_ON_MYSQL = Code("MK388", "auth-on-mysql", _ERROR, "MLflow's users in a database that can't keep them")
OLD_AUTH = Code("MK389", "old-auth", _ERROR, "Users of an MLflow that can't bring their tables up to date")

# MK39x: accepting warnings
UNUSED_ACCEPTANCE = Code("MK390", "unused-acceptance", _WARNING, "A warning is accepted that nothing raises")
ACCEPTED_ERROR = Code("MK391", "accepted-error", _ERROR, "Something is accepted that can't be")
OWNED_VARIABLE = Code(
    "MK393", "owned-variable", _ERROR, "A variable of a container that something else in the spec decides"
)
CAPPED_PACKAGE = Code("MK394", "capped-package", _ERROR, "A Python package newer than MLflow takes")
PACKAGE_OUTSIDE_LOCK = Code(
    "MK395", "package-outside-lock", _WARNING, "A Python package at another version than the lock has"
)

ALL: tuple[Code, ...] = (
    ENDED_DEBIAN,
    ENDED_PYTHON,
    HADOOP_JAVA,
    SPARK_JAVA,
    SPARK_PYTHON,
    MLFLOW_PYTHON,
    UNINSTALLABLE_MLFLOW,
    UNLOCKED_PACKAGES,
    BASE_DEBIAN,
    FLOATING_TAG,
    DRIVER_LIBRARY,
    UNPROVED_TARBALL,
    PLAIN_INDEX,
    ENDED_DATABASE,
    UNKNOWN_DATABASE,
    FLOATING_DATABASE,
    ROOT_DATABASE_USER,
    ENDED_KUBERNETES,
    INGRESS_WITHOUT_TLS,
    SHARED_HOST,
    MEMORY_OF_WORKERS,
    NAME_NODE_BY_ADDRESS,
    UNKNOWN_NAME_NODE,
    LOOPBACK_HOST,
    DUPLICATE_ADDRESS,
    CLASHING_HOST,
    CONDA_LICENCE,
    UNUSED_CONDA_MIRROR,
    OLD_OPENSSL,
    UNLOCKED_CONDA,
    CUT_UPLOADS,
    OWNED_METADATA,
    UNKNOWN_TIME_ZONE,
    CLOSED_DATABASE,
    CLOSED_HDFS,
    CLOSED_INGRESS,
    IDLE_REPLICAS,
    NO_ROOM_TO_SCALE,
    IDLE_BUDGET,
    LONG_DRAIN,
    UNANSWERED_SERVICE,
    MISSING_SEALED_VALUE,
    IDLE_SETTING,
    MISSING_SECRET_STORE,
    SECRETS_OUT_OF_REACH,
    BROKEN_NAME_SERVICE,
    DERIVED_PROPERTY,
    DRIVER_OF_ANOTHER_ENGINE,
    DRIVER_TOO_NEW,
    AUTH_ON_MYSQL,
    OLD_AUTH,
    UNUSED_ACCEPTANCE,
    ACCEPTED_ERROR,
    UNKNOWN_SERVER_VARIABLE,
    OWNED_VARIABLE,
    CAPPED_PACKAGE,
    PACKAGE_OUTSIDE_LOCK,
    SMALL_EXECUTOR,
    OLD_SPARK,
    CLOSED_KUBERNETES_API,
)
