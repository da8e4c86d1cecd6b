"""Players for the model: each chooses the next move."""

import random
from collections import deque

from model import Snake


def cycle_of(width, height):
    """Cell -> next cell on a round trip through all cells; the height is even. Column 0 leads back up."""
    order = [(0, y) for y in range(height - 1, -1, -1)]
    for y in range(height):
        columns = range(1, width) if y % 2 == 0 else range(width - 1, 0, -1)
        order += [(x, y) for x in columns]
    return dict(zip(order, order[1:] + order[:1]))


def move_to(game, cell):
    step = (cell[0] - game.cells[0][0], cell[1] - game.cells[0][1])
    return next(move for move in "UDLR" if game.after(move)[1] == cell and game.after(move)[0] == step)


def winner(width, height):
    """Goes round all cells. The start looks to the right, so it may have to leave the trip for the first moves."""
    cycle = cycle_of(width, height)

    def choose(game):
        target = cycle[game.cells[0]]
        if target in game.cells[:-1]:
            return next(move for move in "DURL" if not game.ends(game.after(move)[1]))
        return move_to(game, target)

    return choose


def hunter(seed):
    """Goes the shortest way to the food, else any way that is open; now and then it tries to turn back or waits."""
    dice = random.Random(seed)

    def choose(game):
        if dice.random() < 0.15:
            move = dice.choice("UDLR.")
            if not game.ends(game.after(move)[1]):
                return move
        came_from = {game.cells[0]: None}
        queue = deque([game.cells[0]])
        while queue:
            cell = queue.popleft()
            for step in ((0, -1), (0, 1), (-1, 0), (1, 0)):
                new = (cell[0] + step[0], cell[1] + step[1])
                if new not in came_from and not game.ends(new):
                    came_from[new] = cell
                    queue.append(new)
        cell = game.food
        while cell in came_from and came_from[cell] not in (None, game.cells[0]):
            cell = came_from[cell]
        moves = [move for move in "UDLR" if game.after(move)[1] == cell]
        open_moves = [move for move in "UDLR" if not game.ends(game.after(move)[1])]
        return (moves or open_moves or ["."])[0]

    return choose


def play(width, height, seed, choose, most=3000):
    """All moves of a game and its model's frames, the first one included."""
    game = Snake(width, height, seed)
    moves, frames = [], [game.frame()]
    while game.state == "playing" and len(moves) < most:
        moves.append(choose(game))
        game.move(moves[-1])
        frames.append(game.frame())
    return game, moves, frames
