"""Starts the server on folders of its own and talks HTTP to it; hostile requests try to leave a mark on the disk."""

import hashlib
import http.client
import json
import os
import select
import shutil
import subprocess
import tarfile
import urllib.parse

import pytest

ODD_NAMES = ("two words.txt", "it's.txt", 'say "hi".txt', "$HOME.txt", "a;b.txt", "-rf", "--help", "--checkpoint=1", "back\\slash", "a:7:b.txt", "*", "~", "ü €.txt", "@list", "-")


class Desk:
    """One server for all tests, on folders that each test gets afresh; it is started again if a test has ended it."""

    def __init__(self, root):
        self.root, self.files, self.archives, self.process = root, root / "files", root / "archives", None

    def start(self):
        for left in (*self.root.glob("*"), *self.archives.glob("*")):
            if left != self.archives:
                shutil.rmtree(left) if left.is_dir() else left.unlink()
        self.write("letters/rope.txt", "Dear office,\nthe rope (old) is worn.\n")
        self.write("chores.txt", "rope: replaced\nnothing to do")
        (self.root / "secret.txt").write_text("rope of the secret")
        if self.alive():
            return
        environment = {**os.environ, "FILES": str(self.files), "ARCHIVES": str(self.archives), "PORT": "0", "MARK": str(self.root / "mark")}
        self.process = subprocess.Popen(["node", "/app/server.js"], env=environment, cwd=self.root, stdout=subprocess.PIPE, text=True)
        assert select.select([self.process.stdout], [], [], 20)[0], "the server does not say that it listens"
        self.port = int(self.process.stdout.readline().rsplit(" ", 1)[1])

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()

    def write(self, name, text):
        path = self.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            connection.request(method, path, body)
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        finally:
            connection.close()

    def search(self, text):
        return self.ask("GET", "/search?" + urllib.parse.urlencode({"text": text}))

    def info(self, file):
        return self.ask("GET", "/info?" + urllib.parse.urlencode({"file": file}))

    def archive(self, name, files):
        return self.ask("POST", "/archive", json.dumps({"name": name, "files": files}))

    def packed(self, name):
        with tarfile.open(self.archives / f"{name}.tar.gz") as tar:
            return {os.path.normpath(member.name): tar.extractfile(member).read().decode() for member in tar if member.isfile()}

    def archived(self):
        return sorted(os.listdir(self.archives)) if self.archives.exists() else []


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("desk"))
    yield desk
    desk.stop()


@pytest.fixture
def desk(server):
    server.start()
    yield server
    assert server.alive(), "the server ended"
    assert not (server.root / "mark").exists(), "a command of the client was run"
    assert {path.name for path in server.root.iterdir()} <= {"files", "archives", "secret.txt"}, "a request left files behind"


def commands(root):
    mark = f"touch {root}/mark"
    return (f"$({mark})", f"`{mark}`", f"; {mark};", f"\" ; {mark} #", f"' ; {mark} #", f"| {mark}", f"&& {mark} &&", "$(touch $MARK)", '"; touch "$MARK"; "', "\\\"; touch $MARK #")


def test_search(desk):
    assert desk.search("rope") == (200, [
        {"file": "chores.txt", "line": 1, "text": "rope: replaced"},
        {"file": "letters/rope.txt", "line": 2, "text": "the rope (old) is worn."},
    ])
    assert desk.search("nothing to do") == (200, [{"file": "chores.txt", "line": 2, "text": "nothing to do"}])
    assert desk.search("no such text") == (200, [])


def test_search_is_literal(desk):
    desk.write("odd.txt", "a.c\nabc\n[x\n-e dash\n\\n\n$HOME\n'q' \"q\"\n  lead: and: colons\n^a\n")
    for text, line in (("a.c", 1), ("[x", 3), ("-e", 4), ("--", None), ("\\n", 5), ("$HOME", 6), ("'q' \"q\"", 7), ("and: col", 8), ("^a", 9), (".*", None), ("(old)", None)):
        status, hits = desk.search(text)
        assert status == 200, text
        assert [hit["line"] for hit in hits if hit["file"] == "odd.txt"] == ([line] if line else []), text
    assert desk.search("lead")[1][0]["text"] == "  lead: and: colons"


def test_search_in_files_with_odd_names(desk):
    for name in (*ODD_NAMES, "deep/-x/a:1:b", ".hidden"):
        desk.write(name, "one\nneedle here\n")
    status, hits = desk.search("needle")
    assert status == 200
    assert [hit["file"] for hit in hits] == sorted((*ODD_NAMES, "deep/-x/a:1:b", ".hidden"))
    assert all((hit["line"], hit["text"]) == (2, "needle here") for hit in hits)


def test_search_gives_the_first_hundred_in_order(desk):
    desk.write("b.txt", "hit\n" * 120)
    desk.write("a.txt", "miss\n" * 8 + "hit\n" * 7)
    status, hits = desk.search("hit")
    assert status == 200
    assert [(hit["file"], hit["line"]) for hit in hits] == [("a.txt", n) for n in range(9, 16)] + [("b.txt", n) for n in range(1, 94)]


def test_search_runs_no_command(desk):
    for text in commands(desk.root):
        assert desk.search(text) == (200, []), text


def test_info(desk):
    content = b"Dear office,\nthe rope (old) is worn.\n"
    expected = {"file": "letters/rope.txt", "bytes": len(content), "lines": 2, "sha256": hashlib.sha256(content).hexdigest()}
    assert desk.info("letters/rope.txt") == (200, expected)
    assert desk.info("chores.txt")[1]["lines"] == 1
    assert desk.info("letters/../chores.txt")[1]["bytes"] == 28


def test_info_of_odd_names(desk):
    for name in ODD_NAMES:
        desk.write(name, name)
        status, content = desk.info(name)
        assert status == 200, name
        assert content == {"file": name, "bytes": len(name.encode()), "lines": 0, "sha256": hashlib.sha256(name.encode()).hexdigest()}


def test_info_runs_no_command(desk):
    for text in commands(desk.root):
        assert desk.info(f"chores.txt{text}")[0] in (400, 404), text
        assert desk.info(text)[0] in (400, 404), text


def test_paths_that_lead_out(desk):
    outside = ("../secret.txt", "letters/../../secret.txt", str(desk.root / "secret.txt"), str(desk.files / "chores.txt"), "..", "letters/../..", "../files/../secret.txt", "/etc/passwd", "../files-of-others/x")
    desk.archives.mkdir(exist_ok=True)
    for path in outside:
        assert desk.info(path)[0] == 400, path
        assert desk.archive("out", [path])[0] == 400, path
        assert desk.archive("out", ["chores.txt", path])[0] == 400, path
    assert desk.archived() == []


def test_a_neighbour_with_the_same_beginning(desk):
    neighbour = desk.root / "files"
    assert desk.info(f"../{neighbour.name}2/x")[0] == 400


def test_what_does_not_exist(desk):
    for path in ("nothing.txt", "letters", "letters/nothing", "chores.txt/x", ".", "letters/.."):
        assert desk.info(path)[0] == 404, path
        assert desk.archive("none", ["chores.txt", path])[0] == 404, path
    assert desk.archived() == []


def test_archive(desk):
    status, content = desk.archive("Q3.report_1-a", ["letters/rope.txt", "chores.txt"])
    assert status == 201
    assert content == {"archive": "Q3.report_1-a.tar.gz", "bytes": (desk.archives / "Q3.report_1-a.tar.gz").stat().st_size}
    assert desk.packed("Q3.report_1-a") == {"letters/rope.txt": "Dear office,\nthe rope (old) is worn.\n", "chores.txt": "rope: replaced\nnothing to do"}


def test_archive_of_odd_names(desk):
    for name in ODD_NAMES:
        desk.write(name, name)
    assert desk.archive("odd", list(ODD_NAMES))[0] == 201
    assert desk.packed("odd") == {name: name for name in ODD_NAMES}


def test_archive_runs_no_command(desk):
    for text in (*commands(desk.root), "--checkpoint=1 --checkpoint-action=exec=touch$IFS$MARK"):
        assert desk.archive(f"a{text}", ["chores.txt"])[0] == 400, text
        assert desk.archive("a", ["chores.txt", text])[0] in (400, 404), text
    desk.write("--checkpoint-action=exec=sh run.sh", "x")
    desk.write("--checkpoint=1", "x")
    desk.write("run.sh", "touch $MARK")
    names = ["--checkpoint=1", "--checkpoint-action=exec=sh run.sh", "chores.txt"]
    assert desk.archive("b", names)[0] == 201
    assert sorted(desk.packed("b")) == sorted(names)


@pytest.mark.parametrize("name", ["", "a/b", "../up", "..", ".hidden", "-x", "_x", "a b", "é", "a\n", "x" * 65, None, 7, ["a"]])
def test_names_of_archives(desk, name):
    assert desk.archive(name, ["chores.txt"])[0] == 400
    assert desk.archived() == []


def test_the_longest_name(desk):
    assert desk.archive("x" * 64, ["chores.txt"])[0] == 201


@pytest.mark.parametrize("text", ["", "{", "null", "7", '"a"', "[]", "{}", '{"name": "a"}', '{"name": "a", "files": []}', '{"name": "a", "files": "chores.txt"}', '{"name": "a", "files": [7]}', '{"name": "a", "files": [null]}', '{"name": "a", "files": [""]}', '{"files": ["chores.txt"]}'])
def test_bodies_that_are_not_well_formed(desk, text):
    assert desk.ask("POST", "/archive", text)[0] == 400
    assert desk.archived() == []


@pytest.mark.parametrize("path", ["/search", "/search?text=", "/search?text=a%0Ab", "/info", "/info?file=", "/info?file=a%00b"])
def test_parameters_that_are_not_well_formed(desk, path):
    assert desk.ask("GET", path)[0] == 400


def test_other_routes(desk):
    assert desk.ask("GET", "/nothing")[0] == 404
