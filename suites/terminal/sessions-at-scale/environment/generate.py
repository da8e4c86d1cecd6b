"""Prints 300,000 page views in the order of their arrival, which is only roughly that of their times."""

import random

dice = random.Random(1803)
pages = [f"/guide/{number:02}" for number in range(40)]
views = []
while len(views) < 300_000:
    user, time = f"u{dice.randrange(40_000):05}", 1_767_225_600 + dice.randrange(30 * 86_400)
    for _ in range(dice.randrange(1, 12)):
        views.append((time + dice.randrange(900), time, user, dice.choice(pages)))
        time += dice.choice((1, 20, 300, 1_200, 1_799, 1_800, 1_801, 5_000))
views.sort()
print("\n".join(f"{time}\t{user}\t{page}" for _, time, user, page in views[:300_000]))
