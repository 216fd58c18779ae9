"""Every rule of the room, in explicit tuples."""

from __future__ import annotations

from typing import Any

from mlkc.artifact.model import OutputTree
from mlkc.check.images import copy_source, stage
from mlkc.check.kustomize import (
    document_shape,
    duplicate_path,
    failure,
    generator_file,
    image_name,
    patch_target,
    resource_list,
    translation,
    warning,
)
from mlkc.check.limits import (
    choice,
    contradiction,
    host_alias,
    object_label,
    object_name,
    out_of_bounds,
    pod_security,
    port,
    quantity,
    request_above_limit,
    small_quota,
    variable_name,
)
from mlkc.check.model import Rule
from mlkc.check.objects import ObjectSet
from mlkc.check.references import (
    backend,
    claim,
    config_map,
    duplicate_entry,
    duplicate_object,
    late_variable,
    local_store,
    overlapping_selector,
    probe_port,
    root_password,
    secret,
    selector,
    service_account,
    shared_claim,
    target_port,
    unanswered_host,
    volume,
)
from mlkc.check.schemas.schemas import RULES as SCHEMA_RULES
from mlkc.check.secrets import plain_variable, taint

# Over the objects of one environment.
OBJECT_RULES: tuple[Rule[ObjectSet], ...] = (
    object_name.RULE,
    object_label.RULE,
    port.RULE,
    quantity.RULE,
    variable_name.RULE,
    host_alias.RULE,
    request_above_limit.RULE,
    choice.RULE,
    contradiction.RULE,
    selector.RULE,
    target_port.RULE,
    backend.RULE,
    secret.RULE,
    config_map.RULE,
    claim.RULE,
    volume.RULE,
    service_account.RULE,
    probe_port.RULE,
    late_variable.RULE,
    root_password.RULE,
    duplicate_entry.RULE,
    duplicate_object.RULE,
    local_store.RULE,
    shared_claim.RULE,
    unanswered_host.RULE,
    overlapping_selector.RULE,
    small_quota.RULE,
    out_of_bounds.RULE,
    pod_security.RULE,
    plain_variable.RULE,
)

# Over the files of an output.
FILE_RULES: tuple[Rule[OutputTree], ...] = (
    duplicate_path.RULE,
    resource_list.RULE,
    generator_file.RULE,
    image_name.RULE,
    patch_target.RULE,
    document_shape.RULE,
    copy_source.RULE,
    stage.RULE,
)

ALL: tuple[Rule[Any], ...] = (
    *SCHEMA_RULES,
    *OBJECT_RULES,
    *FILE_RULES,
    failure.RULE,
    warning.RULE,
    translation.RULE,
    taint.RULE,
)
