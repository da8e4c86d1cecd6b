"""Leaves /app/evidence/ledger.db with a write-ahead log of five committed transactions, the fourth of which is the accident."""

import random
import shutil
import sqlite3
from pathlib import Path

dice = random.Random(41)
PAYEES = ("Harbour Books", "Old Lock Café", "Tide & Sons", "Quay 7 Ltd", "Pilot's Rest", "Mole, East", 'The "Anchor"')


def payment(number):
    day = f"2026-{dice.randrange(1, 7):02}-{dice.randrange(1, 29):02}"
    return number, dice.choice(PAYEES), dice.randrange(-5_000, 250_000), day


work = Path("/tmp/work")
work.mkdir()
connection = sqlite3.connect(work / "ledger.db", isolation_level=None)
run = connection.execute
run("PRAGMA page_size = 1024")
run("PRAGMA journal_mode = WAL")
run("PRAGMA wal_autocheckpoint = 0")
run("CREATE TABLE payments (id INTEGER PRIMARY KEY, payee TEXT NOT NULL, amount_cents INTEGER NOT NULL, paid_on TEXT NOT NULL)")
run("CREATE INDEX payments_by_day ON payments (paid_on)")
connection.executemany("INSERT INTO payments VALUES (?, ?, ?, ?)", [payment(n) for n in range(1, 241)])
run("PRAGMA wal_checkpoint(TRUNCATE)")


def transaction(statement, rows=((),)):
    run("BEGIN")
    connection.executemany(statement, rows)
    run("COMMIT")


transaction("INSERT INTO payments VALUES (?, ?, ?, ?)", [payment(n) for n in range(241, 301)])
transaction("UPDATE payments SET amount_cents = amount_cents + 1999 WHERE id = ?", [(n,) for n in range(9, 300, 13)])
transaction("UPDATE payments SET payee = 'Quay 7 Limited' WHERE payee = 'Quay 7 Ltd'")
transaction("DELETE FROM payments WHERE id % 5 = 2 OR id BETWEEN 236 AND 262")
transaction("INSERT INTO payments VALUES (?, ?, ?, ?)", [payment(n) for n in range(301, 326)])

evidence = Path("/app/evidence")
evidence.mkdir()
for name in ("ledger.db", "ledger.db-wal"):
    shutil.copy(work / name, evidence / name)
connection.close()
shutil.rmtree(work)
