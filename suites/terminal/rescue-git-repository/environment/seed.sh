#!/bin/bash
# Makes the repository with fixed dates, so that every object id is the same in each build, and then damages it.
set -e
export GIT_AUTHOR_NAME="Ines Maar" GIT_AUTHOR_EMAIL="ines@harbour.example"
export GIT_COMMITTER_NAME="$GIT_AUTHOR_NAME" GIT_COMMITTER_EMAIL="$GIT_AUTHOR_EMAIL"
clock=1767603600

tick() {
  clock=$((clock + 3600))
  export GIT_AUTHOR_DATE="$clock +0100" GIT_COMMITTER_DATE="$clock +0100"
}

commit() {
  tick
  git add -A
  git commit -q "$@"
}

git init -q -b main .
git config user.name "$GIT_AUTHOR_NAME"
git config user.email "$GIT_AUTHOR_EMAIL"
git config gc.auto 0

printf '# Field notes\n\nReadings of the tide stations.\n' > README.md
commit -m "Start the field notes"
printf 'station,level\nnorth quay,2.31\n' > stations.csv
commit -m "Record the first station"
printf -- '- calibrate the north quay gauge\n' > todo.txt
commit -m "Keep a list of chores"
printf 'east mole,1.98\n' >> stations.csv
commit -m "Record the east mole"
tick
git tag -a v1.0 -m "First published readings"

git checkout -q -b feature/export
mkdir tools
printf '#!/bin/sh\ncut -d, -f2 stations.csv\n' > tools/export.sh
commit -m "Export the levels"
printf '#!/bin/sh\n# Levels only, without the header.\ncut -d, -f2 stations.csv\n' > tools/export.sh
commit -m "Leave out the header"
printf '#!/bin/sh\n# Levels only, without the header.\ntail -n +2 stations.csv | cut -d, -f2\n' > tools/export.sh
commit --amend -m "Leave out the header"

git checkout -q main
printf 'Units are metres above chart datum.\n' >> README.md
commit -m "Say what the units are"
printf 'pilot station,2.40\nold lock,0.87\n' >> stations.csv
commit -m "Record the pilot station and the old lock"
git branch -q -D feature/export
printf -- '- ask Piet about the old lock gauge\n' >> todo.txt

damage() {
  blob=$(git rev-parse HEAD:stations.csv)
  object=".git/objects/${blob:0:2}/${blob:2}"
  chmod 644 "$object"
  : > "$object"
  : > .git/refs/heads/main
  : > .git/logs/refs/heads/main
  printf 'DIRC\0\0' > .git/index
  : > .git/index.lock
}
damage
