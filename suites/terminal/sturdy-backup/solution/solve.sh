#!/bin/bash
set -e
cat > /app/backup.sh <<'SCRIPT'
#!/bin/bash
# backup.sh SOURCE DEST: one archive for each folder in SOURCE.
if [ $# -ne 2 ]; then
  echo "usage: backup.sh SOURCE DEST" >&2
  exit 2
fi
if [ ! -d "$1" ]; then
  echo "backup.sh: not a folder: $1" >&2
  exit 2
fi
mkdir -p -- "$2" || exit 1
source_folder=$(cd -- "$1" && pwd) || exit 1
dest_folder=$(cd -- "$2" && pwd) || exit 1

status=0
shopt -s nullglob dotglob
for path in "$source_folder"/*; do
  if [ ! -d "$path" ] || [ -L "$path" ]; then continue; fi
  name=${path##*/}
  tar -C "$source_folder" -czf "$dest_folder/$name.tar.gz" -- "$name" || status=1
done
exit $status
SCRIPT
