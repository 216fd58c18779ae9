# Puts a dump of the folder $FOLDER in the place of the database $DB_NAME: the one called $RESTORE, or the newest. The
# arguments are the client that reads SQL; $OTHERS counts whoever else is in the database, $RESET empties it.
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
others=$(printf '%s' "$OTHERS" | "$@")
if [[ $others != 0 ]]; then
  echo "$others connections to $DB_NAME are open: stop the server first" >&2
  exit 1
fi
{
  printf '%s\n' "${RESET:-}"
  gzip -dc -- "$dump"
} | "$@"
echo "$dump is restored"
