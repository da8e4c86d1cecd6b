import json
import pathlib
import re
import subprocess
import sys

import pytest

SCENARIOS = re.findall(r"^@scenario\nasync def (\w+)", pathlib.Path("/tests/scenarios.py").read_text(), re.MULTILINE)


@pytest.fixture(scope="module")
def results():
    try:
        done = subprocess.run([sys.executable, "/tests/scenarios.py"], capture_output=True, text=True, timeout=60)
        return json.loads(done.stdout.splitlines()[-1])
    except Exception as error:
        return {"": f"the scenarios did not run to their end: {error!r}"}


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario(results, name):
    assert results.get(name, results.get("")) == "ok"
