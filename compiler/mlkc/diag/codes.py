"""The one table of codes. A code is permanent: never reused, never given another meaning.

MK0xx the YAML text · MK1xx the spec's keys and types · MK2xx resolving it into a plan ·
MK3xx the catalogue's rules · MK4xx Kubernetes objects and what they refer to · MK5xx Kustomize ·
MK6xx images · MK7xx the output folder · MK8xx secrets · MK9xx the machine that mlkc runs on.
"""

from __future__ import annotations

from mlkc.diag.code import Code
from mlkc.diag.diagnostic import Severity

# MK1xx: the spec's keys and types
UNKNOWN_KEY = Code("MK101", "unknown-key", Severity.ERROR, "A key that the spec does not have")
MISSING_KEY = Code("MK102", "missing-key", Severity.ERROR, "A key that must be there is not")
WRONG_TYPE = Code("MK103", "wrong-type", Severity.ERROR, "A value of the wrong type")
UNKNOWN_VALUE = Code("MK104", "unknown-value", Severity.ERROR, "A value that is none of those allowed")
OUT_OF_RANGE = Code("MK105", "out-of-range", Severity.ERROR, "A number, list or text outside its limits")
UNQUOTED_VERSION = Code("MK106", "unquoted-version", Severity.ERROR, "A version that YAML reads as a number")
UNSUPPORTED_FORMAT = Code(
    "MK107", "unsupported-format", Severity.ERROR, "An apiVersion or kind that is not this compiler's"
)
INVALID_QUANTITY = Code(
    "MK110", "invalid-quantity", Severity.ERROR, "An amount that is no Kubernetes quantity"
)
INVALID_NAME = Code("MK111", "invalid-name", Severity.ERROR, "A name that is no DNS label")
INVALID_HOST = Code("MK112", "invalid-host", Severity.ERROR, "A name that is no host name")
INVALID_ADDRESS = Code("MK113", "invalid-address", Severity.ERROR, "A text that is no host's IP address")
INVALID_HDFS_URI = Code(
    "MK114", "invalid-hdfs-uri", Severity.ERROR, "A text that is no HDFS name node's address"
)
INVALID_PATH = Code("MK115", "invalid-path", Severity.ERROR, "A text that is no absolute path")
INVALID_USER = Code("MK116", "invalid-user", Severity.ERROR, "A text that is no user name")
INVALID_DATABASE_NAME = Code(
    "MK117", "invalid-database-name", Severity.ERROR, "A text that is no database name"
)
INVALID_VERSION = Code("MK118", "invalid-version", Severity.ERROR, "A text that is no version number")
INVALID_KUBERNETES_VERSION = Code(
    "MK119", "invalid-kubernetes-version", Severity.ERROR, "A Kubernetes version without schemas"
)
INVALID_IMAGE = Code(
    "MK120", "invalid-image", Severity.ERROR, "A text that is no image reference, tag, digest or registry"
)
INVALID_CHECKSUM = Code("MK121", "invalid-checksum", Severity.ERROR, "A text that is no SHA-512 checksum")
INVALID_URL = Code("MK122", "invalid-url", Severity.ERROR, "A text that is no http or https URL")
INVALID_LABEL = Code("MK123", "invalid-label", Severity.ERROR, "A text that is no label key or value")
INVALID_REQUIREMENT = Code(
    "MK124", "invalid-requirement", Severity.ERROR, "A Python requirement that is not pinned"
)
INVALID_PATTERN = Code("MK125", "invalid-pattern", Severity.ERROR, "A text of the wrong form")

# MK2xx: resolving the spec into a plan
FIXED_FOR_ALL_ENVIRONMENTS = Code(
    "MK201",
    "fixed-for-all-environments",
    Severity.ERROR,
    "An environment overrides what must be the same in all of them",
)
SHRINKING_VOLUME = Code(
    "MK202", "shrinking-volume", Severity.ERROR, "An environment asks for a smaller volume than the base"
)
UNKNOWN_MIRROR = Code(
    "MK203", "unknown-mirror", Severity.ERROR, "A mirror that is neither a preset nor a URL"
)
UNKNOWN_RELEASE = Code(
    "MK204", "unknown-release", Severity.ERROR, "A version or release that the catalogue does not have"
)
LIMIT_BELOW_REQUEST = Code(
    "MK205", "limit-below-request", Severity.ERROR, "A container may use less than it asks for"
)
PATCH_WITHOUT_CHANGE = Code(
    "MK206", "patch-without-change", Severity.ERROR, "A patch with neither or both of merge and json"
)

# MK8xx: secrets
PLAIN_TEXT_SECRET = Code("MK801", "plain-text-secret", Severity.ERROR, "A password written into the spec")
CREDENTIALS_IN_URL = Code(
    "MK802", "credentials-in-url", Severity.ERROR, "A user name or password inside a URL"
)
