"""Random specs: valid ones from strategies for each section, and broken ones made from them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

LABELS = st.from_regex(r"[a-z]([-a-z0-9]{0,30}[a-z0-9])?", fullmatch=True)
HOSTS = st.lists(LABELS, min_size=1, max_size=4).map(".".join)
BYTES = st.builds("{}{}".format, st.integers(1, 900), st.sampled_from(["Mi", "Gi", "M", "G"]))
CORES = st.one_of(st.integers(1, 64).map(str), st.integers(1, 9000).map("{}m".format))
WORDS = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,20}", fullmatch=True)
ADDRESSES = st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)).filter(
    lambda address: (
        not (address.is_unspecified or address.is_multicast or (address.version == 6 and address.ipv4_mapped))
    )
)


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A mapping that has any of the fields."""
    return st.fixed_dictionaries({}, optional=fields)


RESOURCES = some(requests=some(cpu=CORES, memory=BYTES))
SETTINGS = some(
    namespace=LABELS,
    database=some(
        engine=st.sampled_from(["mysql", "mariadb", "postgresql"]),
        name=WORDS,
        user=WORDS,
        config=st.dictionaries(
            st.sampled_from(["max_connections", "init_connect", "long_query_time"]),
            st.one_of(st.integers(0, 99), st.booleans(), WORDS, st.just('a # \\ " b')),
        ),
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
        staticPrefix=st.lists(LABELS, min_size=1, max_size=3).map(lambda parts: "/" + "/".join(parts)),
        metrics=some(discovery=st.sampled_from(["annotations", "serviceMonitor"])),
        update=some(recreate=st.just(False), maxSurge=st.integers(1, 9), maxUnavailable=st.integers(0, 9)),
        antiAffinity=some(nodes=st.sampled_from(["soft", "hard"]), zones=st.sampled_from(["soft", "hard"])),
        env=st.dictionaries(
            WORDS.map("X_{}".format),
            st.one_of(st.just("text"), st.fixed_dictionaries({"secret": HOSTS, "key": LABELS})),
            max_size=2,
        ),
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
        {"address": ADDRESSES.map(str), "hostnames": st.lists(HOSTS, min_size=1, max_size=3, unique=True)}
    ),
    max_size=4,
    unique_by=lambda node: node["address"],
)
SELECTORS = st.dictionaries(LABELS, LABELS, min_size=1, max_size=2)
TAKE_OVER = st.fixed_dictionaries(
    {"databaseSecret": HOSTS},
    optional={
        "database": st.fixed_dictionaries(
            {"workload": st.sampled_from(["Deployment", "StatefulSet"]), "selector": SELECTORS},
            optional={"name": LABELS, "container": LABELS},
        ),
        "server": st.fixed_dictionaries({"selector": SELECTORS}, optional={"container": LABELS}),
    },
)
# What a person may write by mistake, or a program.
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=40),
    st.lists(st.text(max_size=5), max_size=2),
    st.dictionaries(st.text(max_size=8), st.integers(), max_size=2),
)


@st.composite
def specs(draw: st.DrawFn) -> dict[str, Any]:
    """A spec with one environment; most are valid."""
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


@st.composite
def whole_specs(draw: st.DrawFn) -> dict[str, Any]:
    """A spec whose second environment has settings of its own, and that may take over what runs."""
    spec = draw(specs())
    if draw(st.booleans()):
        spec["takeOver"] = draw(TAKE_OVER)
    spec["environments"]["two"] = draw(SETTINGS)
    return spec


@st.composite
def broken_specs(draw: st.DrawFn) -> dict[str, Any]:
    """A spec in which one to three values or keys are something else; few are still valid."""
    spec = copy.deepcopy(draw(whole_specs()))
    for _ in range(draw(st.integers(1, 3))):
        holder, key = draw(st.sampled_from(list(_places(spec))))
        if isinstance(holder, dict) and draw(st.booleans()):
            holder[draw(st.text(max_size=12))] = holder.pop(key)
        else:
            holder[key] = draw(JUNK)
    return spec


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inside:
        yield node, key
        yield from _places(value)
