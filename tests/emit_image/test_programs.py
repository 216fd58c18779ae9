"""The programs in the server's image, run as they run there; MLflow and the database are stand-ins."""

from __future__ import annotations

import ast
import configparser
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from mlkc.emit.image import context

PROGRAMS = Path(context.__file__).parent / "files"
STUBS = Path(__file__).parent / "stubs"
PASSWORDS = ["plain", "@%:/#'\" $\\?&", "ü€", "${HOME}`x`", " lead", "%40", "a" * 200]
DATABASE = {
    "DB_SCHEME": "mysql+pymysql",
    "DB_HOST": "db",
    "DB_PORT": "3306",
    "DB_NAME": "mlflowdb",
    "DB_USER": "mlflow",
    "DB_PASSWORD": "secret",
}


def _run(name: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, PROGRAMS / name, *arguments],
        check=False,
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1", **environment},
    )


def _program(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text)
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("name", ["serve.py", "with_hadoop.py", "upgrade_database.py", "spark_executor.py"])
def test_the_oldest_python_of_an_image_can_read_it(name: str) -> None:
    text = (PROGRAMS / name).read_text()
    ast.parse(text, feature_version=(3, 7))
    assert text.startswith("#!/usr/bin/env python3\n")


@pytest.mark.parametrize("password", PASSWORDS)
@pytest.mark.parametrize("scheme", ["mysql", "mysql+pymysql", "postgresql+psycopg"])
def test_the_server_gets_the_password_in_its_environment_and_nowhere_else(
    tmp_path: Path, password: str, scheme: str
) -> None:
    report = "import json, os, sys; print(json.dumps([sys.argv[1:], os.environ['MLFLOW_BACKEND_STORE_URI']]))"
    _program(tmp_path, "with-hadoop", f"#!{sys.executable}\n{report}\n")
    settings = {**DATABASE, "DB_SCHEME": scheme, "DB_PASSWORD": password, "PATH": str(tmp_path)}
    done = _run("serve.py", "--port", "5000", **settings)
    arguments, uri = json.loads(done.stdout)
    assert arguments == ["mlflow", "server", "--port", "5000"]
    parts = urlsplit(uri)
    assert (parts.scheme, parts.hostname, parts.port, parts.path) == (scheme, "db", 3306, "/mlflowdb")
    assert parts.password is not None
    # PyMySQL sends what it is given in Latin-1, the other driver in UTF-8.
    sent = unquote(parts.password).encode("latin-1" if scheme.endswith("pymysql") else "utf-8")
    assert sent == password.encode()
    assert done.stderr == ""


@pytest.mark.parametrize("program", ["serve.py", "upgrade_database.py"])
@pytest.mark.parametrize("name", sorted(DATABASE))
def test_a_missing_variable_is_named_in_one_line(program: str, name: str) -> None:
    done = _run(program, **{**DATABASE, name: ""})
    assert done.returncode == 1
    assert done.stderr.endswith(f": not set: {name}\n")
    assert done.stderr.count("\n") == 1


def test_an_image_that_is_tried_by_hand_needs_no_database(tmp_path: Path) -> None:
    _program(tmp_path, "with-hadoop", '#!/bin/sh\necho "$MLFLOW_BACKEND_STORE_URI" "$@"\n')
    done = _run("serve.py", "--backend-store-uri", "sqlite:////tmp/x.db", PATH=f"{tmp_path}:/bin")
    assert done.stdout == " mlflow server --backend-store-uri sqlite:////tmp/x.db\n"


def test_a_file_needs_neither_host_nor_password(tmp_path: Path) -> None:
    _program(tmp_path, "with-hadoop", '#!/bin/sh\necho "$MLFLOW_BACKEND_STORE_URI"\n')
    settings = {"DB_SCHEME": "sqlite", "DB_FILE": "/data/mlflow.db", "PATH": f"{tmp_path}:/bin"}
    assert _run("serve.py", **settings).stdout == "sqlite:////data/mlflow.db\n"


def test_one_upgrade_of_a_file_waits_for_another(tmp_path: Path) -> None:
    settings = {"DB_SCHEME": "sqlite", "DB_FILE": str(tmp_path / "mlflow.db")}
    first = _Upgrade(**settings)
    first.until("initialize begins")
    second = _Upgrade(**settings)
    assert second.process.stderr is not None
    assert any("waiting for another upgrade" in line for line in second.process.stderr)
    assert not any("begins" in line for line in second.said)
    assert first.finish() == 0
    second.until("initialize begins")
    assert second.finish() == 0


@pytest.mark.parametrize(
    ("settings", "uri"),
    [
        (
            {**DATABASE, "DB_SCHEME": "postgresql+psycopg", "DB_PASSWORD": "a%b"},
            "postgresql+psycopg://mlflow:a%25b@db:3306/mlflowdb?options=-csearch_path%3Dmlflow_auth",
        ),
        (
            {**DATABASE, "DB_SCHEME": "postgresql+psycopg", "DB_CA": "/ca"},
            "postgresql+psycopg://mlflow:secret@db:3306/mlflowdb?sslmode=verify-full&sslrootcert=%2Fca"
            "&options=-csearch_path%3Dmlflow_auth",
        ),
        ({"DB_SCHEME": "sqlite", "DB_FILE": "/data/mlflow.db"}, "sqlite:////data/mlflow.db.auth"),
    ],
)
def test_users_are_kept_apart_from_the_rest(settings: dict[str, str], uri: str, tmp_path: Path) -> None:
    path = tmp_path / "auth.ini"
    path.write_text("from an earlier start")
    program = f"import serve, os; serve.write_auth(os.environ, serve.database_uri(os.environ), {str(path)!r})"
    environment = {**settings, "AUTH_ADMIN": "ada", "AUTH_PERMISSION": "READ", "PYTHONPATH": str(PROGRAMS)}
    subprocess.run([sys.executable, "-B", "-c", program], check=True, env=environment)
    read = configparser.ConfigParser()
    read.read(path)
    assert dict(read["mlflow"]) == {
        "default_permission": "READ",
        "database_uri": uri,
        "admin_username": "ada",
        "authorization_function": "mlflow.server.auth:authenticate_request_basic_auth",
    }
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("given", "used"), [({}, "60"), ({"UVICORN_TIMEOUT_WORKER_HEALTHCHECK": "7"}, "7")])
def test_a_worker_that_starts_slowly_is_not_killed(tmp_path: Path, given: dict[str, str], used: str) -> None:
    _program(tmp_path, "with-hadoop", '#!/bin/sh\necho "$UVICORN_TIMEOUT_WORKER_HEALTHCHECK"\n')
    assert _run("serve.py", PATH=f"{tmp_path}:/bin", **given).stdout == f"{used}\n"


def test_an_ipv6_host_stands_in_brackets(tmp_path: Path) -> None:
    _program(tmp_path, "with-hadoop", '#!/bin/sh\necho "$MLFLOW_BACKEND_STORE_URI"\n')
    done = _run("serve.py", **{**DATABASE, "DB_HOST": "fd00::1", "PATH": f"{tmp_path}:/bin"})
    assert done.stdout == "mysql+pymysql://mlflow:secret@[fd00::1]:3306/mlflowdb\n"


@pytest.mark.parametrize(
    ("scheme", "query"),
    [
        ("mysql+pymysql", "ssl_ca=%2Fca.crt&ssl_check_hostname=true"),
        # Without the mode MariaDB's library takes the certificate of any host that the authority knows.
        ("mysql", "ssl_ca=%2Fca.crt&ssl_mode=VERIFY_IDENTITY"),
        ("postgresql+psycopg", "sslmode=verify-full&sslrootcert=%2Fca.crt"),
    ],
)
def test_an_authority_makes_the_driver_check_the_host_too(tmp_path: Path, scheme: str, query: str) -> None:
    _program(tmp_path, "with-hadoop", '#!/bin/sh\nprintf %s "$MLFLOW_BACKEND_STORE_URI"\n')
    done = _run(
        "serve.py", **{**DATABASE, "DB_SCHEME": scheme, "DB_CA": "/ca.crt", "PATH": f"{tmp_path}:/bin"}
    )
    assert urlsplit(done.stdout).query == query


def test_the_class_path_begins_with_the_configuration(tmp_path: Path) -> None:
    _program(
        tmp_path / "bin",
        "hadoop",
        '#!/bin/sh\n[ "$*" = "classpath --glob" ] && echo "/x/a.jar:/conf:/x/b.jar"\n',
    )
    settings = {"HADOOP_HOME": str(tmp_path), "HADOOP_CONF_DIR": "/conf"}
    assert _run("with_hadoop.py", "printenv", "CLASSPATH", **settings).stdout == "/conf:/x/a.jar:/x/b.jar\n"
    assert _run("with_hadoop.py", "echo", "no Hadoop here").stdout == "no Hadoop here\n"


@pytest.mark.parametrize(
    ("script", "arguments", "reason"),
    [
        ("#!/bin/sh\necho lost Java >&2; exit 3\n", ["true"], "failed with 3: lost Java"),
        ("#!/nonexistent\n", ["true"], "can't be run: No such file or directory"),
        ("#!/bin/sh\n", ["no-such-command"], "no-such-command can't be run: No such file or directory"),
        ("#!/bin/sh\n", [], "name the command to run"),
    ],
)
def test_a_hadoop_or_command_that_does_not_run_is_named_in_one_line(
    tmp_path: Path, script: str, arguments: list[str], reason: str
) -> None:
    _program(tmp_path / "bin", "hadoop", script)
    done = _run("with_hadoop.py", *arguments, HADOOP_HOME=str(tmp_path))
    assert done.returncode == 1
    assert reason in done.stderr
    assert done.stderr.count("\n") == 1


class _Upgrade:
    """An upgrade under way; standard output is a pipe, so that nothing here waits for a clock."""

    def __init__(self, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, PROGRAMS / "upgrade_database.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**DATABASE, "STUB_TABLES": "", "PYTHONPATH": str(STUBS), "PYTHONUTF8": "1", **environment},
        )
        self.said: list[str] = []

    def until(self, wanted: str) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.strip())
            if wanted in line:
                return
        pytest.fail(f"never said `{wanted}`: {self.said}")

    def finish(self) -> int:
        out, self.log = self.process.communicate("go on\n", timeout=60)
        self.said += out.splitlines()
        return self.process.returncode


def test_an_upgrade_holds_the_lock_from_before_its_first_step_to_after_its_last() -> None:
    upgrade = _Upgrade()
    upgrade.until("initialize begins")
    assert upgrade.finish() == 0
    steps = [line for line in upgrade.said if not line.startswith(("uri", "SET"))]
    assert [line.split("mlflow-upgrade")[0] for line in steps] == [
        "SELECT GET_LOCK(",
        "initialize begins",
        "initialize ends",
        "SELECT RELEASE_LOCK(",
        "closed",
    ]
    assert "secret" not in upgrade.log


def test_on_postgresql_the_lock_is_held_outside_of_a_transaction() -> None:
    upgrade = _Upgrade(DB_SCHEME="postgresql+psycopg")
    upgrade.until("initialize begins")
    assert upgrade.finish() == 0
    steps = [line for line in upgrade.said if not line.startswith("uri")]
    assert [line.split("(")[0] for line in steps] == [
        "AUTOCOMMIT",
        "SELECT set_config",
        "SELECT pg_try_advisory_lock",
        "initialize begins",
        "initialize ends",
        "SELECT pg_advisory_unlock",
        "closed",
    ]


@pytest.mark.parametrize(
    ("tables", "step"), [("", "initialize"), ("alembic_version", "initialize"), ("runs metrics", "upgrade")]
)
def test_an_empty_database_is_initialised_and_any_other_upgraded(tables: str, step: str) -> None:
    upgrade = _Upgrade(STUB_TABLES=tables)
    upgrade.until(f"{step} begins")
    assert upgrade.finish() == 0


def test_a_migration_that_has_begun_is_finished_whatever_signal_comes() -> None:
    upgrade = _Upgrade()
    upgrade.until("initialize begins")
    upgrade.process.send_signal(signal.SIGTERM)
    assert upgrade.finish() == 0
    assert "initialize ends" in upgrade.said
    assert "asked to stop" in upgrade.log


@pytest.mark.parametrize(
    ("state", "sign", "scheme"),
    [
        ("STUB_DOWN", "refused", "mysql"),
        ("STUB_LOCKED", "GET_LOCK", "mysql"),
        ("STUB_LOCKED", "pg_try_advisory_lock", "postgresql+psycopg"),
    ],
)
def test_a_program_that_only_waits_stops_at_once(state: str, sign: str, scheme: str) -> None:
    upgrade = _Upgrade(**{state: "yes", "DB_SCHEME": scheme})
    upgrade.until(sign)
    upgrade.process.send_signal(signal.SIGTERM)
    assert upgrade.finish() == 128 + signal.SIGTERM
    assert not any("begins" in line for line in upgrade.said)


def test_waiting_for_the_database_has_a_limit_only_if_one_is_set() -> None:
    upgrade = _Upgrade(STUB_DOWN="yes", DB_WAIT_SECONDS="0")
    assert upgrade.finish() == 1
    assert upgrade.log.splitlines()[-1] == "mlflow-upgrade-database: no database after 0 s: no such host"


def test_two_databases_of_one_server_have_two_locks() -> None:
    locks = set()
    for name in ("one", "two"):
        upgrade = _Upgrade(DB_NAME=name)
        upgrade.until("begins")
        assert upgrade.finish() == 0
        locks |= {line for line in upgrade.said if "GET_LOCK" in line}
    assert len(locks) == 2


@pytest.mark.parametrize("name", ["DB_PORT", "DB_WAIT_SECONDS"])
def test_a_number_must_be_one(name: str) -> None:
    assert f"{name} is no number: x" in _run("upgrade_database.py", **{**DATABASE, name: "x"}).stderr


def test_an_executor_is_started_by_what_spark_says(tmp_path: Path) -> None:
    _program(tmp_path / "bin", "with-hadoop", '#!/bin/sh\nprintf "%s\\n" "$@"\n')
    package = tmp_path / "packages" / "pyspark"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    said = {
        "SPARK_DRIVER_URL": "spark://driver:7078",
        "SPARK_EXECUTOR_ID": "1",
        "SPARK_EXECUTOR_CORES": "2",
        "SPARK_APPLICATION_ID": "app",
        "SPARK_EXECUTOR_POD_IP": "10.0.0.9",
        "SPARK_RESOURCE_PROFILE_ID": "0",
        "SPARK_EXECUTOR_POD_NAME": "exec-1",
        "SPARK_EXECUTOR_MEMORY": "1g",
        "SPARK_CONF_DIR": "/opt/spark/conf",
        "HADOOP_CONF_DIR": "/opt/spark/conf",
        "JAVA_HOME": "/opt/java",
        **{f"SPARK_JAVA_OPT_{number}": f"-Done={number}" for number in range(11)},
        "PYTHONPATH": str(tmp_path / "packages"),
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
    }
    done = _run("spark_executor.py", "executor", **said)
    assert done.returncode == 0, done.stderr
    line = done.stdout.splitlines()
    assert line[:13] == ["/opt/java/bin/java", *(f"-Done={number}" for number in range(11)), "-Xms1g"]
    assert line[13:17] == ["-Xmx1g", "-cp", f"/opt/spark/conf:{package}/jars/*", line[16]]
    assert line[17:19] == ["--driver-url", "spark://driver:7078"]
    assert line[-2:] == ["--podName", "exec-1"]


def test_an_executor_that_spark_told_nothing_says_so() -> None:
    done = _run("spark_executor.py", "executor", PYTHONPATH=str(STUBS))
    assert done.returncode == 1
    assert done.stderr.startswith("spark-executor: ")
    assert done.stderr.count("\n") == 1
