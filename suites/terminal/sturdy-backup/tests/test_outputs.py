import os
import subprocess
import tarfile

SCRIPT = "/app/backup.sh"
ODD_NAMES = ("two words", "star*", "-rf", "--help", ".hidden", "quo'te\"s", "line\nbreak", "tail ", "$HOME", "back\\slash")


def backup(*arguments, cwd="/"):
    return subprocess.run(["bash", SCRIPT, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, timeout=20)


def make(source, *names):
    for name in names:
        folder = source / name
        (folder / "deep").mkdir(parents=True)
        (folder / "a file").write_text(f"of {name}")
        (folder / ".dot").write_text("hidden")
        (folder / "deep" / "leaf").write_text("leaf")
    return source


def files_in(archive, unpacked):
    """Relative path to text of every file that the archive unpacks to."""
    with tarfile.open(archive) as tar:
        tar.extractall(unpacked, filter="data")
    return {str(path.relative_to(unpacked)): path.read_text() for path in unpacked.rglob("*") if path.is_file()}


def expect_archive(dest, name, unpacked):
    archive = dest / f"{name}.tar.gz"
    assert archive.is_file(), f"no archive of {name!r}"
    expected = {f"{name}/a file": f"of {name}", f"{name}/.dot": "hidden", f"{name}/deep/leaf": "leaf"}
    assert files_in(archive, unpacked) == expected


def test_plain_folders(tmp_path):
    make(tmp_path / "src", "alpha", "beta")
    assert backup(tmp_path / "src", tmp_path / "dest").returncode == 0
    assert sorted(os.listdir(tmp_path / "dest")) == ["alpha.tar.gz", "beta.tar.gz"]
    expect_archive(tmp_path / "dest", "alpha", tmp_path / "out")


def test_odd_names(tmp_path):
    make(tmp_path / "src", *ODD_NAMES)
    assert backup(tmp_path / "src", tmp_path / "dest").returncode == 0
    assert sorted(os.listdir(tmp_path / "dest")) == sorted(f"{name}.tar.gz" for name in ODD_NAMES)
    for number, name in enumerate(ODD_NAMES):
        expect_archive(tmp_path / "dest", name, tmp_path / f"out{number}")


def test_files_and_links_are_left_out(tmp_path):
    make(tmp_path / "src", "real")
    (tmp_path / "src" / "plain.txt").write_text("x")
    (tmp_path / "src" / "link").symlink_to(tmp_path / "src" / "real")
    (tmp_path / "src" / "dangling").symlink_to("nowhere")
    assert backup(tmp_path / "src", tmp_path / "dest").returncode == 0
    assert os.listdir(tmp_path / "dest") == ["real.tar.gz"]


def test_relative_paths_with_spaces_and_missing_parents(tmp_path):
    make(tmp_path / "my source", "one")
    assert backup("my source", "a b/c d", cwd=tmp_path).returncode == 0
    expect_archive(tmp_path / "a b" / "c d", "one", tmp_path / "out")


def test_paths_that_look_like_options(tmp_path):
    make(tmp_path / "-src", "one")
    assert backup("-src", "-dest", cwd=tmp_path).returncode == 0
    expect_archive(tmp_path / "-dest", "one", tmp_path / "out")


def test_an_archive_that_is_there_is_replaced(tmp_path):
    make(tmp_path / "src", "one")
    (tmp_path / "dest").mkdir()
    (tmp_path / "dest" / "one.tar.gz").write_text("old")
    assert backup(tmp_path / "src", tmp_path / "dest").returncode == 0
    expect_archive(tmp_path / "dest", "one", tmp_path / "out")


def test_an_empty_source_is_fine(tmp_path):
    (tmp_path / "src").mkdir()
    assert backup(tmp_path / "src", tmp_path / "dest").returncode == 0
    assert not list((tmp_path / "dest").glob("*")) and not list((tmp_path / "dest").glob(".*"))


def test_one_failure_does_not_stop_the_others(tmp_path):
    make(tmp_path / "src", "a", "b", "c")
    (tmp_path / "dest" / "b.tar.gz").mkdir(parents=True)
    assert backup(tmp_path / "src", tmp_path / "dest").returncode == 1
    expect_archive(tmp_path / "dest", "a", tmp_path / "out-a")
    expect_archive(tmp_path / "dest", "c", tmp_path / "out-c")


def test_wrong_use(tmp_path):
    make(tmp_path / "src", "a")
    (tmp_path / "file").write_text("x")
    for arguments in ((), ("src",), ("src", "dest", "extra"), ("missing", "dest"), ("file", "dest")):
        done = backup(*arguments, cwd=tmp_path)
        assert done.returncode == 2, arguments
        assert done.stderr.strip(), arguments
    assert sorted(os.listdir(tmp_path)) == ["file", "src"]
