"""The texts of MK350, MK351, MK679, MK680 and MK693: labels, time zones, delivery, logins, start-up."""

from __future__ import annotations

from typing import Final

TEXT: Final = """
MK350
The object has that key already, or whoever reads it takes another way then: two answers to one question, and one
is lost without a word. Each has a setting, which the message names, or is left to the program that keeps it.
- server: {ingress: {host: mlflow.example.com, annotations: {cert-manager.io/cluster-issuer: letsencrypt}}}
+ server: {ingress: {host: mlflow.example.com, clusterIssuer: letsencrypt}}

MK351
The API server refuses a job with a time zone that it does not know, and it tells capital letters from small ones. The
catalogue has the names of the time zone database; accept this for one that is newer.
- backup: {timeZone: Europe/Berlim}
+ backup: {timeZone: Europe/Berlin}

MK679
Each puts its own labels and takes back the other's change, and a pause of one does not stop the other.
- delivery: {argocd: {repository: "https://git.example.com/deploy.git"}, flux: {source: deploy}}
+ delivery: {flux: {source: deploy}}

MK680
The proxy stands before the ingress; a Service of the cluster is open to every pod of it, and MLflow itself asks nobody.
- server: {loginProxy: {…}}
+ server: {loginProxy: {…}}
+ networkPolicies: {ingressNamespaces: [ingress-nginx], login: [203.0.113.0/24]}

MK693
The roll-out's time holds the start of the server and, before it, the upgrade of the schema. What is called failed
too early is reported, and rolled back by some tools, in the middle of a migration.
- startup: {rollout: 5m, timeout: 10m}
+ startup: {rollout: 2h, timeout: 10m}
"""
