"""What compiles, a server takes: 500 random valid specs, asked of each Kubernetes release without storing anything."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from mlkc.artifact.yaml import dump
from mlkc.emit.emit import emit
from mlkc.plan.resolve import resolve
from mlkc.source.load import decode
from mlkc.spec.validate import validate

from .cluster import Cluster
from .dry_run import dry_run

LABELS = st.from_regex(r"[a-z]([-a-z0-9]{0,30}[a-z0-9])?", fullmatch=True)
HOSTS = st.lists(LABELS, min_size=1, max_size=4).map(".".join)
BYTES = st.builds("{}{}".format, st.integers(1, 900), st.sampled_from(["Mi", "Gi", "M", "G"]))
CORES = st.one_of(st.integers(1, 64).map(str), st.integers(1, 9000).map("{}m".format))
WORDS = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,20}", fullmatch=True)
ADDRESSES = st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)).filter(
    lambda address: not (address.is_unspecified or address.is_multicast)
)


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A mapping that has any of the fields."""
    return st.fixed_dictionaries({}, optional=fields)


RESOURCES = some(requests=some(cpu=CORES, memory=BYTES))
SETTINGS = some(
    namespace=LABELS,
    database=some(
        engine=st.sampled_from(["mysql", "mariadb"]),
        name=WORDS,
        user=WORDS,
        storage=some(size=BYTES, **{"class": HOSTS}, claim=LABELS),
        resources=RESOURCES,
    ),
    server=some(
        replicas=st.integers(0, 9),
        workers=st.integers(1, 16),
        port=st.integers(1024, 65535),
        artifacts=st.sampled_from(["direct", "proxied"]),
        ingress=st.fixed_dictionaries({"host": HOSTS}, optional={"class": LABELS, "tlsSecret": HOSTS}),
        resources=RESOURCES,
        uploads=BYTES,
    ),
    client=some(
        enabled=st.booleans(), replicas=st.integers(0, 1), port=st.integers(1024, 65535), workspace=BYTES
    ),
    images=some(
        registry=HOSTS, server=some(tag=st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}", fullmatch=True))
    ),
)
NODES = st.lists(
    st.fixed_dictionaries(
        {"address": ADDRESSES.map(str), "hostnames": st.lists(HOSTS, min_size=1, max_size=3)}
    ),
    max_size=4,
    unique_by=lambda node: node["address"],
)


@st.composite
def specs(draw: st.DrawFn) -> dict[str, Any]:
    spec = draw(SETTINGS)
    hdfs = {"nameNode": f"hdfs://{draw(HOSTS)}:8020", "nodes": draw(NODES), "user": draw(WORDS)}
    return {
        "apiVersion": "mlkc.dev/v1alpha1",
        "kind": "MLflowStack",
        "name": draw(LABELS),
        **spec,
        "hdfs": hdfs,
        "environments": {"one": {}},
    }


def test_no_valid_spec_is_refused(kubernetes: Cluster) -> None:
    compiled = 0
    with dry_run(kubernetes) as server:

        @seed(20261124)
        @settings(max_examples=500, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(specs())
        def holds(spec: dict[str, Any]) -> None:
            nonlocal compiled
            objects = _objects(spec)
            compiled += bool(objects)
            assert server.complaints(objects) == []

        holds()
    assert compiled >= 400, "most of the random specs are valid"


def _objects(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """What the spec compiles to, or nothing when it is refused with a diagnostic."""
    tree = decode(dump(spec).encode(), "random.yaml").value
    parsed = validate(tree).value if tree else None
    plan = resolve(parsed).value if parsed else None
    return [artifact.body for artifact in emit(plan).intended["one"]] if plan else []
