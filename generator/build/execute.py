"""Jobs to results: looks each key up, makes what is missing, sends expensive jobs to an executor.

It knows nothing of the content of results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from generator.build.shares import made_ahead
from generator.build.store import Made, Store
from generator.model.digest import digest
from generator.model.finding import Location
from generator.model.job import (
    AnyJob,
    Job,
    JobProblem,
    JointJob,
    Payload,
    Printed,
    PrintJob,
    StreamJob,
    key_of,
    part,
)

Step = Callable[[str, int, int], None]
Dear = tuple[PrintJob, str, Made]
# The number of expensive jobs under way at a time: single ones, and those made of many others.
WINDOW = 32
LARGE_WINDOW = 2


@dataclass
class Result:
    """The outcome of a run: every result by output, which of them are new, and the problems.

    `made` has the intermediate results too, `public` only those that are published. `cheap` are
    results by key that were there, or that several processes made ahead; `missing` are the keys of
    those that were not there when the run began.
    """

    made: dict[str, Made] = field(default_factory=dict)
    public: dict[str, Made] = field(default_factory=dict)
    cheap: dict[str, Made] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    remade: list[str] = field(default_factory=list)
    problems: list[JobProblem] = field(default_factory=list)

    def take(self, output: str, entry: Made, *, new: bool, public: bool = True) -> None:
        """Note the result of an output: whether it had to be made, and whether it is published."""
        self.made[output] = entry
        if public:
            self.public[output] = entry
            if new:
                self.remade.append(output)

    def add(self, job: Job, store: Store) -> None:
        """Make one more job, whose inputs are the results so far."""
        _simple(job, store, self)

    def reasons(self, last: Mapping[str, Made]) -> dict[str, list[str]]:
        """For each output that differs from the last build's, the names of the inputs that changed.

        It is `new` where the last build had no such output.
        """
        earlier = {output: last.get(output) for output in self.made}
        return {
            output: moved(earlier[output], entry)
            for output, entry in self.made.items()
            if getattr(earlier[output], "key", "") != entry.key
        }


def moved(earlier: Made | None, present: Made) -> list[str]:
    """The names of the inputs that differ between two results of one output."""
    if earlier is None:
        return ["new"]
    return sorted(
        name
        for name in {*earlier.inputs, *present.inputs}
        if earlier.inputs.get(name) != present.inputs.get(name)
    )


def execute(
    jobs: Sequence[AnyJob],
    store: Store,
    start: Callable[[], Executor],
    step: Step,
    processes: int = 1,
) -> Result:
    """The results of all jobs.

    `start` gives the executor, and is called only when an expensive job has to be made.
    `step(output, done, all)` is called after each expensive job. Cheap jobs are shared among so
    many `processes`.
    """
    result = Result()
    _share(jobs, store, processes, result)
    dear: list[Dear] = []
    late: list[StreamJob] = []
    composed: list[tuple[PrintJob, Made]] = []
    _distinct(jobs)
    for job in jobs:
        try:
            if isinstance(job, Job):
                _simple(job, store, result)
            elif isinstance(job, JointJob):
                _joint(job, store, result)
            elif isinstance(job, StreamJob):
                late.append(job)
            elif job.sources:
                composed.append((job, _simple(job.source, store, result)))
            else:
                _look_up(job, _simple(job.source, store, result), store, result, dear)
        except JobProblem as problem:
            result.problems.append(problem)
    if not result.problems:
        _make_dear(dear, composed, store, start, step, result)
    if not result.problems:
        _last(late, store, result)
    return result


def _share(jobs: Iterable[AnyJob], store: Store, processes: int, result: Result) -> None:
    """Look every cheap job up, and make those that are missing in so many processes."""
    missing: list[Job] = []
    for job in jobs:
        cheap = job.source if isinstance(job, PrintJob) else job
        if isinstance(cheap, Job):
            entry = store.find(cheap.output, cheap.key, cheap.inputs)
            if entry is None:
                missing.append(cheap)
            else:
                result.cheap[cheap.key] = entry
    result.missing = frozenset(job.key for job in missing)
    result.cheap.update(made_ahead(missing, store, processes))


def _distinct(jobs: Sequence[AnyJob]) -> None:
    """Raise ValueError, a bug, where two jobs make one output."""
    planned: set[str] = set()
    for job in jobs:
        for output in job.outputs if isinstance(job, JointJob) else (job.output,):
            if output in planned:
                raise ValueError(f"two jobs make {output}")
            planned.add(output)


def _last(late: Sequence[StreamJob], store: Store, result: Result) -> None:
    """Make the jobs that read the results of others."""
    try:
        for job in late:
            _stream(job, store, result)
    except JobProblem as problem:
        result.problems.append(problem)


def _make_dear(
    dear: list[Dear],
    composed: Sequence[tuple[PrintJob, Made]],
    store: Store,
    start: Callable[[], Executor],
    step: Step,
    result: Result,
) -> None:
    """Make the expensive jobs, then those composed of their results."""
    with ExitStack() as running:
        executor = cache(lambda: running.enter_context(start()))
        if dear:
            _press(dear, store, executor(), step, result)
        large: list[Dear] = []
        for job, source in composed if not result.problems else ():
            _look_up(job, source, store, result, large)
        if large:
            _press(large, store, executor(), step, result, LARGE_WINDOW)


def _simple(job: Job, store: Store, result: Result) -> Made:
    cached = result.cheap.get(job.key) or store.find(job.output, job.key, job.inputs)
    new = cached is None or job.key in result.missing
    entry = cached or store.put(job.key, job.bytes(), job.inputs)
    result.take(job.output, entry, new=new, public=job.public)
    return entry


def _joint(job: JointJob, store: Store, result: Result) -> None:
    """All outputs of a joint job, made again together where one of them is missing."""
    if result.problems:
        return  # a source may be missing, and nothing will be published
    keys = {output: key_of(output, job.inputs) for output in job.outputs}
    entries = {output: store.find(output, key, job.inputs) for output, key in keys.items()}
    new = None in entries.values()
    if new:
        results = job.all_bytes(store.read(result.made[source]) for source in job.sources)
        entries = {
            output: store.put(keys[output], data, job.inputs)
            for output, data in zip(job.outputs, results, strict=True)
        }
    for output, entry in entries.items():
        assert entry is not None
        result.take(output, entry, new=new)


@dataclass(frozen=True)
class _Held:
    """A result that another job is made from."""

    entry: Made
    store: Store

    @property
    def sha256(self) -> str:
        return self.entry.sha256

    @property
    def size(self) -> int:
        return self.entry.size

    def pieces(self) -> Iterator[bytes]:
        return self.store.pieces(self.entry)


def _stream(job: StreamJob, store: Store, result: Result) -> None:
    sources = [_Held(result.made[source], store) for source in job.sources]
    inputs = {**job.inputs, "sources": digest([source.sha256 for source in sources])}
    key = key_of(job.output, inputs)
    cached = store.find(job.output, key, inputs)
    result.take(
        job.output,
        cached or store.put_pieces(key, job.pieces(sources), inputs),
        new=cached is None,
        public=job.public,
    )


def _inputs(job: PrintJob, source: Made, result: Result) -> Mapping[str, str]:
    digests = {name: result.made[name].sha256 for name in job.sources}
    return {**job.inputs, "page": source.sha256, **({"parts": digest(digests)} if digests else {})}


def _payload(job: PrintJob, store: Store, result: Result) -> Payload:
    return {
        **job.payload(),
        **{part(number): store.read(result.made[name]) for number, name in enumerate(job.sources)},
    }


def _look_up(job: PrintJob, source: Made, store: Store, result: Result, dear: list[Dear]) -> None:
    inputs = _inputs(job, source, result)
    key = key_of(job.output, inputs)
    entry = store.find(job.output, key, inputs)
    if entry is None:
        dear.append((job, key, source))
    else:
        result.take(job.output, entry, new=False)


def _press(
    dear: Sequence[Dear],
    store: Store,
    executor: Executor,
    step: Step,
    result: Result,
    window: int = WINDOW,
) -> None:
    """Make expensive jobs, a window of them at a time.

    So the bytes of a whole site never wait in memory.
    """
    queue = iter(dear)
    waiting: dict[Future[Printed], Dear] = {}
    done = 0
    while True:
        for job, key, source in islice(queue, window - len(waiting)):
            payload = _payload(job, store, result)
            future = executor.submit(job.press, store.read(source), payload)
            waiting[future] = (job, key, source)
        if not waiting:
            return
        for future in wait(waiting, return_when=FIRST_COMPLETED).done:
            done += 1
            job_and_source = waiting.pop(future)
            _pressed(job_and_source, future, store, result)
            step(job_and_source[0].output, done, len(dear))


def _pressed(dear: Dear, future: Future[Printed], store: Store, result: Result) -> None:
    job, key, source = dear
    try:
        printed = future.result()
    except Exception as error:
        raise RuntimeError(f"{job.output}: {type(error).__name__}: {error}") from error
    if printed.data is None:
        result.problems += [
            JobProblem("B-02", Location(job.output), text) for text in printed.problems
        ]
        return
    result.take(job.output, store.put(key, printed.data, _inputs(job, source, result)), new=True)
