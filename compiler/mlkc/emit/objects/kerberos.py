"""The login by keytab: what a pod gets that speaks to an HDFS with Kerberos."""

from __future__ import annotations

from mlkc.emit.objects.common import Tree, variable
from mlkc.emit.scope import Scope
from mlkc.plan.kerberos import KerberosPlan

FILE = "krb5.conf"
FOLDER = "/etc/keytab"
KEYTAB = f"{FOLDER}/krb5.keytab"


def with_keytab(scope: Scope, kerberos: KerberosPlan, pod: Tree) -> Tree:
    """Gives a pod's first container the login."""
    first, *others = pod["containers"]
    return {
        **pod,
        "containers": [with_login(scope, kerberos, first), *others],
        "volumes": [*pod["volumes"], keytab_volume(scope, kerberos)],
    }


def with_login(scope: Scope, kerberos: KerberosPlan, container: Tree) -> Tree:
    """Gives a container that mounts Hadoop's configuration the keytab, who it is, and where the realm is."""
    principal = scope.at("hdfs", "kerberos", "principal", value=kerberos.principal)
    return {
        **container,
        "env": [
            *container["env"],
            variable("KRB5PRINCIPAL", principal),
            variable("KRB5KEYTAB", KEYTAB),
        ],
        "volumeMounts": [
            *container["volumeMounts"],
            # Where Java looks, libhdfs' own and Spark's.
            {"name": "hadoop-conf", "mountPath": f"/etc/{FILE}", "subPath": FILE, "readOnly": True},
            {"name": "keytab", "mountPath": FOLDER, "readOnly": True},
        ],
    }


def keytab_volume(scope: Scope, kerberos: KerberosPlan) -> Tree:
    """The keytab for the pod's group: a container's user reads it as one of that."""
    key = scope.at("hdfs", "kerberos", "keytabKey", value=kerberos.key)
    secret = {
        "secretName": scope.at("hdfs", "kerberos", "keytabSecret", value=kerberos.secret),
        "items": [{"key": key, "path": "krb5.keytab"}],
        "defaultMode": 0o440,
    }
    return {"name": "keytab", "secret": secret}


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
