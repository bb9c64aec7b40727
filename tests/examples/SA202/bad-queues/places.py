"""Queues of another file."""

import asyncio

elsewhere: asyncio.Queue[str] = asyncio.Queue()
