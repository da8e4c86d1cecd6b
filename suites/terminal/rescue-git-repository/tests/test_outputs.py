"""The ids are those of the repository before the damage; its builder uses fixed dates, so they never change."""

import shutil
import subprocess

import pytest

REPOSITORY = "/app/field-notes"
MAIN = "802984d4889ab27ea976d352fa770668744d33cd"
EXPORT = "3cbff993c4bd08e80db9caf09336a8b4b61901da"
TAGGED = "ea6ff2370e7ce676ada283ab7f1577a421104ba7"
STATIONS = "station,level\nnorth quay,2.31\neast mole,1.98\npilot station,2.40\nold lock,0.87\n"
TODO = "- calibrate the north quay gauge\n- ask Piet about the old lock gauge\n"


def git(*arguments, cwd=REPOSITORY):
    return subprocess.run(["git", *arguments], cwd=cwd, capture_output=True, text=True, timeout=30)


def out(*arguments):
    done = git(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_main_is_the_current_branch_at_its_last_commit():
    assert out("symbolic-ref", "HEAD") == "refs/heads/main"
    assert out("rev-parse", "refs/heads/main") == MAIN
    assert len(out("log", "--format=%H", "main").split()) == 6


def test_the_deleted_branch_is_back():
    assert out("rev-parse", "refs/heads/feature/export") == EXPORT
    assert "tail -n +2" in out("show", "feature/export:tools/export.sh")


def test_the_tag_is_untouched():
    assert out("cat-file", "-t", "v1.0") == "tag"
    assert out("rev-parse", "v1.0^{commit}") == TAGGED


def test_there_are_no_other_branches():
    assert out("for-each-ref", "--format=%(refname)", "refs/heads").split() == ["refs/heads/feature/export", "refs/heads/main"]


def test_every_object_is_sound():
    done = git("fsck", "--full")
    assert done.returncode == 0, done.stderr
    report = done.stdout + done.stderr
    assert not [line for line in report.splitlines() if not line.startswith(("dangling", "Checking", "notice"))], report


def test_the_lost_content_is_back():
    assert git("show", "main:stations.csv").stdout == STATIONS
    assert out("ls-tree", "--name-only", "main").split() == ["README.md", "stations.csv", "todo.txt"]


def test_the_open_work_is_kept_open():
    assert git("status", "--porcelain").stdout == " M todo.txt\n"
    assert open(f"{REPOSITORY}/todo.txt").read() == TODO
    assert open(f"{REPOSITORY}/stations.csv").read() == STATIONS


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(REPOSITORY, tmp_path / "copy", symlinks=True)


def test_ordinary_work_is_possible(copy):
    for command in (["commit", "-qam", "Ask Piet"], ["switch", "-q", "feature/export"], ["switch", "-q", "main"]):
        done = git(*command, cwd=copy)
        assert done.returncode == 0, f"{command}: {done.stderr}"
    assert git("log", "-1", "--format=%s %P", cwd=copy).stdout == f"Ask Piet {MAIN}\n"


def test_a_clone_works(tmp_path):
    done = git("clone", "-q", "--no-local", REPOSITORY, str(tmp_path / "clone"), cwd="/")
    assert done.returncode == 0, done.stderr
