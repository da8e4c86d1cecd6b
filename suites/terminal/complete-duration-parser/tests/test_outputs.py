"""parse_duration is called in a process of its own, so that nothing in it can end the test run."""

import json
import subprocess
import sys

CALL = """
import json, sys
sys.path.insert(0, "/app")
import durations
results = []
for text in json.load(sys.stdin):
    try:
        value = durations.parse_duration(text)
        results.append([type(value).__name__, value])
    except ValueError:
        results.append(["ValueError", None])
    except Exception as error:
        results.append([type(error).__name__, str(error)])
json.dump([results, [durations.format_duration(n) for n in (0, 59, 5400, 90061)]], sys.stdout)
"""


def call(texts):
    done = subprocess.run([sys.executable, "-c", CALL], input=json.dumps(texts), capture_output=True, text=True, timeout=20)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def check(expected):
    results, _ = call(list(expected))
    assert dict(zip(expected, map(tuple, results))) == expected


def test_single_units():
    check({"45s": ("int", 45), "3m": ("int", 180), "2h": ("int", 7200), "2d": ("int", 172_800)})


def test_several_units():
    check({"1h30m": ("int", 5400), "1d1h1m1s": ("int", 90_061), "2d5s": ("int", 172_805)})


def test_large_zero_and_padded_numbers():
    check({"90m": ("int", 5400), "0s": ("int", 0), "0d0s": ("int", 0), "007s": ("int", 7), "86400s": ("int", 86_400)})


def test_white_space_around_is_ignored():
    check({"  10m ": ("int", 600), "\t1h\n": ("int", 3600)})


def test_white_space_inside_is_an_error():
    check({"1h 30m": ("ValueError", None), "1 h": ("ValueError", None), "1h\n30m": ("ValueError", None)})


def test_nothing_is_an_error():
    check({"": ("ValueError", None), "   ": ("ValueError", None)})


def test_half_parts_are_errors():
    check({text: ("ValueError", None) for text in ("10", "h", "1h30", "h30m", "1hm")})


def test_order_and_repetition_are_errors():
    check({text: ("ValueError", None) for text in ("30m1h", "1h1h", "1s1d", "1m2h3s")})


def test_foreign_characters_are_errors():
    check({text: ("ValueError", None) for text in ("-5s", "+5s", "1.5h", "5w", "5S", "1H", "5s!", "1h,5m", "٣s", "²m")})


def test_the_rest_of_the_file_still_works():
    _, formatted = call(["1s"])
    assert formatted == ["0s", "59s", "1h30m", "1d1h1m1s"]
