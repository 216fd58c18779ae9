"""Where the rows of the table of effects come from."""

from __future__ import annotations

from typing import Final

from mlkc.catalog.source import Source

_DATE: Final = "2026-11"
_K8S: Final = "https://kubernetes.io/docs/"
_SERVER: Final = "kube-apiserver and kube-controller-manager 1.30 and 1.37, in tests/e2e/test_effects.py"
SEEN: Final = Source("seen", _SERVER, _DATE)
DELETED: Final = Source(
    "read",
    "kubernetes/kubernetes pkg/controller/namespace/deletion, and k8s.io/api 1.37 on PersistentVolumeReclaimPolicy "
    "and StorageClass: Delete where a class says nothing; that apply leaves the object is seen in the tests",
    _DATE,
)
CLAIM: Final = Source(
    "read", "kubernetes/kubernetes pkg/apis/core/validation: ValidatePersistentVolumeClaimUpdate", _DATE
)
STATEFUL: Final = Source(
    "read", "kubernetes/kubernetes pkg/apis/apps/validation 1.29 to 1.37: ValidateStatefulSetUpdate", _DATE
)
IMAGE: Final = Source(
    "read",
    "docker-entrypoint.sh of the official mysql, mariadb and postgres images: it runs on an empty data folder",
    _DATE,
)
OURS: Final = Source(
    "seen", "the objects that mlkc writes, and the names that they refer to each other by", _DATE
)
SERVICE: Final = Source("read", "k8s.io/api core/v1/types.go 1.37: ServiceType, ServiceSpec", _DATE)
INGRESS: Final = Source("read", "k8s.io/api networking/v1/types.go 1.37: Ingress, IngressSpec", _DATE)
POLICY: Final = Source(
    "read", f"{_K8S}concepts/services-networking/network-policies/ and NetworkPolicySpec 1.37", _DATE
)
DOWNGRADE: Final = Source(
    "read",
    "https://dev.mysql.com/doc/refman/9.0/en/downgrading.html and "
    "https://mariadb.com/kb/en/downgrading-between-major-versions-of-mariadb/",
    _DATE,
)
PARTED: Final = Source(
    "read",
    "https://jira.mariadb.org/browse/MDEV-38078 and "
    "https://lefred.be/content/how-to-migrate-from-mariadb-to-mysql-8-0/: no server takes over the other's data",
    _DATE,
)
SCALING: Final = Source(
    "read",
    f"{_K8S}tasks/run-application/horizontal-pod-autoscale/: migrating Deployments to horizontal autoscaling",
    _DATE,
)
SERIES: Final = Source(
    "read",
    "https://www.postgresql.org/docs/current/upgrading.html: a major release changes the data's format",
    _DATE,
)
ROOT: Final = Source(
    "read",
    "https://rdocumentation.org/packages/mlflow/versions/2.20.4/topics/mlflow_server, of default_artifact_root: "
    "for newly created experiments",
    _DATE,
)
