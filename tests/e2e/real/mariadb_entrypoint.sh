#!/usr/bin/env bash
# The steps of the official image's entry point that our variables and arguments lead to: an empty data folder is made a
# database, and a server without a network gets the database and the users.
set -eo pipefail
[[ $1 != -* ]] || set -- mariadbd "$@"
value() { mariadbd "${@:2}" --verbose --help --log-bin-index=/tmp/index 2> /dev/null | awk -v name="$1" '/^[^ \t]/ && $1 == name { print $2; exit }'; }
data=$(value datadir "${@:2}")
socket=$(value socket "${@:2}")
mkdir -p "$data"
literal() { sed "s/[\\\\']/\\\\&/g" <<< "$1"; }
if [ ! -d "$data/mysql" ]; then
  mariadb-install-db --datadir="$data" --rpm --auth-root-authentication-method=normal "${@:2}" --skip-test-db --skip-log-bin > /dev/null
  "$@" --skip-networking --skip-log-bin --socket="$socket" &
  root() { mariadb --protocol=socket --socket="$socket" --user=root --binary-mode "$@"; }
  until root --execute 'SELECT 1' > /dev/null 2>&1; do kill -0 $!; sleep 0.2; done
  mariadb-tzinfo-to-sql --skip-write-binlog /usr/share/zoneinfo | root mysql
  root <<SQL
SET PASSWORD FOR 'root'@'localhost' = PASSWORD('$(literal "$MARIADB_ROOT_PASSWORD")');
CREATE USER 'root'@'${MARIADB_ROOT_HOST:-%}' IDENTIFIED BY '$(literal "$MARIADB_ROOT_PASSWORD")';
GRANT ALL ON *.* TO 'root'@'${MARIADB_ROOT_HOST:-%}' WITH GRANT OPTION;
CREATE DATABASE \`$MARIADB_DATABASE\`;
CREATE USER '$MARIADB_USER'@'%' IDENTIFIED BY '$(literal "$MARIADB_PASSWORD")';
GRANT ALL ON \`${MARIADB_DATABASE//_/\\_}\`.* TO '$MARIADB_USER'@'%';
SQL
  kill $!
  wait $!
fi
exec "$@"
