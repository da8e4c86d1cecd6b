"""A cache in front of a slow asynchronous loader."""

import time


class Cache:
    """Keeps what `load(key)` returned for `ttl_s` seconds; `clock` returns seconds and can be replaced in tests."""

    def __init__(self, load, ttl_s, clock=time.monotonic):
        self._load = load
        self._ttl_s = ttl_s
        self._clock = clock
        self._entries = {}

    async def get(self, key):
        """The value of a key: the stored one while it is fresh, else a loaded one."""
        if key in self._entries:
            value, expires_at = self._entries[key]
            if self._clock() < expires_at:
                return value
        value = await self._load(key)
        self._entries[key] = (value, self._clock() + self._ttl_s)
        return value

    def invalidate(self, key):
        """Forgets what is stored for a key."""
        self._entries.pop(key, None)
