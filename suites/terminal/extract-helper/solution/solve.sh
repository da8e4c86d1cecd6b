#!/bin/bash
set -e
cd /app
python3 - <<'PY'
from pathlib import Path

path = Path("shipping.py")
source = path.read_text()
sides = '    length, width, height = parcel["mm"]\n'
formula = '    volumetric = math.ceil(length * width * height / 5000)\n'
before, quote, label, people = source.split("\n\n\ndef ")

quote = quote.replace(sides + formula, "").replace('parcel["grams"], volumetric', 'parcel["grams"], volumetric_grams(parcel)')
label = label.replace(sides + formula, "    volumetric = volumetric_grams(parcel)\n")
people = people.replace(sides + formula, "").replace('parcel["grams"], volumetric', 'parcel["grams"], volumetric_grams(parcel)')
people = people.replace("max(length, width, height)", 'max(parcel["mm"])')
helper = 'volumetric_grams(parcel):\n    """The weight that the parcel\'s volume counts for, in grams."""\n' + sides + formula.replace("volumetric =", "return").rstrip()
path.write_text("\n\n\ndef ".join((before, helper, quote, label, people)))
PY
