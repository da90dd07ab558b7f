"""One output, the parts it is made of, and how.

A job is handed named parts and can reach nothing else; its key is the digests of exactly these
parts. An unchanged output costs one comparison, and a job can be made anywhere (decision 0034).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
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
        super().__init__(text.source)
        self.rule = rule
        self.at = at
        self.text = text


@dataclass(frozen=True)
class Part:
    """A value that a job is handed, and the digest of each part of it under the part's name.

    Most values are one part; an excerpt of a site has several. Equal digests mean equal bytes of
    all outputs made from the value.
    """

    value: object
    digests: Mapping[str, str]

    def __post_init__(self) -> None:
        # What no digest stands for would change and nothing would be made again.
        if self.value and not self.digests:
            raise ValueError("a part without a digest must be empty")

    @staticmethod
    def of(name: str, value: object) -> Part:
        """A plain value as a part of its own."""
        return Part(value, {name: digest(value)})


def inputs_of(made_by: Mapping[str, str], parts: Iterable[Part]) -> Mapping[str, str]:
    """The named digests of all that an output is made of: our code and libraries, and its parts.

    Two parts may share a name where they have the same digest; otherwise that is a bug: ValueError.
    """
    inputs = dict(made_by)
    for part in parts:
        for name, value in part.digests.items():
            if inputs.setdefault(name, value) != value:
                raise ValueError(f"two parts are named {name}")
    return inputs


@dataclass(frozen=True)
class Job:
    """Makes the bytes of `output` (a path in the site) from the values of its parts.

    `make` is a function at the top level of a module, or a partial of one: it can reach nothing
    but what it is handed, here or in another process. `made_by` names the digests of our own code
    and of the libraries that decide the bytes. With `public` False the bytes are only what another
    job is made from. `leads` says that what somebody wrote leads to a place on another page, which
    may go while this page stays as it is: its links are followed in every build.
    """

    output: str
    make: Callable[..., bytes]
    parts: Sequence[Part]
    made_by: Mapping[str, str] = field(default_factory=dict)
    public: bool = True
    leads: bool = False

    @cached_property
    def inputs(self) -> Mapping[str, str]:
        """The named digests of all that the bytes depend on."""
        return inputs_of(self.made_by, self.parts)

    @cached_property
    def key(self) -> str:
        """The address of the result in the cache."""
        return key_of(self.output, self.inputs)

    def bytes(self) -> bytes:
        """The output."""
        return self.make(*(part.value for part in self.parts))


@dataclass(frozen=True)
class JointJob:
    """Makes several outputs in one go, from the bytes of other jobs: an index of many reports.

    `sources` are outputs of jobs that are planned before; `make` gets their bytes one after the
    other, so that they never wait in memory together, then the values of the parts, and gives the
    bytes of `outputs` in order. What it takes from the sources is named by the parts, so that it
    may be less than all of their bytes.
    """

    outputs: tuple[str, ...]
    sources: tuple[str, ...]
    make: Callable[..., Sequence[bytes]]
    parts: Sequence[Part]
    made_by: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def inputs(self) -> Mapping[str, str]:
        """The named digests of all that the bytes depend on."""
        return inputs_of(self.made_by, self.parts)

    def all_bytes(self, sources: Iterator[bytes]) -> Sequence[bytes]:
        """The outputs, in order."""
        return self.make(sources, *(part.value for part in self.parts))


class Source(Protocol):
    """The result of another job: the SHA-256 and size of its bytes, and the bytes in pieces.

    They come in pieces so that they need not be in memory at once.
    """

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
    """Makes an output that may be larger than memory, or one that speaks of other outputs.

    `make` is given the results of `sources` in order, then the values of the parts, and gives the
    output in pieces. The key is that of the parts and of the sources' digests, so a source that
    comes out as it was remakes nothing. These jobs are made last, in the order they are planned: a
    source may be a PDF or another of them.
    """

    output: str
    sources: tuple[str, ...]
    make: Callable[..., Iterator[bytes]]
    parts: Sequence[Part]
    made_by: Mapping[str, str] = field(default_factory=dict)
    public: bool = True

    @cached_property
    def inputs(self) -> Mapping[str, str]:
        """The named digests of all that the bytes depend on, but for those of the sources."""
        return inputs_of(self.made_by, self.parts)

    def pieces(self, sources: Sequence[Source]) -> Iterator[bytes]:
        """The output from the start."""
        return self.make(sources, *(part.value for part in self.parts))


@dataclass(frozen=True)
class Printed:
    """What a dear job came to: bytes, or None and the reasons."""

    data: bytes | None
    problems: tuple[Text, ...] = ()


@dataclass(frozen=True)
class PrintJob:
    """A dear job, made from the bytes of another in any executor.

    `press(bytes, payload)` is a top-level function of plain data: it may run on another machine.
    `load` gives the payload from the values of the parts, when the job is sent. The key is that of
    the parts and of the bytes it is made from, so a change that does not reach those bytes stops
    there. `sources` are outputs of other dear jobs that go into this one; it is made after them,
    and finds their bytes in its payload under `part(0)`, `part(1)`, ….
    """

    output: str
    source: Job
    press: Callable[[bytes, Payload], Printed]
    load: Callable[..., Payload]
    parts: Sequence[Part]
    made_by: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()

    @cached_property
    def inputs(self) -> Mapping[str, str]:
        """The named digests of all that the bytes depend on, but for those of the sources."""
        return inputs_of(self.made_by, self.parts)

    def payload(self) -> Payload:
        """What the press is handed beside the bytes of the page."""
        return self.load(*(part.value for part in self.parts))


def part(number: int) -> str:
    """The name in a payload of the bytes of a source."""
    return f"part/{number}"


AnyJob = Job | JointJob | PrintJob | StreamJob
