"""What an operator in the cluster makes the Secrets from: ExternalSecrets or SealedSecrets.

They stand in the overlays only: an environment has passwords of its own.
"""

from __future__ import annotations

from mlkc.emit.objects.common import Tree, labels, metadata
from mlkc.emit.scope import Scope
from mlkc.plan.secret import SecretFile

# Field names and their meaning: apis/externalsecrets/v1/externalsecret_types.go of
# https://github.com/external-secrets/external-secrets, pkg/apis/sealedsecrets/v1alpha1/types.go of
# https://github.com/bitnami-labs/sealed-secrets.
_EXTERNAL = "external-secrets.io/v1"
# What the API server would fill in, as in a route (access.py); ESO to 2.x has these defaults.
_POLICIES = {"conversionStrategy": "Default", "decodingStrategy": "None", "metadataPolicy": "None"}
_SEALED = "bitnami.com/v1alpha1"


def secret_objects(scope: Scope) -> list[tuple[str, Tree]]:
    """Emits one object for each Secret; none where the Secrets come another way."""
    strategy = scope.stack.secret_origin.strategy
    if strategy == "external":
        return [
            (f"{one.component}-externalsecret.yaml", _external(scope, one)) for one in scope.stack.secrets
        ]
    if strategy == "sealed":
        return [(f"{one.component}-sealedsecret.yaml", _sealed(scope, one)) for one in scope.stack.secrets]
    return []


def _external(scope: Scope, secret: SecretFile) -> Tree:
    origin = scope.stack.secret_origin
    entry = scope.at("secrets", "path", value=f"{origin.path}/{secret.secret}")
    return {
        "apiVersion": _EXTERNAL,
        "kind": "ExternalSecret",
        "metadata": metadata(scope, secret.secret, secret.component),
        "spec": {
            "refreshInterval": scope.at("secrets", "refresh", value=origin.refresh),
            "secretStoreRef": {
                "kind": scope.at("secrets", "storeKind", value=origin.store_kind),
                "name": scope.at("secrets", "store", value=origin.store),
            },
            "target": {
                "name": secret.secret,
                "creationPolicy": "Owner",
                # An entry that is gone from the store must not take the password of a running database away.
                "deletionPolicy": "Retain",
            },
            "data": [
                {"secretKey": key, "remoteRef": {"key": entry, "property": key, **_POLICIES}}
                for key in secret.keys
            ],
        },
    }


def _sealed(scope: Scope, secret: SecretFile) -> Tree:
    values = dict(scope.stack.secret_origin.sealed)
    return {
        "apiVersion": _SEALED,
        "kind": "SealedSecret",
        "metadata": metadata(scope, secret.secret, secret.component),
        "spec": {
            "encryptedData": {
                key: scope.at("secrets", "sealed", key, value=values[key])
                for key in secret.keys
                if key in values
            },
            "template": {"metadata": {"labels": labels(scope, secret.component)}},
        },
    }
