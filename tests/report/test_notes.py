"""The commands that are printed after a compile fit the whole spec, not its last environment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from mlkc.app.front import front
from mlkc.report.notes import notes

SPEC = """apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs: {nameNode: "hdfs://namenode.example.com:8020"}
environments:
  dev: {images: {server: {tag: release-7}}}
  prod: {client: {enabled: false}}
"""


HEAD = SPEC.partition("environments")[0]


def compiled(folder: Path, spec: str) -> tuple[str, Mapping[str, str]]:
    (folder / "spec.yaml").write_text(spec)
    found = front(folder / "spec.yaml", "spec.yaml")
    assert found.plan is not None
    assert found.output is not None
    return notes(found.plan, found.output, "."), found.output.tags


def test_every_image_that_an_environment_runs_is_built(tmp_path: Path) -> None:
    text, tags = compiled(tmp_path, SPEC)
    assert f"docker build -t mlflow-server:{tags['server']} images/server" in text
    assert "docker build -t mlflow-server:release-7 images/server" in text
    assert f"docker build -t mlflow-client:{tags['client']} images/client" in text


def test_environments_of_one_namespace_are_for_clusters_of_their_own(tmp_path: Path) -> None:
    text, _ = compiled(tmp_path, SPEC)
    assert "kubectl apply -k overlays/dev  # to the cluster of dev\n" in text
    assert "prod, and the others likewise:\n" in text
    text, _ = compiled(tmp_path, f"{HEAD}environments: {{dev: {{namespace: a}}, prod: {{namespace: b}}}}\n")
    assert "kubectl apply -k overlays/dev\n" in text


def test_one_environment_is_not_named(tmp_path: Path) -> None:
    text, _ = compiled(tmp_path, f"{HEAD}environments: {{prod: {{}}}}\n")
    assert "#" not in text.replace("# the database's port answers", "")
    assert "likewise" not in text


def test_the_image_is_tried_at_the_port_of_the_spec(tmp_path: Path) -> None:
    text, _ = compiled(tmp_path, f"{HEAD}server: {{port: 5001}}\nenvironments: {{prod: {{}}}}\n")
    assert " -p 35000:5001 " in text
    assert " --port 5001 " in text


def test_a_restore_goes_from_the_stopped_server_to_the_started_one(tmp_path: Path) -> None:
    settings = (
        "database: {backup: {to: volume}}\nserver: {autoscale: {min: 2, max: 4}}\nenvironments: {prod: {}}\n"
    )
    text, _ = compiled(tmp_path, f"{HEAD}{settings}")
    steps = [line.strip().split("kubectl ")[1] for line in text.splitlines() if "kubectl" in line]
    restore = steps[next(n for n, step in enumerate(steps) if "--replicas=0" in step) :]
    words = ["scale", "wait --for=delete", "create job", "logs --follow", "wait --for=condition=complete"]
    words += ["delete job", "apply -k overlays/prod", "scale"]
    assert len(restore) == len(words)
    for step, word in zip(restore, words, strict=True):
        assert word in step
    assert "app.kubernetes.io/component=server" in restore[1]
    assert "--replicas=2" in restore[-1]


def lines(text: str, title: str) -> list[str]:
    """The lines below a title, and those that belong to them."""
    found: list[str] = []
    within = False
    for line in text.splitlines()[2:]:
        head, rest = line[2:12].strip(), line[12:].strip()
        within = head == title if head else within
        found += [rest] if within else []
    return found


def test_an_entry_of_a_store_is_named_once_with_those_who_share_it(tmp_path: Path) -> None:
    text, _ = compiled(
        tmp_path,
        f"{HEAD}secrets: {{strategy: external, store: vault}}\nclient: {{enabled: false}}\n"
        "environments: {dev: {}, prod: {secrets: {path: ml/prod}}, stage: {}}\n",
    )
    keys = "MYSQL_ROOT_PASSWORD, MYSQL_PASSWORD"
    assert lines(text, "store") == [
        f"{keys} in mlflow/db-secrets of vault  # dev, stage",
        f"{keys} in ml/prod/db-secrets of vault  # prod",
    ]


def test_what_the_spec_only_names_is_to_be_there(tmp_path: Path) -> None:
    text, _ = compiled(
        tmp_path,
        """apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
hdfs:
  nameNode: hdfs://10.0.0.7:8020
  kerberos: {realm: EXAMPLE.COM, kdc: [10.0.0.8], principal: mlflow, keytabSecret: keytab}
images: {pullSecrets: [registry]}
database:
  engine: postgresql
  external: {host: 10.0.0.9, ca: {secret: authority}}
server:
  ingress: {host: mlflow.example.com, tlsSecret: mlflow-tls}
  env: {LEVEL: {configMap: settings, key: level}, TOKEN: {secret: others, key: token}}
client: {enabled: false}
environments: {prod: {}}
""",
    )
    assert lines(text, "have") == [
        f"kubectl -n mlflow get {thing}"
        for thing in (
            "secret keytab  # the keytab as krb5.keytab",
            "secret authority  # the database's authority as ca.crt",
            "secret mlflow-tls  # a certificate of mlflow.example.com",
            "secret registry  # the login to the registry",
            "configmap settings  # LEVEL as level",
            "secret others  # TOKEN as token",
        )
    ]


def test_the_secret_of_sessions_has_a_length(tmp_path: Path) -> None:
    proxy = "{issuer: https://id.example.com, clientId: ml, emailDomains: [example.com]}"
    text, _ = compiled(
        tmp_path,
        f"{HEAD}secrets: {{strategy: existing}}\n"
        f"server: {{ingress: {{host: ml.example.com, clusterIssuer: acme}}, loginProxy: {proxy}}}\n"
        "environments: {prod: {}}\n",
    )
    assert any("OAUTH2_PROXY_COOKIE_SECRET of 16, 24 or 32 bytes" in line for line in lines(text, "have"))
    assert "certificate" not in text


@pytest.mark.parametrize(
    ("tool", "first", "last"),
    [
        (
            "flux: {source: deploy}",
            "flux --namespace flux-system suspend kustomization mlflow-prod",
            "flux --namespace flux-system resume kustomization mlflow-prod",
        ),
        (
            'argocd: {repository: "https://git.example.com/deploy.git", automated: true, namespace: ops}',
            "argocd app set mlflow-prod --app-namespace ops --sync-policy none",
            "kubectl apply -f overlays/prod/delivery/argocd.yaml  # to the cluster of Argo CD",
        ),
        (
            'argocd: {repository: "https://git.example.com/deploy.git"}',
            "kubectl -n mlflow scale deployment/mlflow --replicas=0",
            "argocd app sync mlflow-prod",
        ),
    ],
)
def test_a_controller_applies_and_waits_while_a_dump_is_put_back(
    tmp_path: Path, tool: str, first: str, last: str
) -> None:
    text, _ = compiled(
        tmp_path,
        f"{HEAD}secrets: {{strategy: existing}}\ndatabase: {{backup: {{}}}}\ndelivery: {{{tool}}}\n"
        "environments: {prod: {}}\n",
    )
    assert "apply -k" not in text
    assert lines(text, "apply")[0].startswith(
        f"kubectl apply -f overlays/prod/delivery/{tool.partition(':')[0]}.yaml  # "
    )
    restore = lines(text, "restore")
    assert restore[0] == first
    assert restore[-1] == last
