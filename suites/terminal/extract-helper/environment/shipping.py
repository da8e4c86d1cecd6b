"""What a parcel costs and how it is labelled. A parcel: {"mm": (length, width, height), "grams": weight, "zone": 1..3}."""

import math

ZONE_CENTS = {1: 390, 2: 560, 3: 1240}


def quote_cents(parcel):
    """The price: the zone's base price for each started 2 kg of billable weight."""
    length, width, height = parcel["mm"]
    volumetric = math.ceil(length * width * height / 5000)
    billable = max(parcel["grams"], volumetric)
    return ZONE_CENTS[parcel["zone"]] * max(1, math.ceil(billable / 2000))


def label(parcel):
    """The line on the label, with the billable weight in kilograms."""
    length, width, height = parcel["mm"]
    volumetric = math.ceil(length * width * height / 5000)
    billable = max(parcel["grams"], volumetric)
    mark = " VOL" if volumetric > parcel["grams"] else ""
    return f"Z{parcel['zone']} {billable / 1000:.3f} kg{mark}"


def needs_two_people(parcel):
    """True for more than 25 kg billable, or a side longer than 1.2 m."""
    length, width, height = parcel["mm"]
    volumetric = math.ceil(length * width * height / 5000)
    heavy = max(parcel["grams"], volumetric) > 25_000
    return heavy or max(length, width, height) > 1200
