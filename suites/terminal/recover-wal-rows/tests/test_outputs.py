"""expected.csv was computed from the rules of the builder without SQLite."""

import csv
import hashlib
import io
import pathlib
import struct

EVIDENCE = pathlib.Path("/app/evidence")
RESULT = pathlib.Path("/app/recovered.csv")
EXPECTED = pathlib.Path("/tests/expected.csv")
DATABASE_SHA256 = "a5e1b397d1c12d785ff18079f02b1c06b3132782a4c637cbac7bd331dad89a46"
FRAMES_SHA256 = "dce1adb814671584f994a5ae212520180baba19493efff80d41efec54224afc8"
PAGE_BYTES = 1024


def rows(path):
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))


def test_the_deleted_rows_and_no_others():
    assert [row[0] for row in rows(RESULT)] == [row[0] for row in rows(EXPECTED)]


def test_the_values_directly_before_the_accident():
    assert rows(RESULT) == rows(EXPECTED)


def test_the_form_of_the_file():
    content = RESULT.read_bytes()
    assert content.startswith(b"id,payee,amount_cents,paid_on\n")
    assert content.endswith(b"\n")
    assert b"\r" not in content
    assert content.count(b"\n") == EXPECTED.read_bytes().count(b"\n")


def test_nothing_was_added_to_the_evidence():
    assert sorted(path.name for path in EVIDENCE.iterdir()) == ["ledger.db", "ledger.db-wal"]


def without_version(number, page):
    """Page 1 ends its header with the version of the SQLite that wrote it, which is the image's business, not the evidence's."""
    return page[:92] + bytes(8) + page[100:] if number == 1 else page


def test_the_database_is_untouched():
    content = (EVIDENCE / "ledger.db").read_bytes()
    assert hashlib.sha256(without_version(1, content)).hexdigest() == DATABASE_SHA256


def test_the_log_is_untouched():
    """Salts and checksums differ from one build of the image to the next; the frames' pages do not."""
    log = (EVIDENCE / "ledger.db-wal").read_bytes()
    digest = hashlib.sha256(struct.pack(">I", len(log)))
    for start in range(32, len(log), 24 + PAGE_BYTES):
        page = log[start + 24 : start + 24 + PAGE_BYTES]
        digest.update(log[start : start + 8] + without_version(struct.unpack(">I", log[start : start + 4])[0], page))
    assert digest.hexdigest() == FRAMES_SHA256
