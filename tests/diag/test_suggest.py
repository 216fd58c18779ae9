from __future__ import annotations

import pytest

from mlkc.diag.suggest import closest

KEYS = [
    "apiVersion",
    "kind",
    "hdfs",
    "nameNode",
    "nodes",
    "database",
    "mirrors",
    "pip",
    "apt",
    "storage",
    "replicas",
]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("hdsf", "hdfs"),
        ("hdf", "hdfs"),
        ("hdffs", "hdfs"),
        ("HDFS", "hdfs"),
        ("namenode", "nameNode"),
        ("name_node", "nameNode"),
        ("name-nod", "nameNode"),
        ("datbase", "database"),
        ("databases", "database"),
        ("databsae", "database"),
        ("datebasse", "database"),
        ("apiversion", "apiVersion"),
        ("miror", "mirrors"),
        ("appt", "apt"),
        ("replica", "replicas"),
        ("server", None),
        ("ip", "pip"),
        ("ab", None),
        ("", None),
        ("storageClassName", None),
        ("x" * 10_000, None),
    ],
)
def test_closest(written: str, meant: str | None) -> None:
    assert closest(written, KEYS) == meant


def test_the_nearest_candidate_wins_and_of_equals_the_first() -> None:
    assert closest("node", ["modes", "nodes"]) == "nodes"
    assert closest("dex", ["dev", "des"]) == "dev"
    assert closest("prod", []) is None


def test_candidates_may_be_anything_that_can_be_walked_once() -> None:
    assert closest("hdsf", (key for key in KEYS)) == "hdfs"
