"""Where expensive jobs run: a pool of fresh processes on this machine, or a Dask cluster.

Any Executor will do.
"""

from __future__ import annotations

import os
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context


class NoDask(Exception):
    """A cluster was asked for and the library is not installed."""


def cores() -> int:
    """The cores of this machine that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not every system lets a process be bound to cores
        return os.cpu_count() or 1


def executor(jobs: int | None = None, address: str | None = None) -> Executor:
    """`jobs` processes (one for each core), or the workers of the Dask scheduler at `address`.

    Processes are spawned: printing after a fork has crashed before. They are not replaced while a
    pool runs: with `max_tasks_per_child` the pool of Python 3.11 stops for ever once every process
    has had its share.
    """
    if not address:
        return ProcessPoolExecutor(jobs or cores(), mp_context=get_context("spawn"))
    try:
        from distributed import Client
    except ImportError:
        raise NoDask from None
    cluster: Executor = Client(address).get_executor(pure=False)
    return cluster
