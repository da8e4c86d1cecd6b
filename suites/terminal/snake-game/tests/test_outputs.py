"""Drives the game through its standard input and compares every frame with the model's."""

import random
import select
import subprocess
import sys

import pytest

sys.path.insert(0, "/tests")
from model import Snake  # noqa: E402
from players import hunter, play, winner  # noqa: E402

PROGRAM = "/app/snake"


def run(arguments, text=""):
    return subprocess.run([PROGRAM, *map(str, arguments)], input=text, capture_output=True, text=True, timeout=30)


def frames_of(width, height, seed, moves):
    """What the game prints for moves given all at once, as frames; it has to end with status 0."""
    done = run((width, height, seed), "".join(f"{move}\n" for move in moves))
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) % (height + 3) == 0, "not a whole number of frames"
    return [lines[at : at + height + 3] for at in range(0, len(lines), height + 3)]


def model_frames(width, height, seed, moves):
    game = Snake(width, height, seed)
    frames = [game.frame()]
    for move in moves:
        game.move(move)
        frames.append(game.frame())
    return frames


def compare(actual, expected):
    for number, (mine, model) in enumerate(zip(actual, expected)):
        assert mine == model, f"frame {number}"
    assert len(actual) == len(expected), "number of frames"


def check(width, height, seed, moves):
    compare(frames_of(width, height, seed, moves), model_frames(width, height, seed, moves))


def test_the_first_frame():
    for width, height, seed in ((8, 3, 7), (4, 2, 0), (60, 60, 2147483647), (11, 5, 99)):
        check(width, height, seed, "")


def test_turning_and_going_straight_on():
    check(20, 20, 3, "U.L.D.R..")


def test_turning_back_goes_straight_on():
    check(20, 9, 3, "LLLUDDLRR")


@pytest.mark.parametrize("moves", ["...." + ".", "UUUU", "DDDD", "UULLLLLL", "R" * 5])
def test_the_walls(moves):
    width, height, seed = 8, 6, 1
    game = Snake(width, height, seed)
    used = 0
    while game.state == "playing":
        game.move(moves[min(used, len(moves) - 1)])
        used += 1
    assert game.state == "wall"
    played = (moves + moves[-1] * 20)[:used]
    check(width, height, seed, played)
    compare(frames_of(width, height, seed, played + "UDLR."), model_frames(width, height, seed, played))


def find_game(choose_for, wanted, sizes, seeds=range(400)):
    """The first game, over sizes and seeds, that ends as wanted."""
    for width, height in sizes:
        for seed in seeds:
            game, moves, frames = play(width, height, seed, choose_for(seed))
            if wanted(game):
                return (width, height, seed), moves, frames
    raise AssertionError("the tests found no such game")


def test_eating_and_growing():
    size, moves, frames = find_game(hunter, lambda game: game.score >= 12, [(12, 9)])
    compare(frames_of(*size, moves), frames)


def bites_itself(seed):
    """Grows like the hunter, and with six cells or more turns in a small circle until it hits itself."""
    grow, circle = hunter(seed), iter("ULDRULDR" * 4)
    return lambda game: grow(game) if len(game.cells) < 6 else next(circle)


def test_biting_itself():
    size, moves, frames = find_game(bites_itself, lambda game: game.state == "self", [(14, 14)])
    compare(frames_of(*size, moves), frames)
    assert frames[-1][0].endswith("state=self")
    assert frames[-1][1:] == frames[-2][1:]


def chases_its_tail(seed):
    """With exactly four cells, goes round in a square: the head always moves to where the tail just was."""
    grow = hunter(seed)

    def choose(game):
        if len(game.cells) < 4:
            return grow(game)
        return next((move for move in "ULDR" if game.after(move)[1] == game.cells[-1]), "U" if game.heading[1] == 0 else "L")

    return choose


def test_following_the_tail():
    def follows(game):
        return game.tick > 100 and len(game.cells) == 4

    def chase(seed):
        return lambda game, choose=chases_its_tail(seed): choose(game)

    for seed in range(400):
        game, moves, frames = play(10, 10, seed, chase(seed), most=140)
        if follows(game):
            compare(frames_of(10, 10, seed, moves), frames)
            return
    raise AssertionError("the tests found no such game")


@pytest.mark.parametrize("width, height", [(4, 2), (5, 4), (6, 4)])
def test_winning(width, height):
    size, moves, frames = find_game(lambda _: winner(width, height), lambda game: game.state == "won", [(width, height)])
    compare(frames_of(*size, [*moves, "U", "L"]), frames)
    assert "*" not in "".join(frames[-1])


def test_whole_games():
    for number, (width, height, most) in enumerate(((4, 4, 600), (7, 3, 600), (16, 9, 600), (30, 20, 300), (60, 60, 120))):
        seed = random.Random(number).randrange(2147483648)
        _, moves, frames = play(width, height, seed, hunter(number), most)
        compare(frames_of(width, height, seed, moves), frames)


def test_other_lines_are_ignored():
    moves = ["", "u", "UP", " ", "7", "U", "x", "RR", ".."]
    compare(frames_of(9, 9, 5, moves), model_frames(9, 9, 5, "U"))


def test_quitting():
    compare(frames_of(9, 9, 5, "U.Q.."), model_frames(9, 9, 5, "U."))
    compare(frames_of(9, 9, 5, "Q"), model_frames(9, 9, 5, ""))


def test_the_end_of_the_input_without_a_line_feed():
    done = run((9, 9, 5), "U\n.")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-12:] in ([*model_frames(9, 9, 5, "U.")[-1]], [*model_frames(9, 9, 5, "U")[-1]])


@pytest.mark.parametrize("arguments", [(), (8, 8), (8, 8, 1, 1), (3, 8, 1), (61, 8, 1), (8, 1, 1), (8, 61, 1), (8, 8, -1), (8, 8, 2147483648), ("a", 8, 1), (8.5, 8, 1), ("", 8, 1)])
def test_wrong_calls(arguments):
    done = run(arguments, ".\n")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.strip()


def read_frame(process, height):
    """Reads one frame as it comes; a game that keeps it in a buffer is found out by the timeout."""
    content = b""
    while content.count(b"\n") < height + 3:
        ready, _, _ = select.select([process.stdout], [], [], 10)
        assert ready, "the frame did not come before the next move was sent"
        piece = process.stdout.read1(65536)
        assert piece, "the game ended early"
        content += piece
    return content.decode().splitlines()


def test_playing_move_by_move():
    width, height, seed = 10, 6, 2024
    game = Snake(width, height, seed)
    choose = hunter(1)
    process = subprocess.Popen([PROGRAM, str(width), str(height), str(seed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert read_frame(process, height) == game.frame()
        for _ in range(40):
            move = choose(game)
            game.move(move)
            process.stdin.write(f"{move}\n".encode())
            process.stdin.flush()
            assert read_frame(process, height) == game.frame()
            if game.state != "playing":
                break
        if game.state == "playing":
            process.stdin.write(b"Q\n")
            process.stdin.flush()
        assert process.wait(timeout=10) == 0
        assert process.stdout.read() == b""
    finally:
        process.kill()
        process.wait()
