#!/usr/bin/env bash
# The steps of the official image's entry point that our variables and arguments lead to: an empty data folder gets the
# superuser and the database, then the scripts of /docker-entrypoint-initdb.d run on a server without a port.
set -Eeo pipefail
[[ $1 != -* ]] || set -- postgres "$@"
mkdir -p "$PGDATA"
chmod 700 "$PGDATA"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  export POSTGRES_USER="${POSTGRES_USER:-postgres}" PGPASSWORD="$POSTGRES_PASSWORD"
  # shellcheck disable=SC2086  several arguments
  initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") $POSTGRES_INITDB_ARGS
  printf '\nhost all all all %s\n' "$(postgres -C password_encryption "${@:2}")" >> "$PGDATA/pg_hba.conf"
  pg_ctl -D "$PGDATA" -o "$(printf '%q ' "${@:2}" -c listen_addresses='')" -w start
  psql --username "$POSTGRES_USER" --no-psqlrc --set db="$POSTGRES_DB" --dbname postgres <<< 'CREATE DATABASE :"db";'
  for script in /docker-entrypoint-initdb.d/*; do . "$script"; done
  pg_ctl -D "$PGDATA" -m fast -w stop
  unset PGPASSWORD
fi
exec "$@"
