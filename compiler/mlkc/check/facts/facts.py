"""Every rule over the plan, in an explicit tuple, and what they find."""

from __future__ import annotations

from collections.abc import Iterator

from mlkc.check.facts import (
    base_debian,
    clashing_host,
    closed_database,
    closed_hdfs,
    closed_ingress,
    conda_licence,
    cut_uploads,
    driver_library,
    duplicate_address,
    ended_database,
    ended_debian,
    ended_kubernetes,
    ended_python,
    floating_database,
    floating_tag,
    hadoop_java,
    idle_budget,
    idle_replicas,
    ingress_without_tls,
    long_drain,
    loopback_host,
    memory_of_database,
    memory_of_workers,
    mlflow_python,
    name_node_by_address,
    no_room_to_scale,
    old_openssl,
    plain_index,
    root_database_user,
    shared_host,
    spark_java,
    spark_python,
    unanswered_service,
    uninstallable_mlflow,
    unknown_database,
    unknown_name_node,
    unknown_server_variable,
    unlocked_conda,
    unlocked_packages,
    unproved_tarball,
    unused_conda_mirror,
)
from mlkc.check.facts.model import Fact
from mlkc.diag.diagnostic import Diagnostic
from mlkc.plan.plan import Plan

ALL: tuple[Fact, ...] = (
    ended_debian.RULE,
    ended_python.RULE,
    hadoop_java.RULE,
    spark_java.RULE,
    spark_python.RULE,
    mlflow_python.RULE,
    uninstallable_mlflow.RULE,
    unlocked_packages.RULE,
    base_debian.RULE,
    floating_tag.RULE,
    driver_library.RULE,
    unproved_tarball.RULE,
    plain_index.RULE,
    ended_database.RULE,
    unknown_database.RULE,
    floating_database.RULE,
    root_database_user.RULE,
    ended_kubernetes.RULE,
    ingress_without_tls.RULE,
    cut_uploads.RULE,
    shared_host.RULE,
    memory_of_workers.RULE,
    memory_of_database.RULE,
    unknown_server_variable.RULE,
    name_node_by_address.RULE,
    unknown_name_node.RULE,
    loopback_host.RULE,
    duplicate_address.RULE,
    clashing_host.RULE,
    closed_database.RULE,
    closed_hdfs.RULE,
    closed_ingress.RULE,
    idle_replicas.RULE,
    no_room_to_scale.RULE,
    idle_budget.RULE,
    long_drain.RULE,
    unanswered_service.RULE,
    conda_licence.RULE,
    unused_conda_mirror.RULE,
    unlocked_conda.RULE,
    old_openssl.RULE,
)


def facts(plan: Plan) -> Iterator[Diagnostic]:
    """Finds what the catalogue knows against a plan; faults that environments share are found once for each."""
    for rule in ALL:
        yield from rule.find(plan)
