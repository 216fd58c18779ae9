"""Specs that have a value for every text setting: a few of them, since some settings exclude each other."""

from __future__ import annotations

from typing import Any

FULL: dict[str, Any] = {
    "apiVersion": "mlkc.dev/v1alpha1",
    "kind": "MLflowStack",
    "name": "mlflow",
    "namespace": "ml",
    "accept": [
        {"code": "plain-index", "finding": "hadolint DL3008", "reason": "the index is on our own network"}
    ],
    "kubernetes": {"version": "1.36"},
    "mlflow": {"version": "3.17.2"},
    "database": {
        "engine": "mysql",
        "version": "8.4",
        "name": "mlflowdb",
        "user": "mlflow",
        "pods": {
            "nodeSelector": {"disk": "fast"},
            "tolerations": [{"key": "gpu", "value": "yes", "effect": "NoSchedule"}],
            "priorityClass": "high",
        },
        "storage": {"size": "20Gi", "class": "fast", "claim": "mlflow-data"},
        "resources": {"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"cpu": "2", "memory": "2Gi"}},
    },
    "server": {
        "artifacts": "direct",
        "spread": ["nodes"],
        "pods": {
            "nodeSelector": {"disk": "fast"},
            "tolerations": [{"key": "gpu", "value": "yes", "effect": "NoSchedule"}],
            "priorityClass": "high",
        },
        "ingress": {
            "host": "mlflow.example.com",
            "class": "nginx",
            "controller": "nginx.org",
            "annotations": {"note": "a"},
            "tlsSecret": "mlflow-tls",
            "clusterIssuer": "ca",
        },
        "gateway": {"host": "ml.example.com", "name": "outer", "namespace": "gateways", "listener": "https"},
        "service": {
            "type": "LoadBalancer",
            "hosts": ["lb.example.com"],
            "annotations": {"note": "a"},
            "labels": {"team": "ml"},
        },
        "resources": {"requests": {"cpu": "1", "memory": "2Gi"}, "limits": {"cpu": "2", "memory": "4Gi"}},
        "uploads": "4Gi",
    },
    "client": {
        "pods": {
            "nodeSelector": {"disk": "fast"},
            "tolerations": [{"key": "gpu", "value": "yes", "effect": "NoSchedule"}],
            "priorityClass": "high",
        },
        "resources": {"requests": {"cpu": "1", "memory": "2Gi"}, "limits": {"cpu": "2", "memory": "4Gi"}},
        "workspace": "10Gi",
    },
    "hdfs": {
        "nameNode": "hdfs://prod",
        "path": "/mlflow/mlruns",
        "nameNodes": ["hdfs://nn1.example.com:8020", "hdfs://nn2.example.com:8020"],
        "user": "hdfs",
        "nodes": [{"address": "192.168.1.2", "hostnames": ["nn1.example.com"]}],
    },
    "serviceAccount": {"name": "mlflow", "annotations": {"note": "a"}},
    "quota": {
        "requests": {"cpu": "8", "memory": "32Gi"},
        "limits": {"cpu": "16", "memory": "64Gi"},
        "storage": "1Ti",
    },
    "limits": {
        "max": {"cpu": "8", "memory": "16Gi"},
        "min": {"cpu": "10m", "memory": "16Mi"},
        "default": {"cpu": "4", "memory": "8Gi"},
        "defaultRequest": {"cpu": "1", "memory": "1Gi"},
    },
    "secrets": {
        "strategy": "external",
        "store": "vault",
        "storeKind": "ClusterSecretStore",
        "path": "teams/ml",
        "refresh": "1h",
    },
    "delivery": {
        "argocd": {
            "repository": "https://git.example.com/team/deploy.git",
            "revision": "main",
            "folder": "stacks/mlflow",
            "project": "default",
            "namespace": "argocd",
            "server": "https://kubernetes.default.svc",
        },
    },
    "networkPolicies": {
        "ingressNamespaces": ["ingress-nginx"],
        "ingressAddresses": ["10.1.0.0/16"],
        "hdfs": ["10.2.0.0/16"],
        "dns": ["10.3.0.0/16"],
        "clientEgress": ["10.4.0.0/16"],
    },
    "mirrors": {
        "apt": "https://host.example.com/debian",
        "pip": "https://host.example.com/simple",
        "conda": "https://host.example.com/anaconda",
        "apache": "https://host.example.com/apache",
    },
    "images": {
        "registry": "registry.example.com/team",
        "pullSecrets": ["registry-login"],
        "debian": "bookworm",
        "python": "3.11",
        "hadoop": {"version": "3.4.3", "source": "download"},
        "server": {"tag": "one", "packages": ["boto3==1.40.1"]},
        "client": {"tag": "two", "packages": ["boto3==1.40.1"]},
    },
    "patches": [
        {
            "target": {"kind": "Deployment", "name": "mlflow"},
            "json": [
                {"op": "copy", "from": "/metadata/name", "path": "/metadata/annotations/a", "value": "text"}
            ],
        },
        {
            "target": {"kind": "Deployment", "name": "mlflow"},
            "merge": {"metadata": {"annotations": {"a": "text"}}},
        },
    ],
    "environments": {"prod": {}},
}
# What excludes something in the first one.
OTHER: dict[str, Any] = {
    **FULL,
    "takeOver": {
        "databaseSecret": "db-passwords",
        "database": {
            "name": "db",
            "container": "mysql",
            "selector": {"component": "db"},
            "workload": "Deployment",
        },
        "server": {"name": "mlflow", "container": "server", "selector": {"component": "server"}},
        "client": {"name": "notebook", "container": "client", "selector": {"component": "client"}},
    },
    "mirrors": "tuna",
    "database": {"image": "registry.example.com/mysql:8.4"},
    "images": {
        "base": "registry.example.com/python:3.11-slim-bookworm",
        "debian": "bookworm",
        "python": "3.11",
        "spark": "4.0.1",
        "hadoop": {"version": "3.4.0", "source": "download", "sha512": "0" * 128},
        "server": {"digest": "sha256:" + "0" * 64},
        "client": {"digest": "sha256:" + "1" * 64},
    },
}
# What stands in the place of the official Python image.
_CONDA: dict[str, Any] = {
    **FULL,
    "mlflow": {"version": "3.17.2", "source": "folder"},
    "database": {"driver": "mysqlclient"},
    "images": {
        "python": "3.11",
        "conda": {
            "installer": "py312_24.5.0-0",
            "base": "build",
            "channel": "conda-forge",
            "packages": ["openssl=3.3.1"],
        },
    },
    "mirrors": {"conda": "https://host.example.com/anaconda"},
}
# What stands in the place of a database in the cluster.
_EXTERNAL: dict[str, Any] = {
    **FULL,
    "database": {
        "engine": "mysql",
        "external": {"host": "db.example.com", "port": 3306, "ca": {"secret": "db-ca", "key": "ca.crt"}},
    },
    "networkPolicies": {**FULL["networkPolicies"], "database": ["10.5.0.0/16"]},
}
# A server beside others, and a client with executors.
_SHARED: dict[str, Any] = {
    **FULL,
    "database": {
        "backup": {
            "schedule": "15 3 * * mon-fri",
            "timeZone": "Europe/Berlin",
            "to": "volume",
            "size": "50Gi",
            "class": "slow",
            "claim": "dumps",
        }
    },
    "server": {
        "staticPrefix": "/team/mlflow",
        "metrics": {"discovery": "serviceMonitor", "interval": "30s"},
        "antiAffinity": {"nodes": "hard", "zones": "soft"},
        "replicas": 3,
        "maxUnavailable": "25%",
        "update": {"maxSurge": "50%", "maxUnavailable": "25%"},
        "startup": {"timeout": "10m", "rollout": "2h"},
        "ingress": {"host": "mlflow.example.com", "issuer": "team"},
    },
    "client": {
        "gpu": {"count": 1, "resource": "nvidia.com/gpu"},
        "spark": {
            "executors": 2,
            "memory": "4Gi",
            "scratch": "10Gi",
            "pods": {
                "tolerations": [{"key": "gpu", "value": "yes", "effect": "NoSchedule"}],
                "priorityClass": "high",
            },
        },
    },
    "networkPolicies": {
        **FULL["networkPolicies"],
        "metricsNamespaces": ["monitoring"],
        "kubernetesApi": ["10.6.0.1/32"],
    },
}
_DUMPS: dict[str, Any] = {
    **FULL,
    "database": {"backup": {"to": "hdfs", "path": "/backups/mlflow"}},
    "client": {"storage": {"size": "20Gi", "class": "fast", "claim": "notebooks"}},
    "delivery": {"flux": {"source": "deploy", "folder": "stacks/mlflow", "namespace": "flux-system"}},
}
# Who may use a server: users of its own, or a login before it.
_USERS: dict[str, Any] = {
    **FULL,
    "database": {"engine": "postgresql", "driver": "psycopg"},
    "server": {"auth": {"type": "basic", "admin": "admin", "permission": "READ"}},
}
_LOGIN: dict[str, Any] = {
    **FULL,
    "server": {
        "ingress": {"host": "mlflow.example.com", "tlsSecret": "mlflow-tls"},
        "loginProxy": {
            "issuer": "https://id.example.com/realms/ml",
            "clientId": "mlflow",
            "emailDomains": ["example.com"],
            "image": "registry.example.com/oauth2-proxy:v7.15.3",
            "audiences": ["ml-jobs"],
            "ca": {"secret": "company-ca", "key": "tls-ca.pem"},
        },
    },
    "networkPolicies": {**FULL["networkPolicies"], "login": ["203.0.113.0/24"]},
}
_KERBEROS: dict[str, Any] = {
    **FULL,
    "hdfs": {
        "nameNode": "hdfs://nn1.example.com:8020",
        "kerberos": {
            "realm": "EXAMPLE.COM",
            "kdc": ["10.7.0.1"],
            "principal": "mlflow",
            "keytabSecret": "keytab",
            "keytabKey": "mlflow.keytab",
            "nameNodePrincipal": "nn/_HOST@EXAMPLE.COM",
            "rpcProtection": "privacy",
            "dataProtection": "privacy",
        },
    },
    "networkPolicies": {**FULL["networkPolicies"], "kdc": ["10.7.0.0/16"], "kms": ["10.7.0.0/16"]},
}
SPECS = (FULL, OTHER, _CONDA, _EXTERNAL, _SHARED, _DUMPS, _USERS, _LOGIN, _KERBEROS)
