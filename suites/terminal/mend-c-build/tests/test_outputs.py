"""Builds a copy of the project, drives the program, and drives a second build of the same sources with sanitizers."""

import os
import pathlib
import random
import shutil
import statistics
import subprocess

import pytest

TIDES = """station n=5 empty=0 mean=1.800 median=2.000 sd=0.748
level n=4 empty=1 mean=2.240 median=2.290 sd=0.157
wind n=4 empty=1 mean=4.875 median=4.875 sd=0.839
"""


def make(folder, *targets):
    return subprocess.run(["make", *targets], cwd=folder, capture_output=True, text=True, timeout=60)


def later(path, than):
    """Makes a file one second younger than another one."""
    stamp = os.stat(than).st_mtime + 1
    os.utime(path, (stamp, stamp))


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """The Makefile and the sources alone, as a fresh checkout has them."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copy("/app/Makefile", folder)
    shutil.copytree("/app/src", folder / "src", ignore=lambda _, names: [name for name in names if not name.endswith((".c", ".h"))])
    return folder


@pytest.fixture(scope="module")
def built(checkout):
    done = make(checkout)
    assert done.returncode == 0, done.stderr
    return checkout, done


@pytest.fixture(scope="module")
def sanitized(tmp_path_factory):
    program = tmp_path_factory.mktemp("sanitized") / "colstat"
    sources = sorted(map(str, pathlib.Path("/app/src").glob("*.c")))
    flags = ["-g", "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
    done = subprocess.run(["gcc", *flags, "-o", program, *sources, "-lm"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return program


@pytest.fixture(params=["as made", "sanitized"])
def colstat(request, built, sanitized):
    program = sanitized if request.param == "sanitized" else built[0] / "colstat"
    environment = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0", "MALLOC_PERTURB_": "165"}

    def run(text):
        return subprocess.run([program], input=text.encode(), capture_output=True, timeout=30, env=environment)

    return run


def expect(done, text):
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode() == text


def expect_bad(done, line):
    assert done.returncode == 1, done.stderr.decode()
    assert done.stderr.decode() == f"colstat: line {line} is bad\n"
    assert done.stdout == b""


def test_it_builds_without_warnings(built):
    folder, done = built
    assert (folder / "colstat").is_file()
    assert "warning" not in done.stderr + done.stdout


def test_the_warning_flags_are_kept(checkout):
    flags = subprocess.run(["make", "-pnR"], cwd=checkout, capture_output=True, text=True, timeout=60).stdout
    line = next(line for line in flags.splitlines() if line.startswith("CFLAGS"))
    assert "-Wall" in line and "-Wextra" in line and " -w" not in line


def test_a_second_make_does_nothing(built):
    folder, _ = built
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert make(folder).returncode == 0
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


@pytest.mark.parametrize("name", ["stats.c", "table.c", "main.c", "stats.h", "table.h"])
def test_a_change_is_built(built, name):
    folder, _ = built
    later(folder / "src" / name, than=folder / "colstat")
    before = (folder / "colstat").stat().st_mtime_ns
    assert make(folder, "-q").returncode == 1, "make sees nothing to do"
    assert make(folder).returncode == 0
    assert (folder / "colstat").stat().st_mtime_ns != before
    for source in (folder / "src").iterdir():
        os.utime(source, (1_700_000_000, 1_700_000_000))


def test_clean_removes_what_make_made(checkout, tmp_path):
    folder = tmp_path / "fresh"
    folder.mkdir()
    shutil.copy(checkout / "Makefile", folder)
    shutil.copytree(checkout / "src", folder / "src")
    (folder / "notes.o.txt").write_text("mine")
    before = sorted(folder.rglob("*"))
    assert make(folder).returncode == 0
    assert sorted(folder.rglob("*")) != before
    assert make(folder, "clean").returncode == 0
    left = [path for path in folder.rglob("*") if path != folder / "build"]
    assert sorted(left) == before
    assert make(folder, "clean").returncode == 0, "clean fails when there is nothing to clean"


def test_the_example(colstat):
    expect(colstat(pathlib.Path("/app/tides.csv").read_text()), TIDES)


def test_cells_of_every_kind(colstat):
    expect(colstat("a,b\n,\n,1e2\n-.5,\n"), "a n=1 empty=2 mean=-0.500 median=-0.500 sd=0.000\nb n=1 empty=2 mean=100.000 median=100.000 sd=0.000\n")
    expect(colstat("a\n\n1\n"), "a n=1 empty=1 mean=1.000 median=1.000 sd=0.000\n")
    expect(colstat("a,b,c\n"), "a n=0 empty=0\nb n=0 empty=0\nc n=0 empty=0\n")


def test_line_ends(colstat):
    expect(colstat("a,b\r\n1,2\r\n3,\r\n"), "a n=2 empty=0 mean=2.000 median=2.000 sd=1.000\nb n=1 empty=1 mean=2.000 median=2.000 sd=0.000\n")
    expect(colstat("a,b\n1,2\n3,45"), "a n=2 empty=0 mean=2.000 median=2.000 sd=1.000\nb n=2 empty=0 mean=23.500 median=23.500 sd=21.500\n")
    expect(colstat("only"), "only n=0 empty=0\n")


def test_close_and_distant_values_are_sorted(colstat):
    expect(colstat("x\n0.9\n0.1\n0.5\n0.2\n0.3\n"), "x n=5 empty=0 mean=0.400 median=0.300 sd=0.283\n")
    expect(colstat("x\n5e9\n-5e9\n0\n"), "x n=3 empty=0 mean=0.000 median=0.000 sd=4082482904.639\n")


@pytest.mark.parametrize("text, line", [("", 1), ("a,b\n1\n", 2), ("a,b\n1,2\n1,2,3\n", 3), ("a\n1\n2x\n", 3), ("a,b\n\n", 2), ("a\nx\n", 2), ("a,b\n1,2\n3,4,\n", 3)])
def test_bad_lines(colstat, text, line):
    expect_bad(colstat(text), line)


def described(name, values, empty):
    mean, median, deviation = statistics.fmean(values), statistics.median(values), statistics.pstdev(values)
    return f"{name} n={len(values)} empty={empty} mean={mean:.3f} median={median:.3f} sd={deviation:.3f}\n"


def test_long_columns(colstat):
    dice = random.Random(5)
    for count in (1, 2, 3, 15, 16, 17, 18, 33, 5000):
        values = [dice.randrange(-4000, 4000) / 8 for _ in range(count)]
        expect(colstat("v\n" + "".join(f"{value}\n" for value in values)), described("v", values, 0))


def test_long_lines(colstat):
    columns = [f"a_rather_long_column_name_{number}" for number in range(3000)]
    rows = [[(row * 37 + column) % 101 / 4 for column in range(3000)] for row in range(9)]
    text = ",".join(columns) + "\n" + "".join(",".join(map(str, row)) + "\n" for row in rows)
    expect(colstat(text), "".join(described(name, [row[at] for row in rows], 0) for at, name in enumerate(columns)))
