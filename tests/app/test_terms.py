"""Fields and values in the words of the stack; what is or may be a secret is dots, wherever it stands."""

from __future__ import annotations

from typing import Any

import pytest

from mlkc.app.shown import pair
from mlkc.app.terms import term

POD = "spec template spec"


@pytest.mark.parametrize(
    ("kind", "field", "words"),
    [
        ("PersistentVolumeClaim", "spec resources requests storage", "volume size"),
        ("Deployment", f"{POD} containers a resources limits memory", "memory limit"),
        ("Deployment", f"{POD} containers a resources requests cpu", "CPU request"),
        ("Deployment", f"{POD} initContainers a env X value", "init container a: variable X"),
        ("Deployment", f"{POD} containers a readinessProbe periodSeconds", "readiness probe periodSeconds"),
        ("Deployment", f"{POD} hostAliases 10.0.0.1 hostnames", "host names of 10.0.0.1"),
        ("Deployment", f"{POD} volumes tmp emptyDir sizeLimit", "size limit of volume tmp"),
        ("StatefulSet", f"{POD} volumes data persistentVolumeClaim claimName", "claim of volume data"),
        ("Deployment", f"{POD} nodeSelector disk", "node selector disk"),
        ("Deployment", f"{POD} containers a volumeMounts /x readOnly", "mount at /x readOnly"),
        ("Deployment", "spec template metadata labels a.b/c", "label a.b/c of the pods"),
        ("Deployment", "spec selector matchLabels a", "selector label a"),
        ("Deployment", "metadata annotations a", "Deployment annotation a"),
        ("Service", "spec ports 5000 nodePort", "node port of port 5000"),
        ("NetworkPolicy", "spec egress", "outgoing connections"),
        ("SealedSecret", "spec encryptedData KEY", "sealed value KEY"),
        ("ConfigMap", "data core-site.xml", "file core-site.xml"),
        ("Job", "spec backoffLimit", "Job spec.backoffLimit"),
        ("Ingress", "", "Ingress it"),
    ],
)
def test_a_field_has_a_word(kind: str, field: str, words: str) -> None:
    assert term(kind, "it", tuple(field.split())) == words


XML = "<property><name>{}</name><value>{}</value></property>\n"
VOLUME = {"name": "v", "configMap": {"name": "c"}}
RULE = {
    "ports": [{"port": 3306, "protocol": "TCP"}],
    "to": [{"podSelector": {"matchLabels": {"app.kubernetes.io/component": "database"}}}],
}


@pytest.mark.parametrize(
    ("kind", "field", "old", "new", "both"),
    [
        ("Deployment", f"{POD} containers a image", "r/a:1", "r/a:2", ("a:1", "a:2")),
        ("Deployment", f"{POD} containers a image", "r/a:1", "s/a:1", ("r/a:1", "s/a:1")),
        ("Deployment", f"{POD} containers a args", ["-a", "-b"], ["-a", "-c"], ("-b", "-c")),
        ("Deployment", f"{POD} containers a args", ["a", "b"], ["b", "a"], ("a b", "b a")),
        ("Deployment", f"{POD} containers a env X value", "a,b", "b,c", ("a", "c")),
        ("Deployment", f"{POD} hostAliases 10.0.0.1 hostnames", ["a"], ["a", "b", "c"], ("", "b, c")),
        ("Deployment", f"{POD} volumes v", None, VOLUME, ("", "ConfigMap c")),
        ("Deployment", f"{POD} imagePullSecrets", None, [{"name": "login"}], ("", "login")),
        ("Deployment", f"{POD} containers a", None, {"name": "a", "image": "a:1"}, ("", "a:1")),
        ("Deployment", f"{POD} containers a env X", None, {"name": "X", "value": "1"}, ("", "1")),
        ("ConfigMap", "data a.xml", XML.format("a", 1), XML.format("a", 2), ("a=1", "a=2")),
        ("ConfigMap", "data a.txt", "a\nb\n", "a\n", ("2 lines", "1 lines")),
        ("NetworkPolicy", "spec egress", [RULE], [], ("3306/TCP of component=database", "")),
        ("Ingress", "", None, {"spec": {"rules": [{"host": "a.example"}]}}, ("", "a.example")),
    ],
)
def test_a_value_is_short_and_of_two_lists_what_differs(  # a row of a table
    kind: str, field: str, old: Any, new: Any, both: tuple[str, str]
) -> None:
    assert pair(kind, tuple(field.split()), old, new) == both


SECRET = {"name": "MY_PASSWORD", "value": "hunter2"}


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("Deployment", f"{POD} containers a env", [{"name": "A", "value": "1"}, SECRET]),
        ("Deployment", f"{POD} containers a", {"name": "a", "env": [SECRET]}),
        ("Deployment", f"{POD} containers a env MY_PASSWORD", SECRET),
        ("Deployment", f"{POD} containers a args", ["--password=hunter2"]),
        ("Deployment", f"{POD} containers a args", ["--db-password", "hunter2", "--workers", "2"]),
        ("Deployment", f"{POD} containers a env URL value", "mysql://me:hunter2@db/x"),
        ("Secret", "data KEY", "hunter2"),
        ("Secret", "metadata annotations note", "hunter2"),
        ("SealedSecret", "spec encryptedData KEY", "hunter2"),
        ("Secret", "", {"data": {"KEY": "hunter2"}}),
    ],
)
def test_no_secret_is_written(kind: str, field: str, value: Any) -> None:
    steps = tuple(field.split())
    other = "x" if isinstance(value, str) else [] if isinstance(value, list) else None
    for both in (pair(kind, steps, value, other), pair(kind, steps, other, value)):
        assert "hunter2" not in " ".join(both)
