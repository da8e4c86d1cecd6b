import json
import re
import subprocess

SCRIPT = "/app/invoice.js"


def invoice(tmp_path, order):
    path = tmp_path / "order.json"
    path.write_text(json.dumps(order))
    return subprocess.run(["node", SCRIPT, str(path)], capture_output=True, text=True, timeout=20)


def test_the_order_at_hand(tmp_path):
    done = subprocess.run(["node", SCRIPT, "/app/order.json"], capture_output=True, text=True, timeout=20)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "Harbour Books",
        "2 x Atlas of tides: 91.00 EUR",
        "12 x Pencil, soft: 11.40 EUR",
        "net 102.40 EUR",
        "discount 10.24 EUR",
        "VAT 19.35 EUR",
        "due 111.51 EUR",
    ]


def test_an_order_without_discount(tmp_path):
    done = invoice(tmp_path, {"customer": "A", "lines": [{"name": "b", "quantity": 1, "cents": 333}]})
    assert done.stdout.splitlines() == ["A", "1 x b: 3.33 EUR", "net 3.33 EUR", "discount 0.00 EUR", "VAT 0.70 EUR", "due 4.03 EUR"]


def test_an_empty_order(tmp_path):
    done = invoice(tmp_path, {"customer": "Nobody", "lines": []})
    assert done.stdout.splitlines() == ["Nobody", "net 0.00 EUR", "discount 0.00 EUR", "VAT 0.00 EUR", "due 0.00 EUR"]


def test_a_negative_quantity_is_refused(tmp_path):
    done = invoice(tmp_path, {"customer": "A", "lines": [{"name": "b", "quantity": -1, "cents": 333}]})
    assert done.returncode != 0
    assert "RangeError: negative quantity: b" in done.stderr


def test_only_one_character_was_added():
    """Taken out again, the added character gives the broken file (white space aside)."""
    fixed = re.sub(r"\s", "", open(SCRIPT, encoding="utf-8").read())
    broken = re.sub(r"\s", "", open("/tests/broken.js", encoding="utf-8").read())
    assert len(fixed) == len(broken) + 1
    assert any(fixed[:at] + fixed[at + 1 :] == broken for at in range(len(fixed)))
