#!/usr/bin/env bash
# The steps of the official image's entry point that our variables and arguments lead to: the configuration is tried, an
# empty data folder is initialised, and a server without a network gets the database and the users.
set -eo pipefail
shopt -s nullglob
[[ $1 != -* ]] || set -- mysqld "$@"
known() { "$@" --verbose --help --log-bin-index="$(mktemp -u)"; }
known "$@" > /tmp/known
value() { awk -v name="$1" '/^[^ \t]/ && $1 == name { print $2; exit }' /tmp/known; }
data=$(value datadir)
socket=$(value socket)
mkdir -p "$data" "$(dirname "$socket")" "$(value secure-file-priv)"
if [ ! -d "$data/mysql" ]; then
  ls /docker-entrypoint-initdb.d > /dev/null
  "$@" --initialize-insecure --default-time-zone=SYSTEM
  "$@" --daemonize --skip-networking --default-time-zone=SYSTEM --socket="$socket"
  root() { mysql --protocol=socket --socket="$socket" --user=root --host=localhost --comments "$@"; }
  mysql_tzinfo_to_sql /usr/share/zoneinfo | sed '/Local time zone/d' | root mysql
  [ "${MYSQL_ROOT_HOST:=%}" = localhost ] || everywhere="
    CREATE USER 'root'@'$MYSQL_ROOT_HOST' IDENTIFIED BY '$MYSQL_ROOT_PASSWORD';
    GRANT ALL ON *.* TO 'root'@'$MYSQL_ROOT_HOST' WITH GRANT OPTION;"
  root mysql <<< "SET SQL_LOG_BIN = 0; ALTER USER 'root'@'localhost' IDENTIFIED BY '$MYSQL_ROOT_PASSWORD'; $everywhere"
  export MYSQL_PWD=$MYSQL_ROOT_PASSWORD
  root mysql <<< "CREATE DATABASE \`$MYSQL_DATABASE\`;"
  if [ -n "$MYSQL_USER" ]; then
    root mysql <<< "CREATE USER '$MYSQL_USER'@'%' IDENTIFIED BY '$MYSQL_PASSWORD';
      GRANT ALL ON \`${MYSQL_DATABASE//_/\\_}\`.* TO '$MYSQL_USER'@'%';"
  fi
  for script in /docker-entrypoint-initdb.d/*.sql; do root "$MYSQL_DATABASE" < "$script"; done
  mysqladmin --user=root --socket="$socket" shutdown
  unset MYSQL_PWD
fi
exec "$@"
