"""The rows MK4xx, MK5xx and MK6xx of the table of codes: faults of what a compile would write."""

from __future__ import annotations

from mlkc.diag.code import Code
from mlkc.diag.diagnostic import Severity

_ERROR = Severity.ERROR

# MK40x: the schema of an object
UNSERVED_API = Code(
    "MK401", "unserved-api", _ERROR, "An object of an API that this Kubernetes does not serve"
)
UNKNOWN_FIELD = Code("MK402", "unknown-field", _ERROR, "A field that this kind of object does not have")
MISSING_FIELD = Code(
    "MK403", "missing-field", _ERROR, "A field that this kind of object must have is not there"
)
INVALID_FIELD = Code("MK404", "invalid-field", _ERROR, "A field with a value that its type does not allow")

# MK41x: what the schema accepts and the server refuses
INVALID_OBJECT_NAME = Code("MK410", "invalid-object-name", _ERROR, "An object whose name the server refuses")
INVALID_OBJECT_LABEL = Code("MK411", "invalid-object-label", _ERROR, "A label that the server refuses")
INVALID_PORT = Code("MK412", "invalid-port", _ERROR, "A port number or name that the server refuses")
REFUSED_QUANTITY = Code("MK413", "refused-quantity", _ERROR, "An amount that the server can't read")
INVALID_VARIABLE_NAME = Code(
    "MK414", "invalid-variable-name", _ERROR, "An environment variable whose name the server refuses"
)
INVALID_HOST_ALIAS = Code("MK415", "invalid-host-alias", _ERROR, "A host alias that the server refuses")
REQUEST_ABOVE_LIMIT = Code(
    "MK416", "request-above-limit", _ERROR, "A container asks for more than it may use"
)
UNKNOWN_CHOICE = Code("MK417", "unknown-choice", _ERROR, "A word that is none of those that a field takes")
CONTRADICTORY_FIELDS = Code(
    "MK418", "contradictory-fields", _ERROR, "Fields side by side of which the server takes one"
)

# MK42x, MK43x: references between objects
UNMATCHED_SELECTOR = Code("MK420", "unmatched-selector", _ERROR, "A selector that no pod's labels match")
UNKNOWN_TARGET_PORT = Code(
    "MK421", "unknown-target-port", _ERROR, "A service names a port that its pods lack"
)
UNKNOWN_BACKEND = Code(
    "MK422", "unknown-backend", _ERROR, "An ingress or a route sends to a service or port that is not there"
)
UNKNOWN_SECRET = Code(
    "MK423", "unknown-secret", _ERROR, "A pod reads a Secret, or a key of one, that is not there"
)
UNKNOWN_CONFIG_MAP = Code(
    "MK424", "unknown-config-map", _ERROR, "A pod reads a ConfigMap, or a key of one, that is not there"
)
UNKNOWN_CLAIM = Code("MK425", "unknown-claim", _ERROR, "A pod uses a volume claim that is not there")
UNKNOWN_VOLUME = Code("MK426", "unknown-volume", _ERROR, "A container mounts a volume that its pod lacks")
UNKNOWN_SERVICE_ACCOUNT = Code(
    "MK427", "unknown-service-account", _ERROR, "A pod runs as a service account that is not there"
)
UNKNOWN_PROBE_PORT = Code(
    "MK428", "unknown-probe-port", _ERROR, "A probe or hook names a port that its container lacks"
)
LATE_VARIABLE = Code("MK429", "late-variable", _ERROR, "A variable refers to one that stands after it")
DUPLICATE_ENTRY = Code("MK430", "duplicate-entry", _ERROR, "Two entries of a list have the same key")
DUPLICATE_OBJECT = Code(
    "MK431", "duplicate-object", _ERROR, "Two objects have the same kind, name and namespace"
)
SEVERAL_ROOT_PASSWORDS = Code(
    "MK433",
    "several-root-passwords",
    Severity.WARNING,
    "A database whose root has a password and something else",
)
REFUSED_POD = Code("MK434", "refused-pod", _ERROR, "A pod that its namespace does not admit")
DUPLICATE_PATH = Code("MK432", "duplicate-path", _ERROR, "Two outputs would be written to one path")

# MK5xx: Kustomize
KUSTOMIZE_FAILURE = Code("MK501", "kustomize-failure", _ERROR, "Kustomize can't render an overlay")
KUSTOMIZE_WARNING = Code("MK502", "kustomize-warning", _ERROR, "Kustomize warns of what it was given")
MISSING_PATCH_TARGET = Code(
    "MK503", "missing-patch-target", _ERROR, "A patch for an object that is not there"
)
INVALID_KUSTOMIZATION = Code(
    "MK504",
    "invalid-kustomization",
    _ERROR,
    "A kustomization with a field that is unknown, deprecated or wrong",
)
UNLISTED_RESOURCE = Code(
    "MK505", "unlisted-resource", _ERROR, "A kustomization and the files beside it don't agree"
)
UNUSED_IMAGE = Code("MK506", "unused-image", _ERROR, "An overlay sets an image that no container has")
MISSING_GENERATOR_FILE = Code(
    "MK507", "missing-generator-file", _ERROR, "A generator reads a file that is not there"
)
UNFAITHFUL_OVERLAY = Code(
    "MK508", "unfaithful-overlay", _ERROR, "An overlay renders to something else than the plan says"
)

# MK65x: what a Dockerfile refers to
MISSING_COPY_SOURCE = Code(
    "MK650", "missing-copy-source", _ERROR, "A Dockerfile copies what its folder lacks"
)
UNKNOWN_STAGE = Code("MK651", "unknown-stage", _ERROR, "A Dockerfile copies from a stage that it lacks")

# MK652 to MK655: what every part is fine with and the whole is not
SHARED_CLAIM = Code(
    "MK652", "shared-claim", Severity.WARNING, "Several pods mount a volume that one node can mount"
)
UNANSWERED_HOST = Code(
    "MK653", "unanswered-host", Severity.WARNING, "An ingress sends a host that its server does not answer"
)
OVERLAPPING_SELECTOR = Code(
    "MK654", "overlapping-selector", _ERROR, "A service's selector matches the pods of two workloads"
)
LOCAL_STORE = Code("MK655", "local-store", _ERROR, "Several pods of a server whose metadata is in a file")

# MK656: a login in the way
METRICS_BEHIND_LOGIN = Code(
    "MK656", "metrics-behind-login", _ERROR, "Metrics that ask Prometheus for a login"
)
IDLE_LOGIN = Code("MK657", "idle-login", _ERROR, "A login that nobody is asked for")
LOGIN_WITHOUT_TLS = Code("MK658", "login-without-tls", _ERROR, "A login by plain http")
TWO_LOGINS = Code("MK659", "two-logins", _ERROR, "Two logins before one server")
LOGIN_PASSED_BY = Code("MK660", "login-passed-by", _ERROR, "A login that a way to the server passes by")
CLOSED_LOGIN = Code("MK661", "closed-login", _ERROR, "An issuer that the network policies keep out of reach")

# MK662: a backup that is none
BACKUP_BESIDE_DATA = Code(
    "MK662", "backup-beside-data", _ERROR, "A backup on the volume that it is a backup of"
)

# MK66x: more than there is room for
SMALL_QUOTA = Code(
    "MK663", "small-quota", _ERROR, "A quota that the stack's own pods and claims don't fit into"
)
OUT_OF_BOUNDS = Code(
    "MK664", "out-of-bounds", _ERROR, "A container outside the bounds of its namespace's LimitRange"
)
MEMORY_OF_DATABASE = Code(
    "MK665",
    "memory-of-database",
    Severity.WARNING,
    "A buffer pool that the database's memory can't hold",
)

# MK666 to MK671: how the server is served
CLOSED_METRICS = Code(
    "MK666", "closed-metrics", _ERROR, "Metrics that the network policies let no Prometheus read"
)
STUCK_UPDATE = Code("MK667", "stuck-update", _ERROR, "An update that can neither add a pod nor take one away")
TWO_ISSUERS = Code("MK668", "two-issuers", _ERROR, "An ingress whose certificate two issuers would fill")
UNFIT_NODES = Code("MK669", "unfit-nodes", _ERROR, "Pods that no node can fit")
BARE_API = Code("MK670", "bare-api", _ERROR, "A static prefix that this MLflow's API does not stand below")

CLOSED_HEALTH = Code("MK671", "closed-health", _ERROR, "Probes that would have to log in")
# MK672 to MK678: Kerberos, viewfs and encryption zones
CLOSED_KDC = Code(
    "MK672", "closed-kdc", _ERROR, "A key distribution centre that the network policies keep out of reach"
)
NO_KEYTAB_LOGIN = Code(
    "MK673", "no-keytab-login", _ERROR, "A Hadoop that can't log in from a keytab by itself"
)
FOREIGN_PRINCIPAL = Code(
    "MK674", "foreign-principal", _ERROR, "A Kerberos principal of a realm that is not known"
)
UNKNOWN_NAME_SERVICE = Code(
    "MK675", "unknown-name-service", _ERROR, "A mount that leads to a name service which is not there"
)
PATH_OUTSIDE_MOUNTS = Code("MK676", "path-outside-mounts", _ERROR, "Artifacts in no folder of a mount table")
BROKEN_MOUNT_TABLE = Code("MK677", "broken-mount-table", _ERROR, "A mount table that can't be mounted")
CLOSED_KMS = Code(
    "MK678", "closed-kms", _ERROR, "A key management server that the network policies keep out of reach"
)
# MK679: delivery
TWO_CONTROLLERS = Code("MK679", "two-controllers", _ERROR, "An overlay that two controllers apply")
# MK680: a login that is asked for at one door of two
LOGIN_OPEN_INSIDE = Code(
    "MK680", "login-open-inside", Severity.WARNING, "A login that pods of the cluster pass by"
)

# MK690: what another tool finds in the outputs
FOREIGN_FINDING = Code(
    "MK690", "foreign-finding", Severity.WARNING, "Another tool finds something in what the spec compiles to"
)

# MK693: how the server starts
HASTY_ROLLOUT = Code("MK693", "hasty-rollout", _ERROR, "A roll-out that is called failed before it can be")

ALL: tuple[Code, ...] = (
    UNSERVED_API,
    UNKNOWN_FIELD,
    MISSING_FIELD,
    INVALID_FIELD,
    INVALID_OBJECT_NAME,
    INVALID_OBJECT_LABEL,
    INVALID_PORT,
    REFUSED_QUANTITY,
    INVALID_VARIABLE_NAME,
    INVALID_HOST_ALIAS,
    REQUEST_ABOVE_LIMIT,
    UNKNOWN_CHOICE,
    CONTRADICTORY_FIELDS,
    UNMATCHED_SELECTOR,
    UNKNOWN_TARGET_PORT,
    UNKNOWN_BACKEND,
    UNKNOWN_SECRET,
    UNKNOWN_CONFIG_MAP,
    UNKNOWN_CLAIM,
    UNKNOWN_VOLUME,
    UNKNOWN_SERVICE_ACCOUNT,
    UNKNOWN_PROBE_PORT,
    LATE_VARIABLE,
    DUPLICATE_ENTRY,
    DUPLICATE_OBJECT,
    DUPLICATE_PATH,
    SEVERAL_ROOT_PASSWORDS,
    REFUSED_POD,
    KUSTOMIZE_FAILURE,
    KUSTOMIZE_WARNING,
    MISSING_PATCH_TARGET,
    INVALID_KUSTOMIZATION,
    UNLISTED_RESOURCE,
    UNUSED_IMAGE,
    MISSING_GENERATOR_FILE,
    UNFAITHFUL_OVERLAY,
    MISSING_COPY_SOURCE,
    UNKNOWN_STAGE,
    SHARED_CLAIM,
    UNANSWERED_HOST,
    OVERLAPPING_SELECTOR,
    LOCAL_STORE,
    METRICS_BEHIND_LOGIN,
    IDLE_LOGIN,
    LOGIN_WITHOUT_TLS,
    TWO_LOGINS,
    LOGIN_PASSED_BY,
    CLOSED_LOGIN,
    BACKUP_BESIDE_DATA,
    SMALL_QUOTA,
    OUT_OF_BOUNDS,
    MEMORY_OF_DATABASE,
    CLOSED_METRICS,
    STUCK_UPDATE,
    TWO_ISSUERS,
    UNFIT_NODES,
    BARE_API,
    CLOSED_HEALTH,
    CLOSED_KDC,
    NO_KEYTAB_LOGIN,
    FOREIGN_PRINCIPAL,
    UNKNOWN_NAME_SERVICE,
    PATH_OUTSIDE_MOUNTS,
    BROKEN_MOUNT_TABLE,
    CLOSED_KMS,
    TWO_CONTROLLERS,
    LOGIN_OPEN_INSIDE,
    FOREIGN_FINDING,
    HASTY_ROLLOUT,
)
