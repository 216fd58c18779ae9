"""The texts of MK350, MK351 and MK693: labels and annotations, time zones and the start of the server."""

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

MK693
The roll-out's time holds the start of the server and, before it, the upgrade of the schema. What is called failed
too early is reported, and rolled back by some tools, in the middle of a migration.
- startup: {rollout: 5m, timeout: 10m}
+ startup: {rollout: 2h, timeout: 10m}
"""
