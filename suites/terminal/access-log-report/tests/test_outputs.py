"""The expected values of the small logs are written out; those of the large one come from an own computation."""

import csv
import io
import json
import random
import re
import subprocess
from collections import Counter, defaultdict

PROGRAM = "/app/logreport"
HEADER = "method,route,requests,errors,p50_ms,p95_ms,max_ms"


def run(log, out):
    return subprocess.run([PROGRAM, str(log), str(out)], capture_output=True, text=True, timeout=30)


def report(tmp_path, lines):
    log, out = tmp_path / "in.log", tmp_path / "out" / "deep"
    log.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    done = run(log, out)
    assert done.returncode == 0, done.stderr
    return (out / "routes.csv").read_bytes().decode(), json.loads((out / "summary.json").read_text(encoding="utf-8"))


def line(time="2026-03-01T12:00:00.000Z", host="api-1", method="GET", path="/a", status=200, ms=10):
    return f'{time} {host} {method} "{path}" {status} {ms}ms'


def routes_of(tmp_path, *paths):
    text, _ = report(tmp_path, [line(path=path) for path in paths])
    return [row[1] for row in csv.reader(io.StringIO(text))][1:]


def test_one_request(tmp_path):
    text, summary = report(tmp_path, [line(path="/v1/users/42?full=1", ms=35)])
    assert text == f"{HEADER}\nGET,/v1/users/:id,1,0,35,35,35\n"
    assert summary == {
        "requests": 1,
        "malformed": 0,
        "first": "2026-03-01T12:00:00.000Z",
        "last": "2026-03-01T12:00:00.000Z",
        "error_ratio": 0,
        "hosts": {"api-1": 1},
        "busiest_minute": {"minute": "2026-03-01T12:00Z", "requests": 1},
    }


def test_routes(tmp_path):
    uuid = "3f2b8c1e-0d4a-4c6f-9b1e-7a5d2c000001"
    assert routes_of(tmp_path, "/") == ["/"]
    assert routes_of(tmp_path, "/?a=/b/") == ["/"]
    assert routes_of(tmp_path, "/1", "/2/", "/3?x", f"/{uuid}", f"/{uuid.upper()}/") == ["/:id"]
    assert routes_of(tmp_path, "/v2/1a/7/x7") == ["/v2/1a/:id/x7"]
    assert routes_of(tmp_path, f"/{uuid}0", "/a/b//") == ["/" + uuid + "0", "/a/b/"]
    assert routes_of(tmp_path, "/1/2/3/c") == ["/:id/:id/:id/c"]
    assert routes_of(tmp_path, "/a?b?c", "/a") == ["/a"]


def test_escapes_and_quoting(tmp_path):
    text, _ = report(tmp_path, [line(path='/f/a\\"b, c.txt'), line(path="/f/back\\\\slash d")])
    assert text == f'{HEADER}\nGET,"/f/a""b, c.txt",1,0,10,10,10\nGET,/f/back\\slash d,1,0,10,10,10\n'


def test_malformed_lines(tmp_path):
    bad = [
        "-- log rotated --",
        line() + " extra",
        " " + line(),
        line().replace(" GET", "  GET"),
        line(method="Get"),
        line(path="a"),
        line(path='/a"b'),
        line(path="/a\\n"),
        line(path="/a\\"),
        line(status=600),
        line(status=99),
        line(status=2000),
        line(ms="-1"),
        line(ms="1.5"),
        line(ms=""),
        line(time="2026-03-01T12:00:00Z"),
        line(time="2026-03-01 12:00:00.000Z"),
        line().replace('"', ""),
        " ",
    ]
    text, summary = report(tmp_path, [line(), "", *bad, "", line()])
    assert text == f"{HEADER}\nGET,/a,2,0,10,10,10\n"
    assert (summary["requests"], summary["malformed"]) == (2, len(bad))


def test_percentiles_are_nearest_rank(tmp_path):
    for count, p50, p95 in ((1, 1, 1), (2, 1, 2), (3, 2, 3), (4, 2, 4), (10, 5, 10), (19, 10, 19), (20, 10, 19), (21, 11, 20), (100, 50, 95)):
        durations = list(range(1, count + 1))
        random.Random(count).shuffle(durations)
        text, _ = report(tmp_path, [line(ms=ms) for ms in durations])
        assert text.splitlines()[1] == f"GET,/a,{count},0,{p50},{p95},{count}"


def test_order_of_the_rows(tmp_path):
    lines = [line(path="/b"), line(path="/a", method="PUT"), line(path="/a"), line(path="/B"), line(path="/z"), line(path="/z")]
    text, _ = report(tmp_path, lines)
    assert [row.split(",")[:2] for row in text.splitlines()[1:]] == [["GET", "/z"], ["GET", "/B"], ["GET", "/a"], ["PUT", "/a"], ["GET", "/b"]]


def test_times_out_of_order(tmp_path):
    times = ("12:01:00.000", "12:02:59.999", "11:59:59.999", "12:02:00.000", "12:01:59.000")
    _, summary = report(tmp_path, [line(time=f"2026-03-01T{time}Z") for time in times])
    assert (summary["first"], summary["last"]) == ("2026-03-01T11:59:59.999Z", "2026-03-01T12:02:59.999Z")
    assert summary["busiest_minute"] == {"minute": "2026-03-01T12:01Z", "requests": 2}


def test_a_tie_of_minutes_goes_to_the_earliest(tmp_path):
    _, summary = report(tmp_path, [line(time=f"2026-03-0{day}T12:00:00.000Z") for day in (3, 2, 3, 2)])
    assert summary["busiest_minute"] == {"minute": "2026-03-02T12:00Z", "requests": 2}


def test_errors(tmp_path):
    text, summary = report(tmp_path, [line(status=status) for status in (499, 500, 503, 404, 200, 599, 100)])
    assert text.splitlines()[1] == "GET,/a,7,3,10,10,10"
    assert summary["error_ratio"] == 0.4286


def test_nothing_to_report(tmp_path):
    text, summary = report(tmp_path, ["nonsense"])
    assert text == HEADER + "\n"
    assert summary == {"requests": 0, "malformed": 1, "first": None, "last": None, "error_ratio": 0, "hosts": {}, "busiest_minute": None}


def test_a_log_that_cannot_be_read(tmp_path):
    done = run(tmp_path / "missing.log", tmp_path / "out")
    assert done.returncode == 1
    assert done.stderr.strip()
    assert not list(tmp_path.rglob("*.csv"))


def big_log():
    dice = random.Random(20260301)
    for number in range(5000):
        time = f"2026-03-01T{dice.randrange(10, 14)}:{dice.randrange(60):02}:{dice.randrange(60):02}.{dice.randrange(1000):03}Z"
        path = dice.choice(("/", f"/v1/users/{number}", f"/v1/users/{number}/orders", "/search?q=ü", "/files/a b"))
        status = dice.choice((200, 200, 200, 204, 404, 500, 503))
        yield time, f"api-{dice.randrange(5)}", dice.choice(("GET", "POST")), path, status, dice.randrange(3000)


def test_a_large_log(tmp_path):
    requests = list(big_log())
    text, summary = report(tmp_path, [line(*request) for request in requests])
    groups = defaultdict(list)
    for _, _, method, path, status, ms in requests:
        groups[method, re.sub(r"\d{2,}|(?<=/)\d(?=/|$)", ":id", path.split("?")[0])].append((ms, status))
    rows = []
    for (method, route), values in groups.items():
        durations = sorted(ms for ms, _ in values)
        rank = lambda percent: durations[-(-percent * len(durations) // 100) - 1]
        errors = sum(status >= 500 for _, status in values)
        rows.append((method, route, len(values), errors, rank(50), rank(95), durations[-1]))
    rows.sort(key=lambda row: (-row[2], row[1], row[0]))
    assert text.splitlines()[1:] == [",".join(map(str, row)) for row in rows]
    minute, count = min(Counter(request[0][:16] for request in requests).items(), key=lambda item: (-item[1], item[0]))
    assert summary["busiest_minute"] == {"minute": minute + "Z", "requests": count}
    assert summary["hosts"] == dict(Counter(request[1] for request in requests))
    assert summary["error_ratio"] == round(sum(request[4] >= 500 for request in requests) / 5000, 4)
