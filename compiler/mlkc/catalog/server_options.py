"""Options of a database server that a stack may not set: its own, and those that only another server has."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mlkc.catalog.source import Source


class OwnedOption(Struct, frozen=True):
    """An option that is not the user's: the stack sets it, or could not run with it.

    Attributes:
        option: its name, words joined by `_`.
        reason: why, the end of a sentence.
    """

    option: str
    reason: str
    source: Source
    doubts: tuple[str, ...] = ()


class ForeignOption(Struct, frozen=True):
    """An option that an engine does not have, though another one does: the server refuses to start with it.

    Attributes:
        engine: the server that lacks it.
        option: its name, words joined by `_`.
        replacement: what does the same there; None where nothing does.
    """

    engine: str
    option: str
    replacement: str | None
    source: Source
    doubts: tuple[str, ...] = ()


_OURS: Final = Source("seen", "what this compiler emits for the server", "2026-11")
_MANUAL: Final = Source(
    "read", "MySQL 8.4 Reference Manual, Server Option, System Variable Reference", "2026-11"
)

_ENDS: Final = "with it the server does one thing and ends"
_PLACE: Final = "the container's folders and user are those of the image and of its pod"

# fmt: off
OWNED: Final = (
    #           option                             why not
    OwnedOption("datadir",                         "the volume is mounted where the stack says", _OURS),
    OwnedOption("port",                            "the Service, the probes and MLflow name the engine's port", _OURS),
    OwnedOption("socket",                          "the image's client looks for the socket at its usual place", _OURS),
    OwnedOption("pid_file",                        "only the stack's folder for it can be written", _OURS),
    OwnedOption("bind_address",                    "MLflow and the probes come by the pod's address", _OURS),
    OwnedOption("skip_networking",                 "MLflow comes over the network", _OURS),
    OwnedOption("user",                            _PLACE, _OURS),
    OwnedOption("basedir",                         _PLACE, _OURS),
    OwnedOption("chroot",                          _PLACE, _MANUAL),
    OwnedOption("log_bin_trust_function_creators", "MLflow's migrations need it, and the stack sets it", _OURS),
    OwnedOption("skip_grant_tables",               "it lets everybody in without a password", _MANUAL),
    OwnedOption("daemonize",                       "the container ends when the server leaves its foreground", _MANUAL),
    OwnedOption("bootstrap",                       _ENDS, _MANUAL),
    OwnedOption("initialize",                      _ENDS, _MANUAL),
    OwnedOption("initialize_insecure",             _ENDS, _MANUAL),
    OwnedOption("validate_config",                 _ENDS, _MANUAL),
    OwnedOption("help",                            _ENDS, _MANUAL),
    OwnedOption("version",                         _ENDS, _MANUAL),
)
# fmt: on

_MARIADB: Final = Source("seen", "MariaDB 10.11.19 refuses to start with it", "2026-11")

# fmt: off
FOREIGN: Final = (
    #             engine     option                                     instead
    ForeignOption("mariadb", "admin_address",                          "extra_port", _MARIADB),
    ForeignOption("mariadb", "admin_port",                             "extra_port", _MARIADB),
    ForeignOption("mariadb", "authentication_policy",                  None, _MARIADB),
    ForeignOption("mariadb", "avoid_temporal_upgrade",                 None, _MARIADB),
    ForeignOption("mariadb", "binlog_transaction_dependency_tracking", None, _MARIADB),
    ForeignOption("mariadb", "default_collation_for_utf8mb4",          "collation_server", _MARIADB),
    ForeignOption("mariadb", "enforce_gtid_consistency",               None, _MARIADB),
    ForeignOption("mariadb", "explain_format",                         None, _MARIADB),
    ForeignOption("mariadb", "gtid_mode",                              None, _MARIADB),
    ForeignOption("mariadb", "innodb_dedicated_server",                "innodb_buffer_pool_size", _MARIADB),
    ForeignOption("mariadb", "innodb_print_ddl_logs",                  None, _MARIADB),
    ForeignOption("mariadb", "innodb_redo_log_capacity",               "innodb_log_file_size", _MARIADB),
    ForeignOption("mariadb", "log_error_verbosity",                    "log_warnings", _MARIADB),
    ForeignOption("mariadb", "log_replica_updates",                    "log_slave_updates", _MARIADB),
    ForeignOption("mariadb", "log_slow_extra",                         "log_slow_verbosity", _MARIADB),
    ForeignOption("mariadb", "log_timestamps",                         None, _MARIADB),
    ForeignOption("mariadb", "mysql_native_password",                  None, _MARIADB),
    ForeignOption("mariadb", "mysqlx",                                 None, _MARIADB),
    ForeignOption("mariadb", "mysqlx_port",                            None, _MARIADB),
    ForeignOption("mariadb", "persisted_globals_load",                 None, _MARIADB),
    ForeignOption("mariadb", "replica_parallel_workers",               "slave_parallel_threads", _MARIADB),
    ForeignOption("mariadb", "restrict_fk_on_non_standard_key",        None, _MARIADB),
    ForeignOption("mariadb", "temptable_max_ram",                      "tmp_memory_table_size", _MARIADB),
    ForeignOption("mariadb", "tx_isolation",                           "transaction_isolation", _MARIADB),
)
# fmt: on

# MariaDB 10.11.19, seen: `loose_port` sets the port, and `datadi` the data folder.
_MODIFIERS: Final = ("loose_", "skip_", "enable_", "disable_", "maximum_")
# The beginning of an option above, and an option of its own.
_WHOLE: Final = ("log_bin",)


_PG_MANUAL: Final = Source("read", "PostgreSQL 18 documentation, Server Configuration", "2026-11")
_FILES: Final = "it names a file or folder, and the stack says where those are"

# fmt: off
OWNED_BY_POSTGRESQL: Final = (
    #           option                     why not
    OwnedOption("data_directory",          "the volume is mounted where the stack says", _OURS),
    OwnedOption("config_file",             _FILES, _PG_MANUAL),
    OwnedOption("hba_file",                _FILES, _PG_MANUAL),
    OwnedOption("ident_file",              _FILES, _PG_MANUAL),
    OwnedOption("external_pid_file",       _FILES, _PG_MANUAL),
    OwnedOption("unix_socket_directories", "only the stack's folder for it can be written", _OURS),
    OwnedOption("port",                    "the Service, the probes and MLflow name the engine's port", _OURS),
    OwnedOption("listen_addresses",        "MLflow and the probes come by the pod's address", _OURS),
)
# fmt: on


def owned(option: str, engine: str = "mysql") -> OwnedOption | None:
    """Finds why an option is not the user's, however it is written.

    MySQL and MariaDB take an option with a modifier before its name, and its name cut short as far as no other begins
    alike.
    """
    if engine == "postgresql":
        return next((row for row in OWNED_BY_POSTGRESQL if row.option == option.lower()), None)
    names = {option}
    for modifier in _MODIFIERS:
        names |= {name.removeprefix(modifier) for name in names}
    for row in OWNED:
        if any(row.option == name for name in names):
            return row
    for row in OWNED:
        if any(row.option.startswith(name) for name in names if name not in _WHOLE):
            return row
    return None


def foreign(engine: str, option: str) -> ForeignOption | None:
    """Finds an option that an engine lacks; with `loose_` before it the server would only warn."""
    return next((row for row in FOREIGN if (row.engine, row.option) == (engine, option)), None)
