"""Behaviour is checked against an own computation of the rules, structure on the syntax tree."""

import ast
import json
import math
import subprocess
import sys

PATH = "/app/shipping.py"
CALLERS = ("quote_cents", "label", "needs_two_people")
ZONE_CENTS = {1: 390, 2: 560, 3: 1240}

CALL = """
import json, sys
sys.path.insert(0, "/app")
import shipping
names = ("quote_cents", "label", "needs_two_people", "volumetric_grams")
json.dump([[getattr(shipping, name)(parcel) for name in names] for parcel in json.load(sys.stdin)], sys.stdout)
"""

PARCELS = [
    {"mm": [length, width, height], "grams": grams, "zone": zone}
    for length, width, height in ((100, 100, 50), (101, 99, 53), (400, 300, 300), (1200, 20, 20), (1201, 20, 20), (600, 500, 420))
    for grams in (0, 99, 100, 101, 1999, 2000, 2001, 7200, 25_000, 25_001)
    for zone in (1, 2, 3)
]


def expected(parcel):
    length, width, height = parcel["mm"]
    volumetric = math.ceil(length * width * height / 5000)
    billable = max(parcel["grams"], volumetric)
    mark = " VOL" if volumetric > parcel["grams"] else ""
    return [
        ZONE_CENTS[parcel["zone"]] * max(1, math.ceil(billable / 2000)),
        f"Z{parcel['zone']} {billable / 1000:.3f} kg{mark}",
        billable > 25_000 or max(length, width, height) > 1200,
        volumetric,
    ]


def functions():
    tree = ast.parse(open(PATH, encoding="utf-8").read())
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def names(function, context):
    return {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, context)}


def test_every_function_returns_what_it_did():
    done = subprocess.run([sys.executable, "-c", CALL], input=json.dumps(PARCELS), capture_output=True, text=True, timeout=20)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [expected(parcel) for parcel in PARCELS]


def test_the_helper_exists_with_a_docstring():
    helper = functions().get("volumetric_grams")
    assert helper is not None
    assert [argument.arg for argument in helper.args.args] == ["parcel"]
    assert ast.get_docstring(helper)


def test_each_of_the_three_calls_the_helper():
    for name in CALLERS:
        calls = [node for node in ast.walk(functions()[name]) if isinstance(node, ast.Call)]
        assert any(isinstance(call.func, ast.Name) and call.func.id == "volumetric_grams" for call in calls), name


def test_the_formula_stands_once():
    tree = ast.parse(open(PATH, encoding="utf-8").read())
    is_divisor = lambda node: isinstance(node, ast.Constant) and node.value in (5000, 0.0002)
    assert sum(map(is_divisor, ast.walk(tree))) == 1
    assert sum(map(is_divisor, ast.walk(functions()["volumetric_grams"]))) == 1


def test_signatures_and_docstrings_are_kept():
    for name in CALLERS:
        function = functions()[name]
        assert [argument.arg for argument in function.args.args] == ["parcel"]
        assert ast.get_docstring(function)


def test_no_variable_is_left_unread():
    for name, function in functions().items():
        unread = names(function, ast.Store) - names(function, ast.Load)
        assert not unread, f"{name}: {unread}"
