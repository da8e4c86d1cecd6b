#!/bin/bash
set -e
cat > /tmp/recover.py <<'PY'
"""Replays the log commit by commit on copies; the accident is the commit after which rows are only missing."""

import csv
import shutil
import sqlite3
import struct
from pathlib import Path

EVIDENCE, WORK = Path("/app/evidence"), Path("/tmp/recovery")


def commit_ends(log):
    page_bytes = struct.unpack(">I", log[8:12])[0]
    for start in range(32, len(log), 24 + page_bytes):
        if struct.unpack(">I", log[start + 4 : start + 8])[0]:
            yield start + 24 + page_bytes


def rows_after(log, end):
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir()
    shutil.copy(EVIDENCE / "ledger.db", WORK)
    (WORK / "ledger.db-wal").write_bytes(log[:end])
    connection = sqlite3.connect(WORK / "ledger.db")
    rows = {row[0]: row for row in connection.execute("SELECT id, payee, amount_cents, paid_on FROM payments")}
    connection.close()
    return rows


log = (EVIDENCE / "ledger.db-wal").read_bytes()
states = [rows_after(log, end) for end in (0, *commit_ends(log))]
before, after = next((old, new) for old, new in zip(states, states[1:]) if old.keys() - new.keys())
with open("/app/recovered.csv", "w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("id", "payee", "amount_cents", "paid_on"))
    writer.writerows(before[key] for key in sorted(before.keys() - after.keys()))
PY
python3 /tmp/recover.py
