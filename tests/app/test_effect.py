"""The table of effects: every row counts for the change that it is about, and no row stands in the way of another."""

from __future__ import annotations

from typing import Any

import pytest

from mlkc.app.compare import FieldChange, compare
from mlkc.app.effect import verdict
from mlkc.app.shown import pair
from mlkc.catalog.effect_rows import EFFECTS
from mlkc.catalog.effect_values import BY_VALUE
from mlkc.catalog.effects import Effect, EffectRow
from mlkc.catalog.source import certain

VALUES = {
    "always": ("a", "b"),
    "smaller": ("2Gi", "1Gi"),
    "larger": ("1Gi", "2Gi"),
    "added": (None, {}),
    "removed": ({}, None),
}


def deployment(strategy: str) -> dict[str, Any]:
    return {"kind": "Deployment", "spec": {"strategy": {"type": strategy}, "template": {"spec": {}}}}


def stateful() -> dict[str, Any]:
    volumes = [{"name": "conf", "configMap": {"name": "conf"}}]
    return {"kind": "StatefulSet", "spec": {"replicas": 1, "template": {"spec": {"volumes": volumes}}}}


def change(kind: str, field: str, old: Any, new: Any) -> FieldChange:
    return FieldChange(kind, "it", tuple(field.split()), (), old, new)


@pytest.mark.parametrize("row", EFFECTS, ids=lambda row: f"{row.kind} {' '.join(row.field)} {row.when}")
def test_every_row_counts(row: EffectRow) -> None:
    kind = {"pods": "Deployment", "*": "ServiceAccount"}.get(row.kind, row.kind)
    steps = tuple({"*": "one", "**": "rest"}.get(step, step) for step in row.field)
    old, new = VALUES[row.when]
    if row.effect is Effect.RESTART:
        found = verdict(
            FieldChange(kind, "it", steps, (), old, new), {("Deployment", "it"): deployment("RollingUpdate")}
        )
        assert found.effect in (Effect.RESTART, Effect.NONE)
        return
    found = verdict(FieldChange(kind, "it", steps, (), old, new), {})
    assert (found.effect, found.note) == (row.effect, row.note)


@pytest.mark.parametrize(
    ("kind", "field", "old", "new", "effect"),
    [
        ("PersistentVolumeClaim", "spec resources requests storage", "20Gi", "10Gi", Effect.REFUSED),
        ("PersistentVolumeClaim", "spec resources requests storage", "20Gi", "0.1Ti", Effect.NONE),
        ("PersistentVolumeClaim", "spec storageClassName", None, "fast", Effect.REFUSED),
        ("StatefulSet", "spec serviceName", "a", "b", Effect.REFUSED),
        ("StatefulSet", "spec volumeClaimTemplates", [], [{}], Effect.REFUSED),
        ("Deployment", "spec selector matchLabels app", "a", "b", Effect.REFUSED),
        ("StatefulSet", "spec template spec containers db image", "mysql:9.7.4", "mysql:8.4.9", Effect.DATA),
        ("StatefulSet", "spec template spec containers db image", "mysql:9", "mariadb:11", Effect.DATA),
        (
            "StatefulSet",
            "spec template spec containers db image",
            "mysql:8.0.40",
            "mysql:8.0.36",
            Effect.DATA,
        ),
        (
            "StatefulSet",
            "spec template spec containers db image",
            "mariadb:11.8.2",
            "mariadb:11.4.7",
            Effect.DATA,
        ),
        (
            "StatefulSet",
            "spec template spec containers db image",
            "mysql:8.4.9",
            "mysql:8.4.1",
            Effect.DOWNTIME,
        ),
        (
            "StatefulSet",
            "spec template spec containers db image",
            "postgres:17.11",
            "postgres:18.6",
            Effect.DATA,
        ),
        (
            "StatefulSet",
            "spec template spec containers db image",
            "postgres:18.5",
            "postgres:18.6",
            Effect.DOWNTIME,
        ),
        ("Job", "spec template spec volumes data emptyDir", None, {}, Effect.REFUSED),
        ("Service", "spec clusterIP", "None", None, Effect.NONE),
        (
            "StatefulSet",
            "spec template spec containers db image",
            "mysql:8.4.1",
            "mysql:8.4.9",
            Effect.DOWNTIME,
        ),
        (
            "StatefulSet",
            "spec template spec containers db image",
            "a/mysql:8.4.1",
            "b/mysql:8.4.1",
            Effect.DOWNTIME,
        ),
        (
            "StatefulSet",
            "spec template spec containers db args",
            ["--datadir=/a"],
            ["--datadir=/b"],
            Effect.DATA,
        ),
        (
            "StatefulSet",
            "spec template spec containers db args",
            ["--datadir=/a"],
            ["--datadir=/a", "-v"],
            Effect.DOWNTIME,
        ),
        (
            "StatefulSet",
            "spec template spec containers db volumeMounts /b",
            None,
            {"name": "data"},
            Effect.DATA,
        ),
        (
            "StatefulSet",
            "spec template spec containers db volumeMounts /b",
            None,
            {"name": "tmp"},
            Effect.DOWNTIME,
        ),
        ("ConfigMap", "data a.xml", "a", "b", Effect.NONE),
        ("Service", "metadata labels a", "a", "b", Effect.METADATA),
    ],
)
def test_the_effect(kind: str, field: str, old: Any, new: Any, effect: Effect) -> None:
    assert verdict(change(kind, field, old, new), {("StatefulSet", "it"): stateful()}).effect is effect


def test_whether_a_restart_is_a_downtime_hangs_on_the_strategy() -> None:
    image = change("Deployment", "spec template spec containers a image", "a:1", "a:2")
    rolling = verdict(image, {("Deployment", "it"): deployment("RollingUpdate")})
    assert (rolling.effect, rolling.pods) == (Effect.RESTART, ("it",))
    assert verdict(image, {("Deployment", "it"): deployment("Recreate")}).effect is Effect.DOWNTIME


def test_a_config_map_restarts_the_pods_that_mount_it() -> None:
    found = verdict(
        FieldChange("ConfigMap", "conf", ("data", "a"), (), "a", "b"), {("StatefulSet", "db"): stateful()}
    )
    assert (found.effect, found.pods) == (Effect.DOWNTIME, ("db",))


def test_entries_of_a_list_are_found_by_their_name() -> None:
    def pod(*names: str) -> dict[tuple[str, str], Any]:
        return {("Pod", "p"): {"spec": {"env": [{"name": name, "value": name} for name in names]}}}

    assert list(compare(pod("a", "b"), pod("b", "a"))) == []
    (added,) = compare(pod("a"), pod("b", "a"))
    assert (added.steps, added.pointer, added.old) == (("spec", "env", "b"), ("spec", "env", 0), None)


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("Secret", "data TOKEN"),
        ("Deployment", "spec template spec containers a env DB_PASSWORD value"),
        ("Deployment", "spec template spec containers a env jupyter_token value"),
    ],
)
def test_no_value_of_a_secret_is_written(kind: str, field: str) -> None:
    assert "hunter2" not in " ".join(pair(kind, tuple(field.split()), "hunter2", "hunter2,b"))
    whole = pair(
        kind, tuple(field.split()[:-1]) or ("data",), {"name": "DB_PASSWORD", "value": "hunter2"}, None
    )
    if field.endswith("value"):
        assert "hunter2" not in whole[0]


def test_no_row_is_only_believed_since_any_effect_can_fail_a_run() -> None:
    assert [row for row in (*EFFECTS, *BY_VALUE) if not certain(row, "effect")] == []


def reader() -> dict[tuple[str, str], Any]:
    """A database that reads its password from a Secret."""
    source = {"valueFrom": {"secretKeyRef": {"name": "db-secrets", "key": "MYSQL_PASSWORD"}}}
    containers = [{"name": "mysql", "env": [{"name": "MYSQL_PASSWORD", **source}]}]
    return {("StatefulSet", "db"): {"spec": {"template": {"spec": {"containers": containers}}}}}


@pytest.mark.parametrize(
    ("kind", "name", "field", "old", "new", "said"),
    [
        ("Secret", "db-secrets", "data MYSQL_PASSWORD", "a", "b", "an initialised database keeps"),
        ("Secret", "db-secrets", "data MYSQL_PASSWORD", "ENC[a]", "ENC[b]", "encrypted anew"),
        ("SealedSecret", "db-secrets", "spec encryptedData MYSQL_PASSWORD", "a", "b", "sealed anew"),
        ("ExternalSecret", "db-secrets", "spec data", [], [{}], "another entry of a store"),
        ("ExternalSecret", "db-secrets", "spec secretStoreRef name", "a", "b", "another store"),
        ("Secret", "db-secrets", "", None, {}, "may be another than so far"),
        ("SealedSecret", "db-secrets", "", None, {}, "may be another than so far"),
        ("ExternalSecret", "db-secrets", "", None, {}, "may be another than so far"),
    ],
)
def test_another_password_under_an_initialised_database_is_data_at_risk(
    kind: str, name: str, field: str, old: Any, new: Any, said: str
) -> None:
    what = FieldChange(kind, name, tuple(field.split()), (), old, new)
    found = verdict(what, reader(), reader())
    assert found.effect is Effect.DATA
    assert said in found.note


@pytest.mark.parametrize(
    ("kind", "name", "field", "old"),
    [
        ("Secret", "client-secrets", "data JUPYTER_TOKEN", "a"),
        ("Secret", "db-secrets", "data OTHER", "a"),
        ("SealedSecret", "client-secrets", "spec encryptedData JUPYTER_TOKEN", "a"),
        ("ExternalSecret", "db-secrets", "spec refreshInterval", "1h"),
        ("Secret", "db-secrets", "", None),
    ],
)
def test_what_no_database_has_read_is_not(kind: str, name: str, field: str, old: Any) -> None:
    what = FieldChange(kind, name, tuple(field.split()), (), old, "b")
    assert verdict(what, reader(), {}).effect is Effect.NONE


@pytest.mark.parametrize("row", BY_VALUE, ids=lambda row: f"{row.kind} {row.note[:20]}")
def test_every_row_that_needs_a_look_at_the_values_says_what_is_at_risk(row: EffectRow) -> None:
    assert (row.effect, bool(row.note)) == (Effect.DATA, True)
