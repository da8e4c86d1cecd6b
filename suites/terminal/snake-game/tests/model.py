"""The rules once more, as a model that the driven game is compared with frame by frame."""

STEPS = {"U": (0, -1), "D": (0, 1), "L": (-1, 0), "R": (1, 0)}


class Snake:
    def __init__(self, width, height, seed):
        self.width, self.height, self.random = width, height, seed
        column, row = width // 2, height // 2
        self.cells = [(column, row), (column - 1, row), (column - 2, row)]  # the head first
        self.heading = STEPS["R"]
        self.tick = self.score = 0
        self.state = "playing"
        self.place_food()

    def free(self):
        taken = set(self.cells)
        return [(x, y) for y in range(self.height) for x in range(self.width) if (x, y) not in taken]

    def place_food(self):
        free = self.free()
        if not free:
            self.food, self.state = None, "won"
            return
        self.random = (1103515245 * self.random + 12345) % 2147483648
        self.food = free[self.random // 65536 % len(free)]

    def after(self, move):
        """The heading that a move leads to, and the cell in front of it."""
        x, y = STEPS.get(move, self.heading)
        if (x, y) == (-self.heading[0], -self.heading[1]):
            x, y = self.heading
        return (x, y), (self.cells[0][0] + x, self.cells[0][1] + y)

    def ends(self, cell):
        """What moving into a cell ends the game with, if it does."""
        if not (0 <= cell[0] < self.width and 0 <= cell[1] < self.height):
            return "wall"
        body = self.cells if cell == self.food else self.cells[:-1]
        return "self" if cell in body else None

    def move(self, move):
        self.tick += 1
        self.heading, cell = self.after(move)
        end = self.ends(cell)
        if end:
            self.state = end
        elif cell == self.food:
            self.cells.insert(0, cell)
            self.score += 1
            self.place_food()
        else:
            self.cells = [cell, *self.cells[:-1]]

    def frame(self):
        rows = [["."] * self.width for _ in range(self.height)]
        for x, y in self.cells:
            rows[y][x] = "o"
        rows[self.cells[0][1]][self.cells[0][0]] = "@"
        if self.food:
            rows[self.food[1]][self.food[0]] = "*"
        border = "#" * (self.width + 2)
        status = f"tick={self.tick} score={self.score} state={self.state}"
        return [status, border, *("#" + "".join(row) + "#" for row in rows), border]
