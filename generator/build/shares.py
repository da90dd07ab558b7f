"""Many cheap jobs at once: each core of this machine makes a share of them, ahead of the build.

A job is a function of its parts and its result is kept under their digest, so it does not matter
who made it, or whether anybody did: the build takes what it finds in the cache and makes the rest
itself, in its own order. A process that dies costs time and nothing else.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Sequence
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection

from generator.build.store import Made, Store
from generator.model.job import Job

# Fewer are made sooner than processes start.
WORTH_SHARING = 64
Results = dict[str, Made]


def made_ahead(jobs: Sequence[Job], store: Store, processes: int) -> Results:
    """The results of jobs that are not in the cache, by key; a job that cannot be made has none.

    The processes are forks, which share the site as it was read. That is safe where no other thread
    runs, as in a build from the command line; where a system cannot fork safely, nothing is made.
    """
    if processes < 2 or len(jobs) < WORTH_SHARING or not _forks():
        return {}
    fork = get_context("fork")
    children = []
    for number in range(1, processes):
        receiver, sender = fork.Pipe(duplex=False)
        share = jobs[number::processes]
        child = fork.Process(target=_make_and_tell, args=(share, store, sender), daemon=True)
        child.start()
        sender.close()
        children.append((child, receiver))
    results = dict(_made(jobs[::processes], store))
    for child, receiver in children:
        results |= _told(receiver)
        child.join()
    return results


def _forks() -> bool:
    """Whether a fork of this process works: macOS has it, and its libraries crash in one."""
    return "fork" in get_all_start_methods() and sys.platform != "darwin"


def _make_and_tell(jobs: Sequence[Job], store: Store, sender: Connection) -> None:
    # Ctrl-C reaches every process of a terminal, and one of them is enough to speak of it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sender.send(dict(_made(jobs, store)))


def _told(receiver: Connection) -> Results:
    """What a process made; nothing where it died."""
    try:
        results: Results = receiver.recv()
    except (EOFError, OSError):
        return {}
    return results


def _made(jobs: Sequence[Job], store: Store) -> Iterator[tuple[str, Made]]:
    """Each job made, up to the first that cannot be.

    What is the matter is not said here: the build meets that job again, in its own order.
    """
    for job in jobs:
        try:
            yield job.key, store.put(job.key, job.bytes(), job.inputs)
        except Exception:
            return
