# Puts a dump of the folder $FOLDER in the place of the database $DB_NAME: the one called $RESTORE, or the newest. The
# arguments are the client that reads SQL; $OTHERS counts whoever else is in the database, $RESET empties it. A server
# that was just stopped has some seconds, $PATIENCE of them, until the database has seen its connections end.
shopt -s nullglob
cd "$FOLDER"
dumps=("$DB_NAME"-*.sql.gz)
if ((${#dumps[@]} == 0)); then
  echo "there is no dump of $DB_NAME in $FOLDER" >&2
  exit 1
fi
printf '%s\n' "${dumps[@]}"
dump=${RESTORE:-${dumps[-1]}}
gzip -t -- "$dump"
last=$((SECONDS + ${PATIENCE:-30}))
while others=$(printf '%s' "$OTHERS" | "$@") && [[ $others != 0 ]]; do
  if ((SECONDS >= last)); then
    echo "$others connections to $DB_NAME are open: stop the server first" >&2
    exit 1
  fi
  sleep 1
done
[[ $others == 0 ]]
{
  printf '%s\n' "${RESET:-}"
  gzip -dc -- "$dump"
} | "$@"
echo "$dump is restored"
