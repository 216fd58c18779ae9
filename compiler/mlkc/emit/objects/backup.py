"""The backup: a job at fixed times, one that is started by hand to restore, and the volume claim of the dumps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mlkc.emit.objects.common import (
    HADOOP_MOUNT,
    Tree,
    container_security,
    empty_dir,
    hadoop_volume,
    host_aliases,
    labels,
    metadata,
    pod_security,
    variable,
)
from mlkc.emit.objects.database import storage_claim
from mlkc.emit.objects.life import placement
from mlkc.emit.objects.server_store import authority_mount, authority_volume
from mlkc.emit.scope import Scope
from mlkc.plan.backup import BackupPlan
from mlkc.plan.pods import PodsPlan

COMPONENT = "backup"
FOLDER = "/backup"
_PROGRAMS = Path(__file__).parent / "programs"
# The 31st of February: the job is a template for those that a person makes from it, and does not start by itself.
_NEVER = "0 0 31 2 *"
_PATH = ("database", "backup")


def objects(scope: Scope, backup: BackupPlan) -> list[tuple[str, Tree | None, str]]:
    """Every object; each with its file name and the section that it comes from."""
    claim = backup.claim
    found: list[tuple[str, Tree | None, str]] = [
        ("backup-cronjob.yaml", _backup(scope, backup), "database"),
        ("restore-cronjob.yaml", _restore(scope, backup), "database"),
    ]
    if claim is not None:
        own = storage_claim(scope, claim, COMPONENT, _PATH)
        found.insert(0, ("backup-persistentvolumeclaim.yaml", own, "database"))
    return found


def _backup(scope: Scope, backup: BackupPlan) -> Tree:
    steps = [_database_step(scope, backup, "dump", backup.dump, {"END": backup.end})]
    if backup.path is not None:
        steps.append(_hdfs_step(scope, backup, "put"))
    return _cron_job(
        scope,
        backup.object,
        {
            "schedule": scope.at(*_PATH, "schedule", value=backup.schedule),
            "timeZone": scope.at(*_PATH, "timeZone", value=backup.time_zone),
            # A cluster that was down at the time makes up for it within the hour.
            "startingDeadlineSeconds": 3600,
            "concurrencyPolicy": "Forbid",
            "successfulJobsHistoryLimit": 3,
            "failedJobsHistoryLimit": 3,
        },
        _job(scope, backup, steps, retries=2),
    )


def _restore(scope: Scope, backup: BackupPlan) -> Tree:
    more = {"OTHERS": backup.others, **({"RESET": backup.reset} if backup.reset else {})}
    steps = [_database_step(scope, backup, "restore", backup.restore, more)]
    if backup.path is not None:
        steps.insert(0, _hdfs_step(scope, backup, "get"))
    return _cron_job(
        scope,
        backup.restore_object,
        {"schedule": _NEVER, "suspend": True, "concurrencyPolicy": "Forbid"},
        _job(scope, backup, steps, retries=0),
    )


def _cron_job(scope: Scope, name: str, when: Tree, job: Tree) -> Tree:
    return {
        "apiVersion": "batch/v1",
        "kind": "CronJob",
        "metadata": metadata(scope, scope.at("name", value=name), COMPONENT),
        "spec": {
            **when,
            "jobTemplate": {"metadata": {"labels": labels(scope, COMPONENT)}, "spec": job},
        },
    }


def _job(scope: Scope, backup: BackupPlan, steps: list[Any], *, retries: int) -> Tree:
    """One pod: all steps but the last are initial containers, so that each starts when the one before has ended."""
    server = scope.stack.database.server
    hdfs = backup.path is not None
    deadline = scope.at(*_PATH, "deadline", value=backup.deadline)
    return {
        # A restore that is stopped half-way leaves half a database.
        "activeDeadlineSeconds": deadline if retries else None,
        "backoffLimit": retries,
        "template": {
            "metadata": {"labels": labels(scope, COMPONENT)},
            "spec": {
                "restartPolicy": "Never",
                "automountServiceAccountToken": False,
                "enableServiceLinks": False,
                **placement(scope, "database", server.pods if server else PodsPlan()),
                "hostAliases": host_aliases(scope) if hdfs else None,
                "securityContext": pod_security(backup.uid),
                "initContainers": steps[:-1] or None,
                "containers": steps[-1:],
                "volumes": [
                    _dumps(scope, backup),
                    *authority_volume(scope),
                    *([hadoop_volume(scope), empty_dir("tmp"), *_keytab(scope)] if hdfs else []),
                ],
            },
        },
    }


def _keytab(scope: Scope) -> list[Tree]:
    kerberos = scope.stack.hdfs.kerberos
    if kerberos is None:
        return []
    from mlkc.emit.objects.kerberos import keytab_volume  # noqa: PLC0415  only where the spec has it

    return [keytab_volume(scope, kerberos)]


def _dumps(scope: Scope, backup: BackupPlan) -> Tree:
    if backup.claim is None:
        return empty_dir("backup", scope.at(*_PATH, "size", value=backup.size))
    name = scope.at(*_PATH, "claim", value=backup.claim.claim)
    return {"name": "backup", "persistentVolumeClaim": {"claimName": name}}


def _database_step(
    scope: Scope, backup: BackupPlan, program: str, command: tuple[str, ...], more: dict[str, str]
) -> Tree:
    """Runs a program of ours in the database's image; what it runs in turn are its arguments."""
    database = scope.stack.database
    keep = scope.at(*_PATH, "keep", value=str(backup.keep))
    password = variable(backup.password, database.password)
    return {
        "name": program,
        "image": scope.at(*_PATH, "image", value=scope.reference(backup.image)),
        "command": ["bash", "-euo", "pipefail", "-c", _program(f"{program}.sh"), program],
        "args": scope.at(*_PATH, program, value=list(command)),
        "env": [
            variable("FOLDER", FOLDER),
            variable("DB_NAME", scope.at("database", "name", value=database.name)),
            *([variable("KEEP", keep)] if program == "dump" else []),
            *(variable(name, value) for name, value in more.items()),
            scope.at("database", "password", value=password),
        ],
        "resources": {"requests": {"cpu": "100m", "memory": "256Mi"}, "limits": {"memory": "1Gi"}},
        "securityContext": container_security(),
        "volumeMounts": [{"name": "backup", "mountPath": FOLDER}, *authority_mount(scope)],
    }


def _hdfs_step(scope: Scope, backup: BackupPlan, program: str) -> Tree:
    """Runs in the server's image, which has the Hadoop client; the pod's group may read what either writes."""
    server, hdfs = scope.stack.server, scope.stack.hdfs
    keep = scope.at(*_PATH, "keep", value=str(backup.keep))
    step = {
        "name": program,
        "image": scope.at("server", "image", value=scope.reference(server.image)),
        "command": ["with-hadoop", "python", "-c", _program("dumps_on_hdfs.py"), program],
        "env": [
            variable("FOLDER", FOLDER),
            variable("DB_NAME", scope.at("database", "name", value=scope.stack.database.name)),
            variable("HDFS_FOLDER", scope.at(*_PATH, "path", value=backup.path)),
            *([variable("KEEP", keep)] if program == "put" else []),
            variable("HADOOP_USER_NAME", scope.at("hdfs", "user", value=hdfs.user)),
        ],
        "resources": {"requests": {"cpu": "100m", "memory": "512Mi"}, "limits": {"memory": "1Gi"}},
        "securityContext": {
            **container_security(),
            "runAsUser": server.uid,
            "runAsGroup": server.uid,
        },
        "volumeMounts": [
            {"name": "backup", "mountPath": FOLDER},
            HADOOP_MOUNT,
            {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108  the pod's own
        ],
    }
    if hdfs.kerberos is None:
        return step
    from mlkc.emit.objects.kerberos import with_login  # noqa: PLC0415  only where the spec has it

    return with_login(scope, hdfs.kerberos, step)


def _program(name: str) -> str:
    return (_PROGRAMS / name).read_text(encoding="utf-8")
