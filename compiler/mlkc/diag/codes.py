"""The one table of codes. A code is permanent: never reused, never given another meaning.

MK0xx the YAML text · MK1xx the spec's keys and types · MK2xx resolving it into a plan ·
MK3xx the catalogue's rules · MK4xx Kubernetes objects and what they refer to · MK5xx Kustomize ·
MK6xx images, and MK690 what other tools find · MK7xx the output folder, and the cluster · MK8xx secrets ·
MK9xx the machine that mlkc runs on.
The rows MK3xx stand in `fact_codes`, MK4xx to MK6xx in `output_codes`, MK7xx in `folder_codes`,
`drift_codes` and `cluster_codes`.
"""

from __future__ import annotations

from mlkc.diag import cluster_codes, drift_codes, fact_codes, folder_codes, output_codes
from mlkc.diag.code import Code
from mlkc.diag.diagnostic import Severity

# MK0xx: the YAML text
MISSING_FILE = Code("MK001", "missing-file", Severity.ERROR, "The spec file is not there")
UNREADABLE_FILE = Code("MK002", "unreadable-file", Severity.ERROR, "The spec file can't be read")
FILE_TOO_LARGE = Code("MK003", "file-too-large", Severity.ERROR, "The spec file is larger than 1 MiB")
WRONG_ENCODING = Code("MK004", "wrong-encoding", Severity.ERROR, "The spec file is not UTF-8")
FORBIDDEN_CHARACTER = Code(
    "MK005", "forbidden-character", Severity.ERROR, "A control or invisible character stands in the spec"
)
EMPTY_FILE = Code("MK006", "empty-file", Severity.ERROR, "The spec file holds no document")
SEVERAL_DOCUMENTS = Code(
    "MK007", "several-documents", Severity.ERROR, "The spec file holds more than one document"
)
YAML_DIRECTIVE = Code("MK008", "yaml-directive", Severity.ERROR, "The spec file has a YAML directive")
YAML_SYNTAX = Code("MK010", "yaml-syntax", Severity.ERROR, "The spec file is not YAML")
TAB_INDENTATION = Code("MK011", "tab-indentation", Severity.ERROR, "A line is indented with a tab")
BAD_INDENTATION = Code(
    "MK012", "bad-indentation", Severity.ERROR, "A line stands at a depth that fits nothing"
)
UNCLOSED_QUOTE = Code("MK013", "unclosed-quote", Severity.ERROR, "A quote is never closed")
UNCLOSED_BRACKET = Code("MK014", "unclosed-bracket", Severity.ERROR, "A bracket is never closed")
UNQUOTED_INDICATOR = Code(
    "MK015", "unquoted-indicator", Severity.ERROR, "A value begins with a character that YAML reserves"
)
BAD_ESCAPE = Code("MK016", "bad-escape", Severity.ERROR, "A double-quoted text has an escape that YAML lacks")
SECOND_COLON = Code("MK017", "second-colon", Severity.ERROR, "A `: ` stands where no key can be")
MISSING_COLON = Code("MK018", "missing-colon", Severity.ERROR, "A key has no `:`")
TEXT_AFTER_VALUE = Code("MK019", "text-after-value", Severity.ERROR, "Text follows a value that is complete")
DUPLICATE_KEY = Code("MK020", "duplicate-key", Severity.ERROR, "A key is written twice in one mapping")
NON_STRING_KEY = Code("MK021", "non-string-key", Severity.ERROR, "A key is not a string")
MERGE_KEY = Code("MK022", "merge-key", Severity.ERROR, "A merge key `<<` is used")
CUSTOM_TAG = Code("MK023", "custom-tag", Severity.ERROR, "A value has a tag that the spec doesn't know")
UNDEFINED_ALIAS = Code("MK024", "undefined-alias", Severity.ERROR, "An alias names no anchor before it")
RECURSIVE_ALIAS = Code("MK025", "recursive-alias", Severity.ERROR, "An alias stands inside its own anchor")
TOO_MANY_NODES = Code("MK026", "too-many-nodes", Severity.ERROR, "The document has more than 10,000 nodes")
TOO_DEEP = Code("MK027", "too-deep", Severity.ERROR, "The document is nested deeper than 64 levels")
NUMBER_OUT_OF_RANGE = Code(
    "MK028", "number-out-of-range", Severity.ERROR, "A number is infinite, not a number or over 64 bits"
)
LEADING_ZERO = Code(
    "MK029", "leading-zero", Severity.WARNING, "A whole number begins with 0, which YAML 1.1 reads as octal"
)
UNUSED_ANCHOR = Code("MK030", "unused-anchor", Severity.WARNING, "An anchor is never used")
WRONG_TAG = Code("MK031", "wrong-tag", Severity.ERROR, "A value is not of the type that its tag names")

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
CLASHING_OBJECTS = Code(
    "MK207", "clashing-objects", Severity.ERROR, "Two parts of a stack that would have one name"
)
WIDE_SELECTOR = Code(
    "MK208", "wide-selector", Severity.ERROR, "A running workload's selector that finds the pods of another"
)
REPEATED_ENTRY = Code("MK209", "repeated-entry", Severity.ERROR, "An entry of a list that is in it already")
PATCHED_IDENTITY = Code(
    "MK210", "patched-identity", Severity.ERROR, "A patch that makes another object of one"
)
# The images.
MIRROR_LACKS_KIND = Code(
    "MK220", "mirror-lacks-kind", Severity.ERROR, "A mirror that does not serve what is asked of it"
)
NO_CHECKSUM = Code("MK221", "no-checksum", Severity.ERROR, "A download that nothing can prove")
NO_BASE_IMAGE = Code(
    "MK222", "no-base-image", Severity.ERROR, "A Python and a Debian that no official image joins"
)
PACKAGE_PINNED_TWICE = Code(
    "MK223", "package-pinned-twice", Severity.ERROR, "A Python package that something else pins already"
)
APT_WITHOUT_HTTPS = Code(
    "MK224", "apt-without-https", Severity.ERROR, "An https mirror for an apt that knows no https"
)
NEWER_THAN_KNOWN = Code(
    "MK225", "newer-than-known", Severity.WARNING, "A version newer than the catalogue knows"
)

# MK8xx: secrets
PLAIN_TEXT_SECRET = Code("MK801", "plain-text-secret", Severity.ERROR, "A password written into the spec")
CREDENTIALS_IN_URL = Code(
    "MK802", "credentials-in-url", Severity.ERROR, "A user name or password inside a URL"
)
SECRET_IN_OUTPUT = Code("MK803", "secret-in-output", Severity.ERROR, "A secret would stand in an output")
PLAIN_VARIABLE = Code("MK804", "plain-variable", Severity.ERROR, "A variable with a secret as text")

# MK9xx: the machine that mlkc runs on
MISSING_KUBECTL = Code("MK901", "missing-kubectl", Severity.ERROR, "There is no kubectl to render with")

# Every code, in order; a test holds it complete.
ALL: tuple[Code, ...] = (
    MISSING_FILE,
    UNREADABLE_FILE,
    FILE_TOO_LARGE,
    WRONG_ENCODING,
    FORBIDDEN_CHARACTER,
    EMPTY_FILE,
    SEVERAL_DOCUMENTS,
    YAML_DIRECTIVE,
    YAML_SYNTAX,
    TAB_INDENTATION,
    BAD_INDENTATION,
    UNCLOSED_QUOTE,
    UNCLOSED_BRACKET,
    UNQUOTED_INDICATOR,
    BAD_ESCAPE,
    SECOND_COLON,
    MISSING_COLON,
    TEXT_AFTER_VALUE,
    DUPLICATE_KEY,
    NON_STRING_KEY,
    MERGE_KEY,
    CUSTOM_TAG,
    UNDEFINED_ALIAS,
    RECURSIVE_ALIAS,
    TOO_MANY_NODES,
    TOO_DEEP,
    NUMBER_OUT_OF_RANGE,
    LEADING_ZERO,
    UNUSED_ANCHOR,
    WRONG_TAG,
    UNKNOWN_KEY,
    MISSING_KEY,
    WRONG_TYPE,
    UNKNOWN_VALUE,
    OUT_OF_RANGE,
    UNQUOTED_VERSION,
    UNSUPPORTED_FORMAT,
    INVALID_QUANTITY,
    INVALID_NAME,
    INVALID_HOST,
    INVALID_ADDRESS,
    INVALID_HDFS_URI,
    INVALID_PATH,
    INVALID_USER,
    INVALID_DATABASE_NAME,
    INVALID_VERSION,
    INVALID_KUBERNETES_VERSION,
    INVALID_IMAGE,
    INVALID_CHECKSUM,
    INVALID_URL,
    INVALID_LABEL,
    INVALID_REQUIREMENT,
    INVALID_PATTERN,
    FIXED_FOR_ALL_ENVIRONMENTS,
    SHRINKING_VOLUME,
    UNKNOWN_MIRROR,
    UNKNOWN_RELEASE,
    LIMIT_BELOW_REQUEST,
    PATCH_WITHOUT_CHANGE,
    CLASHING_OBJECTS,
    WIDE_SELECTOR,
    REPEATED_ENTRY,
    PATCHED_IDENTITY,
    MIRROR_LACKS_KIND,
    NO_CHECKSUM,
    NO_BASE_IMAGE,
    PACKAGE_PINNED_TWICE,
    APT_WITHOUT_HTTPS,
    NEWER_THAN_KNOWN,
    *fact_codes.ALL,
    *output_codes.ALL,
    *folder_codes.ALL,
    *drift_codes.ALL,
    *cluster_codes.ALL,
    PLAIN_TEXT_SECRET,
    CREDENTIALS_IN_URL,
    SECRET_IN_OUTPUT,
    PLAIN_VARIABLE,
    MISSING_KUBECTL,
)
