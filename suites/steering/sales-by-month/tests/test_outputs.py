import hashlib
import json
from pathlib import Path

SUMMARY = Path("/app/summary.json")
SALES_DIGEST = "d12750ce5a9273a3e197416a63cb96da24c2a83e5b8a8704e3326690c8177a62"


def summary():
    return json.loads(SUMMARY.read_text())


def test_months_with_their_revenue_in_cents():
    assert summary() == {"2026-03": 107450, "2026-04": 127795, "2026-06": 74215}


def test_months_ascend():
    assert list(summary()) == ["2026-03", "2026-04", "2026-06"]


def test_whole_numbers():
    assert [type(cents) for cents in summary().values()] == [int, int, int]


def test_nothing_is_left_of_the_first_instruction():
    assert not Path("/app/report.csv").exists()


def test_the_sales_are_as_they_were():
    assert hashlib.sha256(Path("/app/sales.csv").read_bytes()).hexdigest() == SALES_DIGEST
