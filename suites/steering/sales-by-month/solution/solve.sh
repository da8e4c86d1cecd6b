#!/bin/bash
set -eu
cd /app
python3 - <<'PYTHON'
import csv
import json
from decimal import Decimal

months = {}
with open("sales.csv", newline="") as file:
    for row in csv.DictReader(file):
        units = int(row["units"])
        if units > 0:
            month = row["date"][:7]
            months[month] = months.get(month, 0) + int(units * Decimal(row["unit_price"]) * 100)
with open("summary.json", "w") as file:
    json.dump(dict(sorted(months.items())), file, indent=1)
PYTHON
rm -f report.csv
