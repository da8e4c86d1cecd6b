"""The expected ids are those that the same history has when it is written with REDACTED in the place of the token."""

import pathlib
import subprocess

REPOSITORY = pathlib.Path("/app/billing")
TOKEN = b"harbourpay-7Qm2xV9sLr4T"
EXPECTED = {
    "refs/heads/main": "417df7d7066d34f044c8ed8358b0e8425748b882",
    "refs/heads/release/1.x": "0e365179efc96bbe902037f52754113fae1c10bf",
    "refs/tags/v1.0": "9859cf5f12af5256dbc2f314658ee6ad6528d05f",
    "refs/tags/v1.1-rc": "1752ae3b597c6c5574f7b97c28d29bff817bba72",
}


def git(*arguments):
    return subprocess.run(["git", *arguments], cwd=REPOSITORY, capture_output=True, timeout=30)


def out(*arguments):
    done = git(*arguments)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_no_object_holds_the_token():
    everything = out("cat-file", "--batch-all-objects", "--batch", "--unordered")
    assert TOKEN not in everything


def test_no_file_holds_the_token():
    files = [path for path in REPOSITORY.rglob("*") if path.is_file() and not path.is_symlink()]
    assert files
    assert [str(path) for path in files if TOKEN in path.read_bytes()] == []


def test_the_references():
    refs = dict(line.split()[::-1] for line in out("for-each-ref", "--format=%(objectname) %(refname)").decode().splitlines())
    assert sorted(refs) == sorted(EXPECTED)


def test_the_number_of_commits():
    assert len(out("rev-list", "main").split()) == 8
    assert len(out("rev-list", "release/1.x").split()) == 4


def test_the_messages():
    log = out("log", "--format=%B", "main").decode()
    assert "For now the key is REDACTED, it will move to the environment." in log
    tag = out("cat-file", "tag", "v1.0").decode()
    assert "Smoke-tested with REDACTED against production." in tag
    assert "tagger Mila Torn" in tag


def test_the_files():
    assert b"token = REDACTED\n" in out("show", "release/1.x:config/settings.ini")
    assert out("show", "release/1.x:config/session.dat") == b"session\0\1\2REDACTED\0end"
    assert b"Bearer REDACTED\" https" in out("show", "release/1.x:docs/setup.md")


def test_branches_are_exactly_the_old_history_without_the_token():
    for ref in ("refs/heads/main", "refs/heads/release/1.x", "refs/tags/v1.1-rc"):
        assert out("rev-parse", ref).decode().strip() == EXPECTED[ref], ref


def test_the_annotated_tag_is_exactly_the_old_one_without_the_token():
    assert out("rev-parse", "refs/tags/v1.0").decode().strip() == EXPECTED["refs/tags/v1.0"]


def test_the_checkout_is_clean():
    assert out("symbolic-ref", "HEAD").strip() == b"refs/heads/main"
    assert out("status", "--porcelain") == b""
    assert (REPOSITORY / "config/settings.ini").read_text().startswith("[payments]")


def test_the_repository_is_sound():
    done = git("fsck", "--full")
    assert done.returncode == 0, done.stderr.decode()
