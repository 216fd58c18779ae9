# What the official image's entry point does with an empty data folder, done with Debian's PostgreSQL: the superuser and
# the database by the POSTGRES_* variables, then the scripts of /docker-entrypoint-initdb.d on a server without a port.
set -Eeo pipefail
mkdir -p "$PGDATA"
chmod 700 "$PGDATA"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  export POSTGRES_USER="${POSTGRES_USER:-postgres}" PGPASSWORD="$POSTGRES_PASSWORD"
  # shellcheck disable=SC2086  several arguments
  initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") $POSTGRES_INITDB_ARGS
  echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
  pg_ctl -D "$PGDATA" -o "-c listen_addresses=''" -w start
  psql --username "$POSTGRES_USER" --no-psqlrc --set db="$POSTGRES_DB" --dbname postgres <<< 'CREATE DATABASE :"db";'
  for script in /docker-entrypoint-initdb.d/*; do . "$script"; done
  pg_ctl -D "$PGDATA" -m fast -w stop
  unset PGPASSWORD
fi
# The image's sample configuration listens everywhere.
exec postgres -c listen_addresses='*' "$@"
