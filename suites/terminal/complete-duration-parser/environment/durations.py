"""Durations as people write them in our job files: "45s", "1h30m", "2d"."""

UNIT_SECONDS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}


def parse_duration(text: str) -> int:
    """The seconds that a duration such as "1h30m" stands for; ValueError for anything that is not a duration."""
    raise NotImplementedError


def format_duration(seconds: int) -> str:
    """The shortest way to write a number of seconds; "0s" for none."""
    parts = []
    for unit, size in UNIT_SECONDS.items():
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"
