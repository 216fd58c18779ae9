"""A secret that somebody wrote where it doesn't belong is refused, and shown by nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from command import run

SPEC = """\
apiVersion: mlkc.dev/v1alpha1
kind: MLflowStack
environments: {{prod: {{}}}}
{}
"""
HDFS = 'hdfs: {nameNode: "hdfs://namenode.example.com:8020"}\n'
FORMATS = ["text", "json", "sarif", "github"]
WRITTEN = {
    "plain": "server: {env: {OPENAI_API_KEY: hunter2}}",
    "several": "server: {env: {MYSQL_PWD: hunter2, S3_ACCESS_KEY: hunter2, TLS_PRIVATE_KEY: hunter2}}",
    "block": "server:\n  env:\n    A_TOKEN: |\n      hunter2\n      hunter2",
    "mapping": "server: {env: {C_TOKEN: {value: hunter2}}}",
    "below": "server:\n  env:\n    D_TOKEN:\n      value: hunter2",
    "tag": "server: {env: {E_TOKEN: !!str hunter2}}",
    "anchor": "server: {env: {F_TOKEN: &x hunter2}}",
    "quotes": "server: {env: {G_TOKEN: 'a''hunter2'}}",
    "spaces": "server: {env: {H_TOKEN: a hunter2 hunter2}}",
    "login": "server: {env: {DATABASE_URL: 'mysql://u:hunter2@db/x'}}",
    "patch": "patches: [{target: {kind: Deployment, name: mlflow}, merge: {spec: {template: {spec: {containers: "
    "[{name: mlflow, env: [{name: MY_PASSWORD, value: hunter2}]}]}}}}}]",
    "registry": "images: {registry: 'https://bob:hunter2@reg.example.com/x'}",
    "image": "database: {image: 'bob:hunter2@reg/x'}",
    "host": "database: {external: {host: 'mysql://bob:hunter2@db:3306/x'}}",
    "bare host": "database: {external: {host: 'bob:hunter2@db'}}",
    "user": "database: {user: 'bob:hunter2'}",
    "beside a fault": "server: {port: 99999, env: {A_TOKEN: 'a''hunter2'}}",
    "misspelt": "server:\n  env:\n    A_TOKEN: {valu:\n      hunter2}",
    "variable": "database: {config: {loose_wsrep_sst_auth: 'u:hunter2'}}",
    "replica": "database: {config: {replica_password: hunter2}}",
    "connection": "database: {engine: postgresql, config: {primary_conninfo: 'host=x password=hunter2'}}",
    "property": "hdfs: {nameNode: hdfs://nn:8020, coreSite: {fs.s3a.session.token: hunter2}}",
    "option": "patches: [{target: {kind: Deployment, name: mlflow}, merge: {spec: {template: {spec: {containers: "
    "[{name: mlflow, args: [--password=hunter2]}]}}}}}]",
    "upper": "mirrors: {pip: 'HTTPS://bob:hunter2@pip/simple'}",
    "scheme": "mirrors: {apache: 'ftp://bob:hunter2@pip/simple'}",
    "query": "mirrors: {pip: 'https://pip/simple?token=hunter2'}",
}


def spec(more: str) -> str:
    return SPEC.format(more) + ("" if more.startswith("hdfs:") else HDFS)


@pytest.mark.parametrize("written", WRITTEN)
def test_in_the_spec(tmp_path: Path, written: str) -> None:
    (tmp_path / "spec.yaml").write_text(spec(WRITTEN[written]))
    for format_ in FORMATS:
        done = run("compile", "spec.yaml", "--format", format_, cwd=tmp_path)
        assert done.returncode == 1
        assert "hunter2" not in done.stdout + done.stderr


REFERENCE = [
    (10, "valueFrom:"),
    (12, "secretKeyRef:"),
    (14, "name: db-secrets"),
    (14, "key: MYSQL_PASSWORD"),
]
TYPED = {
    "value": "          value: hunter2\n",
    "block": "          value: |\n            hunter2\n",
    "folded": "          value: >-\n            a\n            hunter2\n",
    "comment": "          value: 'hunter2' # mine\n",
    "single": "          value: 'a''hunter2'\n",
    "double": '          value: "a\\"hunter2"\n',
    "lines": '          value: "a\n            hunter2"\n',
    "short": "          value: &hunter2 x\n",
    "broken": "          value: hunter2\n\tbroken: [\n",
}


@pytest.mark.parametrize("typed", TYPED)
def test_typed_over_a_reference_in_an_output(tmp_path: Path, typed: str) -> None:
    (tmp_path / "spec.yaml").write_text(spec(""))
    assert run("compile", "spec.yaml", cwd=tmp_path).returncode == 0
    file = tmp_path / "base/server-deployment.yaml"
    reference = "".join(f"{' ' * indent}{line}\n" for indent, line in REFERENCE)
    text = file.read_text()
    assert reference in text
    file.write_text(text.replace(reference, TYPED[typed]))
    for format_ in FORMATS:
        done = run("check", "spec.yaml", "--format", format_, cwd=tmp_path)
        assert done.returncode == 1
        assert "hunter2" not in done.stdout + done.stderr
    for format_ in ("text", "json", "markdown", "html"):
        done = run("diff", "spec.yaml", "--against", ".", "--format", format_, cwd=tmp_path)
        assert "hunter2" not in done.stdout + done.stderr
    adopted = run("compile", "spec.yaml", "--adopt", cwd=tmp_path)
    assert adopted.returncode == 1
    assert "hunter2" not in adopted.stdout + adopted.stderr + (tmp_path / "spec.yaml").read_text()
