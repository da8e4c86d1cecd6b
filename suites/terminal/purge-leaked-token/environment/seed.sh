#!/bin/bash
# seed.sh TOKEN: makes the repository in the current folder, with fixed dates, so that every object id depends on TOKEN only.
set -e
token=$1
export GIT_AUTHOR_NAME="Ruben Kade" GIT_AUTHOR_EMAIL="ruben@billing.example"
export GIT_COMMITTER_NAME="Mila Torn" GIT_COMMITTER_EMAIL="mila@billing.example"
clock=1759300000

tick() {
  clock=$((clock + 5000))
  export GIT_AUTHOR_DATE="$clock +0200" GIT_COMMITTER_DATE="$((clock + 60)) +0100"
}

commit() {
  tick
  git add -A
  git commit -q "$@"
}

git init -q -b main .
git config user.name "$GIT_COMMITTER_NAME"
git config user.email "$GIT_COMMITTER_EMAIL"
mkdir config docs bin

printf '# Billing\n' > README.md
commit -m "Start billing"
printf '[payments]\nurl = https://pay.example/v2\ntoken = %s\nretries = 3\n' "$token" > config/settings.ini
printf '#!/bin/sh\ngrep token config/settings.ini\n' > bin/token
chmod 755 bin/token
commit -m "Talk to the payment service"
printf 'Call the service by hand:\r\n\r\n    curl -H "Authorization: Bearer %s" https://pay.example/v2/ping\r\n' "$token" > docs/setup.md
commit -m "Say how to call the service" -m "For now the key is $token, it will move to the environment."
git checkout -q -b release/1.x
printf 'retries = 5\n' >> config/settings.ini
printf 'session\0\1\2%s\0end' "$token" > config/session.dat
commit -m "Retry more often in the release"
tick
git tag -a v1.0 -m "Billing 1.0" -m "Smoke-tested with $token against production."
git checkout -q main
printf '[invoices]\ncurrency = EUR\n' >> config/settings.ini
commit -m "Add the invoices section"
git tag v1.1-rc
printf 'left=%s;right=%s\n' "$token" "$token" > docs/notes.txt
commit -m "Notes with $token"
git rm -q docs/notes.txt
commit --amend -m "Drop the notes"  --allow-empty
tick
git merge -q --no-ff -X ours -m "Merge release/1.x" release/1.x
sed -i "s/^token = .*/token = env:PAYMENT_TOKEN/" config/settings.ini
printf 'Ask the team for a key.\n' > docs/setup.md
rm config/session.dat
commit -m "Read the token from the environment"
