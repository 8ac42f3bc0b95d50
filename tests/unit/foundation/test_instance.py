"""Only one program runs on a store; its lock is gone when it dies."""

import os
import signal
import subprocess
import sys

import pytest

from hegui.foundation.errors import AnotherInstance
from hegui.foundation.instance import only_instance

HOLD = """
import asyncio, sys
from hegui.foundation.instance import only_instance
async def hold():
    async with only_instance(sys.argv[1]):
        print("held", flush=True)
        await asyncio.sleep(60)
asyncio.run(hold())
"""


async def test_a_second_instance_is_refused_until_the_first_is_killed(database_url: str) -> None:
    first = subprocess.Popen([sys.executable, "-c", HOLD, database_url], stdout=subprocess.PIPE, text=True)
    try:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with pytest.raises(AnotherInstance):
            async with only_instance(database_url):
                pass
    finally:
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        first.stdout.close()
    for _ in range(50):
        try:
            async with only_instance(database_url):
                return
        except AnotherInstance:
            continue
    pytest.fail("the lock outlived its process")
