"""The login by keytab: what a pod gets that speaks to an HDFS with Kerberos."""

from __future__ import annotations

from mlkc.emit.objects.common import Tree, variable
from mlkc.emit.scope import Scope
from mlkc.plan.kerberos import KerberosPlan

FILE = "krb5.conf"
FOLDER = "/etc/keytab"
KEYTAB = f"{FOLDER}/krb5.keytab"


def with_keytab(scope: Scope, kerberos: KerberosPlan, pod: Tree) -> Tree:
    """Gives the pod's first container the keytab, who it is, and where the realm is.

    The files are for the pod's group: the container's user reads them as one of it.
    """
    container = dict(pod["containers"][0])
    principal = scope.at("hdfs", "kerberos", "principal", value=kerberos.principal)
    container["env"] = [
        *container["env"],
        variable("KRB5PRINCIPAL", principal),
        variable("KRB5KEYTAB", KEYTAB),
    ]
    container["volumeMounts"] = [
        *container["volumeMounts"],
        # Where Java looks, libhdfs' own and Spark's.
        {"name": "hadoop-conf", "mountPath": f"/etc/{FILE}", "subPath": FILE, "readOnly": True},
        {"name": "keytab", "mountPath": FOLDER, "readOnly": True},
    ]
    secret = {
        "secretName": scope.at("hdfs", "kerberos", "keytabSecret", value=kerberos.secret),
        "items": [
            {"key": scope.at("hdfs", "kerberos", "keytabKey", value=kerberos.key), "path": "krb5.keytab"}
        ],
        "defaultMode": 0o440,
    }
    return {
        **pod,
        "containers": [container, *pod["containers"][1:]],
        "volumes": [*pod["volumes"], {"name": "keytab", "secret": secret}],
    }


def krb5_conf(kerberos: KerberosPlan) -> str:
    """Writes krb5.conf: the realm and its key distribution centres, and nothing that a name server decides.

    By TCP first: a ticket with many groups does not fit into a datagram.
    """
    centres = "".join(f"    kdc = {_host(host)}:{port}\n" for host, port in kerberos.kdc)
    return f"""\
[libdefaults]
  default_realm = {kerberos.realm}
  dns_lookup_kdc = false
  dns_lookup_realm = false
  rdns = false
  udp_preference_limit = 1
[realms]
  {kerberos.realm} = {{
{centres}  }}
"""


def _host(host: str) -> str:
    return f"[{host}]" if ":" in host else host
