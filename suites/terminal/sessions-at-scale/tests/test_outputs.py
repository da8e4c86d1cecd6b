"""Results are compared with an own fast computation.

The limit is one of processor time, so a busy machine cannot make a good solution fail; it is far above what a solution
without squares needs. Once a run was stopped by it, the other large one is not tried.
"""

import random
import resource
import signal
import subprocess
from collections import Counter, defaultdict

LIMIT_S = 5
SAFETY_S = 90
stopped = []


def limit_processor_time():
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT_S, LIMIT_S + 1))


def run(source, target):
    assert not stopped, f"too slow for {stopped[0]} already"
    command = ["/app/sessions", str(source), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SAFETY_S, preexec_fn=limit_processor_time)
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL, 128 + signal.SIGXCPU, 128 + signal.SIGKILL):
        stopped.append(str(source))
    return done


def summaries(lines):
    times, pages = defaultdict(list), defaultdict(Counter)
    for line in lines:
        time, user, page = line.split("\t")
        times[user].append(int(time))
        pages[user][page] += 1
    for user, moments in times.items():
        moments.sort()
        starts = [0] + [at for at in range(1, len(moments)) if moments[at] - moments[at - 1] > 1800]
        ends = [at - 1 for at in starts[1:]] + [len(moments) - 1]
        longest = max(moments[end] - moments[start] for start, end in zip(starts, ends))
        most = max(pages[user].values())
        yield user, len(starts), len(moments), longest, min(page for page, count in pages[user].items() if count == most)


def expected(lines):
    rows = sorted(summaries(lines), key=lambda row: (-row[1], row[0]))
    return "".join("\t".join(map(str, row)) + "\n" for row in rows)


def check(tmp_path, lines):
    source, target = tmp_path / "in.tsv", tmp_path / "out.tsv"
    source.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    done = run(source, target)
    assert done.returncode == 0, done.stderr
    assert target.read_bytes().decode("utf-8") == expected(lines)


def test_the_sample(tmp_path):
    done = run("/app/sample.tsv", tmp_path / "out.tsv")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.tsv").read_text() == "mia\t3\t5\t1900\t/home\nbo\t1\t2\t0\t/rope\n"


def test_no_views(tmp_path):
    check(tmp_path, [])


def test_the_pause_at_its_limit(tmp_path):
    check(tmp_path, ["0\ta\tx", "1800\ta\tx", "3600\ta\tx", "5401\ta\tx", "5401\tb\tx", "7201\tb\tx"])


def test_times_are_numbers(tmp_path):
    check(tmp_path, ["999\ta\tx", "1000\ta\tx", "5\ta\tx", "10000\ta\tx", "9999\ta\tx"])


def test_order_of_users_and_pages(tmp_path):
    users = ["b", "B", "a", "é", "u10", "u9", "ü", "_", "a b", "😀", "\uffee"]
    check(tmp_path, [f"{number}\t{user}\t{page}" for number, user in enumerate(users) for page in ("/z", "/Z", "/é", "/a", "/a")[: 3 + number % 3]])


def test_random_views(tmp_path):
    dice = random.Random(11)
    check(tmp_path, [f"{dice.randrange(40_000)}\tu{dice.randrange(25)}\t/{dice.randrange(9)}" for _ in range(1500)])


def test_many_users(tmp_path):
    with open("/app/events.tsv", encoding="utf-8") as file:
        lines = file.read().splitlines()
    assert len(lines) == 300_000
    done = run("/app/events.tsv", tmp_path / "out.tsv")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.tsv").read_text(encoding="utf-8") == expected(lines)


def test_few_users_with_many_views_and_pages(tmp_path):
    dice = random.Random(12)
    check(tmp_path, [f"{dice.randrange(90_000_000)}\tu{dice.randrange(2)}\t/{dice.randrange(60_000)}" for _ in range(120_000)])
