#!/bin/bash
set -e
cat > /app/sessions <<'PY'
#!/usr/bin/env python3
"""sessions INPUT OUTPUT: how each user's page views fall into sessions. One pass to group, one sort for each user."""

import sys
from collections import Counter, defaultdict

PAUSE_S = 1800


def summary(user, times, pages):
    times.sort()
    sessions, start, longest = 1, times[0], 0
    for earlier, later in zip(times, times[1:]):
        if later - earlier > PAUSE_S:
            sessions += 1
            start = later
        longest = max(longest, later - start)
    favourite = min(pages, key=lambda page: (-pages[page], page))
    return user, sessions, len(times), longest, favourite


def main(source, target):
    times, pages = defaultdict(list), defaultdict(Counter)
    with open(source, encoding="utf-8") as file:
        for line in file:
            time, user, page = line.rstrip("\n").split("\t")
            times[user].append(int(time))
            pages[user][page] += 1
    rows = [summary(user, times[user], pages[user]) for user in times]
    rows.sort(key=lambda row: (-row[1], row[0]))
    with open(target, "w", encoding="utf-8") as file:
        file.writelines("\t".join(map(str, row)) + "\n" for row in rows)


main(*sys.argv[1:])
PY
