#!/bin/bash
set -e
cat > /app/snake <<'PY'
#!/usr/bin/env python3
"""snake WIDTH HEIGHT SEED: the game of snake on standard input and output."""

import re
import sys
from collections import deque

STEPS = {"U": (0, -1), "D": (0, 1), "L": (-1, 0), "R": (1, 0)}


class Game:
    def __init__(self, width, height, seed):
        self.width, self.height, self.random = width, height, seed
        column, row = width // 2, height // 2
        self.snake = deque([(column, row), (column - 1, row), (column - 2, row)])
        self.heading = STEPS["R"]
        self.tick = self.score = 0
        self.state, self.food = "playing", None
        self.place_food()

    def place_food(self):
        taken = set(self.snake)
        free = [(x, y) for y in range(self.height) for x in range(self.width) if (x, y) not in taken]
        if not free:
            self.food, self.state = None, "won"
            return
        self.random = (1103515245 * self.random + 12345) % 2**31
        self.food = free[self.random // 65536 % len(free)]

    def turn(self, move):
        step = STEPS.get(move, self.heading)
        if step != (-self.heading[0], -self.heading[1]):
            self.heading = step

    def advance(self):
        self.tick += 1
        x, y = self.snake[0][0] + self.heading[0], self.snake[0][1] + self.heading[1]
        if not (0 <= x < self.width and 0 <= y < self.height):
            self.state = "wall"
        elif (x, y) == self.food:
            self.snake.appendleft((x, y))
            self.score += 1
            self.place_food()
        elif (x, y) in self.snake and (x, y) != self.snake[-1]:
            self.state = "self"
        else:
            self.snake.pop()
            self.snake.appendleft((x, y))

    def show(self):
        rows = [["."] * self.width for _ in range(self.height)]
        for x, y in self.snake:
            rows[y][x] = "o"
        x, y = self.snake[0]
        rows[y][x] = "@"
        if self.food:
            rows[self.food[1]][self.food[0]] = "*"
        border = "#" * (self.width + 2)
        lines = [f"tick={self.tick} score={self.score} state={self.state}", border]
        lines += ["#" + "".join(row) + "#" for row in rows]
        print("\n".join([*lines, border]), flush=True)


def numbers(arguments):
    if len(arguments) != 3 or not all(re.fullmatch("[0-9]+", argument) for argument in arguments):
        return None
    width, height, seed = map(int, arguments)
    good = 4 <= width <= 60 and 2 <= height <= 60 and seed < 2**31
    return (width, height, seed) if good else None


def main(arguments):
    checked = numbers(arguments)
    if checked is None:
        print("usage: snake WIDTH (4-60) HEIGHT (2-60) SEED (0-2147483647)", file=sys.stderr)
        return 2
    game = Game(*checked)
    game.show()
    for line in sys.stdin:
        move = line.rstrip("\n")
        if move == "Q":
            break
        if move != "." and move not in STEPS:
            continue
        game.turn(move)
        game.advance()
        game.show()
        if game.state != "playing":
            break
    return 0


sys.exit(main(sys.argv[1:]))
PY
chmod +x /app/snake
