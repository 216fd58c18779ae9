"""The hand-made stack, object for object: what `kubectl` would apply for specs/legacy/hand-made.yaml.

Each expectation is a fact of the hand-made installation; where that was broken, the test's name says what holds
instead, and docs/takeover.md says why.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from mlkc.app.compile import compile_spec
from mlkc.check.kustomize.kubectl import find_kubectl

SPEC = Path(__file__).parent.parent / "specs" / "legacy" / "hand-made.yaml"
Objects = dict[tuple[str, str], Any]


@pytest.fixture(scope="module")
def objects(tmp_path_factory: pytest.TempPathFactory) -> Objects:
    folder = tmp_path_factory.mktemp("hand-made")
    assert not compile_spec(SPEC, "spec.yaml", folder).failed
    kubectl = find_kubectl()
    assert kubectl
    text = subprocess.check_output([kubectl, "kustomize", folder / "overlays" / "prod"], text=True)
    return {(one["kind"], one["metadata"]["name"]): one for one in yaml.safe_load_all(text)}


def pod_of(objects: Objects, name: str) -> Any:
    return objects["Deployment", name]["spec"]["template"]["spec"]


def variables(objects: Objects, name: str) -> dict[str, Any]:
    (container,) = pod_of(objects, name)["containers"]
    return {entry["name"]: entry.get("value", entry.get("valueFrom")) for entry in container["env"]}


PASSWORD = {"secretKeyRef": {"name": "db-secrets", "key": "MYSQL_ROOT_PASSWORD"}}


def test_the_objects_of_its_kustomization_are_there_but_for_the_secret_that_stays(objects: Objects) -> None:
    named = {
        ("Namespace", "mlflow"),
        ("PersistentVolumeClaim", "mlflow-mysql"),
        ("Deployment", "mlflow-db"),
        ("Service", "mlflow-db"),
        ("Deployment", "mlflow"),
        ("Service", "mlflow"),
        ("Deployment", "mlflow-client"),
    }
    config = {key for key in objects if key[0] == "ConfigMap"}
    added = {("Service", "mlflow-client"), ("Secret", "client-secrets")}
    assert set(objects) == named | added | config
    assert len(config) == 1


def test_everything_is_in_one_namespace_on_apis_that_are_served(objects: Objects) -> None:
    assert {one["metadata"].get("namespace", "mlflow") for one in objects.values()} == {"mlflow"}
    versions = {"Deployment": "apps/v1"}
    assert all(one["apiVersion"] == versions.get(kind, "v1") for (kind, _), one in objects.items())


def test_the_database_is_one_deployment_with_its_label_as_the_selector_it_lacked(objects: Objects) -> None:
    deployment, service = objects["Deployment", "mlflow-db"], objects["Service", "mlflow-db"]
    spec = deployment["spec"]
    assert spec["replicas"] == 1
    assert spec["selector"] == {"matchLabels": {"component": "db"}}
    for labels in (deployment["metadata"]["labels"], spec["template"]["metadata"]["labels"]):
        assert labels["component"] == "db"
    assert service["spec"]["selector"] == {"component": "db"}
    assert service["spec"]["ports"] == [{"name": "dbapi", "port": 3306, "targetPort": "dbapi"}]


def test_the_databases_container_has_its_image_arguments_port_and_mount(objects: Objects) -> None:
    pod = pod_of(objects, "mlflow-db")
    (container,) = pod["containers"]
    assert container["image"] == "mysql:8.0.3"
    assert container["args"][0].split("=") == ["--datadir", "/var/lib/mysql/datadir"]
    assert container["ports"] == [{"name": "dbapi", "containerPort": 3306}]
    (mount,) = [one for one in container["volumeMounts"] if one["mountPath"] == "/var/lib/mysql"]
    (volume,) = [one for one in pod["volumes"] if one["name"] == mount["name"]]
    assert volume["persistentVolumeClaim"] == {"claimName": "mlflow-mysql"}


def test_the_probe_asks_as_the_passwords_owner_at_its_pace(objects: Objects) -> None:
    (container,) = pod_of(objects, "mlflow-db")["containers"]
    probe = container["readinessProbe"]
    command = " ".join(probe["exec"]["command"])
    assert "SELECT 1" in command
    assert "--user=root" in command
    assert "$MYSQL_ROOT_PASSWORD" in command
    pace = (probe["initialDelaySeconds"], probe["periodSeconds"], probe["timeoutSeconds"])
    assert pace == (5, 2, 1)


def test_the_database_has_its_password_and_no_empty_one_beside_it(objects: Objects) -> None:
    assert variables(objects, "mlflow-db") == {"MYSQL_ROOT_PASSWORD": PASSWORD, "MYSQL_DATABASE": "mlflowdb"}


def test_the_server_has_its_database_and_artifacts_and_no_password_among_its_arguments(
    objects: Objects,
) -> None:
    found = variables(objects, "mlflow")
    assert found["DB_SCHEME"].startswith("mysql")
    assert (found["DB_HOST"], found["DB_PORT"], found["DB_NAME"]) == ("mlflow-db", "3306", "mlflowdb")
    assert (found["DB_USER"], found["DB_PASSWORD"]) == ("root", PASSWORD)
    assert found["MLFLOW_DEFAULT_ARTIFACT_ROOT"] == "hdfs://192.168.10.145:8020/mlflow/mlruns"
    (container,) = pod_of(objects, "mlflow")["containers"]
    assert container["args"] == ["--host", "0.0.0.0", "--port", "5000"]  # noqa: S104
    assert [port["containerPort"] for port in container["ports"]] == [5000]
    assert [port["port"] for port in objects["Service", "mlflow"]["spec"]["ports"]] == [5000]


def test_a_notebook_does_not_get_the_databases_root_password(objects: Objects) -> None:
    assert PASSWORD not in variables(objects, "mlflow-client").values()


@pytest.mark.parametrize("name", ["mlflow", "mlflow-client"])
def test_pods_of_both_images_know_the_nodes_and_the_user(objects: Objects, name: str) -> None:
    aliases = [{"ip": "192.168.10.145", "hostnames": ["ab-node1.senses"]}]
    assert pod_of(objects, name)["hostAliases"] == aliases
    assert variables(objects, name)["HADOOP_USER_NAME"] == "hdfs"
