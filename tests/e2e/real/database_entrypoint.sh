# What the official images' entry point does for an empty data folder with MYSQL_* variables, done with Debian's MariaDB.
set -e
for argument in "$@"; do
  case $argument in --datadir=*) data=${argument#--datadir=} ;; esac
done
data=${data:-/var/lib/mysql}
# As MySQL does: with a binary log, names compared by case, and the client's names resolved by nobody.
echo '!includedir /etc/mysql/conf.d/' > /tmp/my.cnf
set -- --defaults-file=/tmp/my.cnf --datadir="$data" --socket=/var/run/mysqld/mysqld.sock --log-bin --server-id=1 --skip-name-resolve "$@"
if [ ! -d "$data/mysql" ]; then
  mkdir -p "$data"
  mariadb-install-db --no-defaults --datadir="$data" --skip-test-db --auth-root-authentication-method=normal > /dev/null
  cat > /tmp/init.sql <<SQL
CREATE DATABASE \`${MYSQL_DATABASE:-$MARIADB_DATABASE}\` CHARACTER SET utf8mb4;
CREATE USER '${MYSQL_USER:-$MARIADB_USER}'@'%' IDENTIFIED BY '${MYSQL_PASSWORD:-$MARIADB_PASSWORD}';
GRANT ALL ON \`${MYSQL_DATABASE:-$MARIADB_DATABASE}\`.* TO '${MYSQL_USER:-$MARIADB_USER}'@'%';
ALTER USER 'root'@'localhost' IDENTIFIED BY '${MYSQL_ROOT_PASSWORD:-$MARIADB_ROOT_PASSWORD}';
SQL
  set -- "$@" --init-file=/tmp/init.sql
fi
exec mariadbd "$@"
