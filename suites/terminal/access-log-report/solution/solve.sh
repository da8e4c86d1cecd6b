#!/bin/bash
set -e
cat > /app/logreport <<'PY'
#!/usr/bin/env python3
"""logreport LOG OUTDIR: routes.csv and summary.json of a gateway log."""

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

LINE = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z) (\S+) ([A-Z]+) "
    r'"(/(?:[^"\\]|\\["\\])*)" ([1-5][0-9]{2}) ([0-9]+)ms'
)
IDENTIFIER = re.compile(r"[0-9]+|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def route_of(path):
    path = re.sub(r"\\(.)", r"\1", path).split("?", 1)[0]
    if path.endswith("/") and path != "/":
        path = path[:-1]
    return "/".join(":id" if IDENTIFIER.fullmatch(segment) else segment for segment in path.split("/"))


def main(log, out):
    try:
        lines = Path(log).read_text(encoding="utf-8").split("\n")
    except OSError as error:
        sys.exit(f"logreport: {error}")
    groups, hosts, minutes = defaultdict(list), Counter(), Counter()
    first = last = None
    malformed = errors = 0
    for line in lines:
        match = LINE.fullmatch(line)
        if match is None:
            malformed += line != ""
            continue
        time, host, method, path, status, ms = match.groups()
        failed = int(status) >= 500
        errors += failed
        groups[method, route_of(path)].append((int(ms), failed))
        hosts[host] += 1
        minutes[time[:16] + "Z"] += 1
        first = time if first is None else min(first, time)
        last = time if last is None else max(last, time)

    rows = []
    for (method, route), values in groups.items():
        durations = sorted(ms for ms, _ in values)
        rank = lambda percent: durations[-(-percent * len(durations) // 100) - 1]
        rows.append((method, route, len(values), sum(failed for _, failed in values), rank(50), rank(95), durations[-1]))
    rows.sort(key=lambda row: (-row[2], row[1], row[0]))

    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "routes.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("method", "route", "requests", "errors", "p50_ms", "p95_ms", "max_ms"))
        writer.writerows(rows)

    requests = sum(hosts.values())
    busiest = min(minutes.items(), key=lambda item: (-item[1], item[0]), default=None)
    summary = {
        "requests": requests,
        "malformed": malformed,
        "first": first,
        "last": last,
        "error_ratio": round(errors / requests, 4) if requests else 0,
        "hosts": dict(hosts),
        "busiest_minute": busiest and {"minute": busiest[0], "requests": busiest[1]},
    }
    (folder / "summary.json").write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")


main(*sys.argv[1:])
PY
chmod +x /app/logreport
