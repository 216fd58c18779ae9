"""The texts of MK672 to MK678: Kerberos, mount tables and encryption zones of HDFS."""

from __future__ import annotations

from typing import Final

TEXT: Final = """
MK672
A policy allows addresses, not names. Without a ticket every access to HDFS waits until it times out, and says little.
- hdfs: {kerberos: {realm: EXAMPLE.COM, kdc: [kdc.example.com], …}}, networkPolicies: {}
+ networkPolicies: {kdc: [10.20.0.9/32]}

MK673
The pods have no ticket cache that somebody would have to renew: Hadoop's client logs in from the keytab, since 3.1.
- images: {hadoop: {version: 3.0.3}}
+ images: {hadoop: {version: 3.4.3}}

MK674
krb5.conf names one realm and where it is; a principal of another finds nobody to ask.
- kerberos: {realm: EXAMPLE.COM, principal: mlflow@OTHER.COM, …}
+ kerberos: {realm: EXAMPLE.COM, principal: mlflow, …}

MK675
A host without a domain and a port is taken for a name service, and its name nodes have to be written somewhere.
- hdfs: {nameNode: viewfs://all, mounts: {/mlflow: hdfs://prod/mlflow}}
+ hdfs: {nameNode: viewfs://all, mounts: {/mlflow: hdfs://prod/mlflow}, nameServices: {prod: [hdfs://nn1, hdfs://nn2]}}

MK676
Hadoop's client refuses a path below no folder of the table: the first artifact would fail.
- hdfs: {nameNode: viewfs://all, mounts: {/data: hdfs://nn:8020/data}, path: /mlflow}
+ hdfs: {nameNode: viewfs://all, mounts: {/data: hdfs://nn:8020/data}, path: /data/mlflow}

MK677
A table belongs to a viewfs file system, and its folders stand beside each other: one inside another is refused.
- mounts: {/data: hdfs://nn1:8020/data, /data/raw: hdfs://nn2:8020/raw}
+ mounts: {/data/raw: hdfs://nn2:8020/raw, /data/made: hdfs://nn1:8020/made}

MK678
A policy allows addresses, not names. Files of an encryption zone are listed, and opening one waits until it times out.
- hdfs: {coreSite: {hadoop.security.key.provider.path: "kms://https@kms.example.com:9600/kms"}}, networkPolicies: {}
+ networkPolicies: {kms: [10.20.0.7/32]}
"""
