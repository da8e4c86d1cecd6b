#!/bin/bash
set -e
cat > /app/cache.py <<'PY'
"""A cache in front of a slow asynchronous loader."""

import asyncio
import time


class _Flight:
    """One load under way, and how many callers wait for it."""

    def __init__(self, task):
        self.task = task
        self.waiting = 0


class Cache:
    """Keeps what `load(key)` returned for `ttl_s` seconds; `clock` returns seconds and can be replaced in tests."""

    def __init__(self, load, ttl_s, clock=time.monotonic):
        self._load = load
        self._ttl_s = ttl_s
        self._clock = clock
        self._entries = {}
        self._flights = {}

    async def get(self, key):
        """The value of a key: the stored one while it is fresh, else a loaded one."""
        if key in self._entries:
            value, expires_at = self._entries[key]
            if self._clock() < expires_at:
                return value
            del self._entries[key]
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = _Flight(None)
            flight.task = asyncio.ensure_future(self._fly(key, flight))
        flight.waiting += 1
        try:
            # Without the shield a cancelled caller would cancel the load of everybody.
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if flight.waiting == 0 and not flight.task.done():
                self._land(key, flight)
                flight.task.cancel()

    def invalidate(self, key):
        """Forgets what is stored for a key, and cuts a load under way off from the cache."""
        self._entries.pop(key, None)
        self._flights.pop(key, None)

    async def _fly(self, key, flight):
        try:
            value = await self._load(key)
            if self._flights.get(key) is flight:
                self._entries[key] = (value, self._clock() + self._ttl_s)
            return value
        finally:
            self._land(key, flight)

    def _land(self, key, flight):
        """An invalidated flight may have a successor, which stays."""
        if self._flights.get(key) is flight:
            del self._flights[key]
PY
