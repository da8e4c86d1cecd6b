"""Runs each scenario in an event loop of its own and prints one JSON object: scenario -> "ok" or what went wrong.

Nothing here waits for the wall clock: loads are released by hand, and `settle` lets every task run until it has to wait.
"""

import asyncio
import gc
import json
import sys
import traceback
import weakref

sys.path.insert(0, "/app")
from cache import Cache

SCENARIOS = {}


def scenario(function):
    SCENARIOS[function.__name__] = function
    return function


async def settle():
    for _ in range(50):
        await asyncio.sleep(0)


class Loader:
    """A load waits until the test finishes it; `started` lists the keys in the order of their loads."""

    def __init__(self):
        self.started = []
        self.futures = []
        self.cancelled = 0

    async def __call__(self, key):
        future = asyncio.get_running_loop().create_future()
        self.started.append(key)
        self.futures.append(future)
        try:
            return await future
        except asyncio.CancelledError:
            self.cancelled += 1
            raise

    async def finish(self, number, value):
        self.futures[number].set_result(value)
        await settle()

    async def fail(self, number, error):
        self.futures[number].set_exception(error)
        await settle()


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def make(ttl_s=10):
    loader, clock = Loader(), Clock()
    return Cache(loader, ttl_s, clock), loader, clock


async def start(cache, *keys):
    tasks = [asyncio.ensure_future(cache.get(key)) for key in keys]
    await settle()
    return tasks


async def outcomes(tasks):
    """The results or exceptions of tasks that have no reason to wait any longer."""
    await settle()
    assert all(task.done() for task in tasks), "a caller still waits"
    return await asyncio.gather(*tasks, return_exceptions=True)


async def now(awaitable):
    """The result of something that has no reason to wait."""
    task = asyncio.ensure_future(awaitable)
    await outcomes([task])
    return task.result()


def expect(actual, expected):
    assert actual == expected, f"{actual!r} instead of {expected!r}"


@scenario
async def a_value_is_loaded_once_and_kept():
    cache, loader, _ = make()
    (task,) = await start(cache, "a")
    await loader.finish(0, 1)
    expect(await now(task), 1)
    expect(await now(cache.get("a")), 1)
    expect(loader.started, ["a"])


@scenario
async def callers_join_a_load():
    cache, loader, _ = make()
    tasks = await start(cache, *"aaaa")
    tasks += await start(cache, "a")
    expect(loader.started, ["a"])
    await loader.finish(0, 7)
    expect(await outcomes(tasks), [7] * 5)
    expect(await now(cache.get("a")), 7)
    expect(loader.started, ["a"])


@scenario
async def keys_do_not_wait_for_each_other():
    cache, loader, _ = make()
    first, second = await start(cache, "a", "b")
    expect(loader.started, ["a", "b"])
    await loader.finish(1, 2)
    assert second.done() and not first.done()
    await loader.finish(0, 1)
    expect(await outcomes([first, second]), [1, 2])


@scenario
async def a_failure_reaches_all_and_is_not_kept():
    cache, loader, _ = make()
    tasks = await start(cache, *"aaa")
    error = KeyError("no such row")
    await loader.fail(0, error)
    results = await outcomes(tasks)
    assert all(isinstance(result, KeyError) for result in results), results
    (task,) = await start(cache, "a")
    expect(loader.started, ["a", "a"])
    await loader.finish(1, 5)
    expect(await now(task), 5)


@scenario
async def a_loader_that_fails_at_once():
    async def broken(key):
        raise ValueError(key)

    cache = Cache(broken, 10, Clock())
    for _ in range(2):
        results = await outcomes([asyncio.ensure_future(cache.get("x")) for _ in range(3)])
        assert all(isinstance(result, ValueError) for result in results), results


@scenario
async def a_cancelled_joiner_leaves_alone():
    cache, loader, _ = make()
    first, second = await start(cache, "a", "a")
    second.cancel()
    await settle()
    assert second.cancelled(), "a cancelled caller has to end at once"
    expect(loader.cancelled, 0)
    await loader.finish(0, 3)
    expect(await now(first), 3)


@scenario
async def a_cancelled_starter_leaves_alone():
    cache, loader, _ = make()
    first, second = await start(cache, "a", "a")
    first.cancel()
    await settle()
    assert first.cancelled(), "a cancelled caller has to end at once"
    expect(loader.cancelled, 0)
    third = (await start(cache, "a"))[0]
    expect(loader.started, ["a"])
    await loader.finish(0, 3)
    expect(await outcomes([second, third]), [3, 3])
    expect(await now(cache.get("a")), 3)


@scenario
async def the_last_caller_takes_the_load_with_it():
    cache, loader, _ = make()
    tasks = await start(cache, *"aaa")
    for number, task in enumerate(tasks):
        expect(loader.cancelled, 0)
        task.cancel()
        await settle()
    expect(loader.cancelled, 1)
    assert all(task.cancelled() for task in tasks)
    (task,) = await start(cache, "a")
    expect(loader.started, ["a", "a"])
    await loader.finish(1, 9)
    expect(await now(task), 9)


@scenario
async def a_new_caller_right_after_the_last_cancel():
    """The new call comes before the cancelled load could end: it must not join what is about to be cancelled."""
    cache, loader, _ = make()
    (old,) = await start(cache, "a")
    old.cancel()
    await asyncio.sleep(0)
    (new,) = await start(cache, "a")
    assert not new.done(), "the new caller ended with the old load"
    await loader.finish(len(loader.started) - 1, 4)
    expect(await now(new), 4)
    assert old.cancelled()


@scenario
async def a_load_that_is_invalidated_is_not_stored():
    cache, loader, _ = make()
    (task,) = await start(cache, "a")
    cache.invalidate("a")
    await loader.finish(0, "old")
    expect(await now(task), "old")
    (task,) = await start(cache, "a")
    expect(loader.started, ["a", "a"])
    await loader.finish(1, "new")
    expect(await now(task), "new")


@scenario
async def after_invalidation_a_new_load_starts():
    cache, loader, _ = make()
    (early,) = await start(cache, "a")
    cache.invalidate("a")
    late = await start(cache, "a", "a")
    expect(loader.started, ["a", "a"])
    await loader.finish(1, "new")
    expect(await outcomes(late), ["new", "new"])
    await loader.finish(0, "old")
    expect(await now(early), "old")
    expect(await now(cache.get("a")), "new")


@scenario
async def an_old_load_that_ends_first_disturbs_nothing():
    cache, loader, _ = make()
    (early,) = await start(cache, "a")
    cache.invalidate("a")
    (late,) = await start(cache, "a")
    await loader.finish(0, "old")
    expect(await now(early), "old")
    (later,) = await start(cache, "a")
    expect(loader.started, ["a", "a"])
    await loader.finish(1, "new")
    expect(await outcomes([late, later]), ["new", "new"])
    expect(await now(cache.get("a")), "new")


@scenario
async def an_old_load_that_fails_or_is_cancelled_disturbs_nothing():
    cache, loader, _ = make()
    (first,) = await start(cache, "a")
    cache.invalidate("a")
    (second,) = await start(cache, "a")
    cache.invalidate("a")
    (third,) = await start(cache, "a")
    await loader.fail(0, OSError("gone"))
    second.cancel()
    await settle()
    expect(loader.cancelled, 1)
    (joined,) = await start(cache, "a")
    expect(loader.started, ["a", "a", "a"])
    await loader.finish(2, "new")
    expect(await outcomes([third, joined]), ["new", "new"])
    assert isinstance((await outcomes([first]))[0], OSError)


@scenario
async def invalidation_leaves_other_keys_alone():
    cache, loader, _ = make()
    tasks = await start(cache, "a", "b")
    cache.invalidate("a")
    cache.invalidate("never seen")
    await loader.finish(0, 1)
    await loader.finish(1, 2)
    expect(await outcomes(tasks), [1, 2])
    expect(await now(cache.get("b")), 2)
    expect(loader.started, ["a", "b"])


@scenario
async def the_time_to_live_counts_from_the_end_of_the_load():
    cache, loader, clock = make(ttl_s=10)
    (task,) = await start(cache, "a")
    clock.now = 150.0
    await loader.finish(0, 1)
    await now(task)
    clock.now = 159.999
    expect(await now(cache.get("a")), 1)
    clock.now = 160.0
    (task,) = await start(cache, "a")
    expect(loader.started, ["a", "a"])
    await loader.finish(1, 2)
    expect(await now(task), 2)
    clock.now = 169.0
    expect(await now(cache.get("a")), 2)


@scenario
async def expired_values_are_loaded_once():
    cache, loader, clock = make(ttl_s=10)
    (task,) = await start(cache, "a")
    await loader.finish(0, 1)
    await now(task)
    clock.now += 10
    tasks = await start(cache, *"aaa")
    expect(loader.started, ["a", "a"])
    await loader.finish(1, 2)
    expect(await outcomes(tasks), [2, 2, 2])


@scenario
async def none_and_false_are_values():
    cache, loader, _ = make()
    for number, value in enumerate((None, False, "")):
        (task,) = await start(cache, number)
        await loader.finish(number, value)
        assert (await now(task)) is value
        assert (await now(cache.get(number))) is value
    expect(loader.started, [0, 1, 2])


@scenario
async def keys_are_forgotten():
    class Key:
        pass

    async def load(key):
        if isinstance(key, Key):
            raise LookupError
        await asyncio.get_running_loop().create_future()

    cache = Cache(load, 10, Clock())
    key = Key()
    reference = weakref.ref(key)
    await outcomes([asyncio.ensure_future(cache.get(key))])
    cache.invalidate(key)
    del key
    await settle()
    gc.collect()
    assert reference() is None, "a key is kept although nothing is stored for it"


@scenario
async def hundreds_of_callers():
    cache, loader, _ = make()
    tasks = await start(cache, *(number % 20 for number in range(400)))
    expect(loader.started, list(range(20)))
    for task in tasks[:100]:
        task.cancel()
    await settle()
    for number in range(20):
        await loader.finish(number, number * number)
    results = await outcomes(tasks)
    expect(results[100:], [(number % 20) ** 2 for number in range(100, 400)])
    expect(loader.cancelled, 0)


def run(function):
    try:
        asyncio.run(function())
        return "ok"
    except BaseException as error:
        return "".join(traceback.format_exception_only(error)).strip() or repr(error)


if __name__ == "__main__":
    print(json.dumps({name: run(function) for name, function in SCENARIOS.items()}))
