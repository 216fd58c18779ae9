# Dumps the database $DB_NAME into $FOLDER and keeps the newest $KEEP of its dumps. The arguments are the command that
# dumps; a whole dump has $END among its last lines.
umask 027
shopt -s nullglob
cd "$FOLDER"
# A run that was killed leaves its own behind; there is never more than one run.
rm -f -- .*.partial
name="$DB_NAME-$(date -u +%Y%m%dT%H%M%SZ).sql.gz"
part=".$name.partial"
trap 'rm -f -- "$part"' EXIT
"$@" | gzip > "$part"
last=$(gzip -dc -- "$part" | tail -n 8)
if [[ $last != *"$END"* ]]; then
  echo "the dump has no end: \"$END\" is not in its last lines" >&2
  exit 1
fi
sync -- "$part"
mv -- "$part" "$name"
dumps=("$DB_NAME"-*.sql.gz)
for ((old = 0; old < ${#dumps[@]} - KEEP; old++)); do
  rm -- "${dumps[old]}"
done
for dump in "$DB_NAME"-*.sql.gz; do
  echo "$dump $(wc -c < "$dump") bytes"
done
