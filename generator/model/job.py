"""One output and how to make it. A job's key is the digest of its named inputs, so an unchanged output costs one comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from generator.model.digest import digest
from generator.model.finding import Location, Text

Payload = Mapping[str, bytes]


def key_of(output: str, inputs: Mapping[str, str]) -> str:
    """The address in the cache of an output made from these inputs."""
    return digest(output, dict(sorted(inputs.items())))


class JobProblem(Exception):
    """A job cannot be made because of something a user can put right: rule, place, sentence."""

    def __init__(self, rule: str, at: Location, text: Text) -> None:
        super().__init__(text.zh)
        self.rule, self.at, self.text = rule, at, text


@dataclass(frozen=True)
class Job:
    """Makes the bytes of `output` (a path in the site). `inputs` names the digest of everything the bytes depend on.

    With `public` False the bytes are only what another job is made from.
    """

    output: str
    inputs: Mapping[str, str]
    make: Callable[[], bytes]
    public: bool = True

    @property
    def key(self) -> str:
        """The address of the result in the cache."""
        return key_of(self.output, self.inputs)


@dataclass(frozen=True)
class JointJob:
    """Makes several outputs in one go, from the bytes of other jobs: an index of many reports.

    `sources` are outputs of jobs that are planned before; `make` gets their bytes one after the other, so that they never wait in memory
    together, and gives those of `outputs` in order. `inputs` names the digest of everything the bytes depend on, which may be less than
    all of the sources' bytes.
    """

    outputs: tuple[str, ...]
    sources: tuple[str, ...]
    inputs: Mapping[str, str]
    make: Callable[[Iterator[bytes]], Sequence[bytes]]


class Source(Protocol):
    """The result of another job: the SHA-256 and size of its bytes, and the bytes in pieces, so that they need not be in memory."""

    @property
    def sha256(self) -> str:
        """In hex."""

    @property
    def size(self) -> int:
        """In bytes."""

    def pieces(self) -> Iterator[bytes]:
        """The bytes from the start."""


@dataclass(frozen=True)
class StreamJob:
    """Makes an output that may be larger than memory, in pieces, or one that speaks of other outputs: from the results of other jobs.

    `make` is given those of `sources` in order. Its key is that of its named inputs and of the sources' digests, so a source that comes
    out as it was remakes nothing. These jobs are made last, in the order they are planned: a source may be a PDF or another of them.
    """

    output: str
    sources: tuple[str, ...]
    inputs: Mapping[str, str]
    make: Callable[[Sequence[Source]], Iterator[bytes]]
    public: bool = True


@dataclass(frozen=True)
class Printed:
    """What a dear job came to: bytes, or None and the reasons."""

    data: bytes | None
    problems: tuple[Text, ...] = ()


@dataclass(frozen=True)
class PrintJob:
    """A dear job, made from the bytes of another in any executor: `press(bytes, payload)` is a top-level function of
    plain data, which `payload()` gives when the job is sent: it may run on another machine.

    Its key is that of its named inputs and the bytes it is made from, so a change that does not reach those bytes stops there. `sources`
    are outputs of other dear jobs that go into this one; it is made after them, and finds their bytes in its payload under `part(0)`,
    `part(1)`, ….
    """

    output: str
    source: Job
    inputs: Mapping[str, str]
    press: Callable[[bytes, Payload], Printed]
    payload: Callable[[], Payload]
    sources: tuple[str, ...] = ()


def part(number: int) -> str:
    """The name in a payload of the bytes of a source."""
    return f"part/{number}"


AnyJob = Job | JointJob | PrintJob | StreamJob
