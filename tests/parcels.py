"""Jobs as parcels: a job's function and its parts as bytes, from which another process makes the output.

Only what has a digest is packed. The places of things in files, which no digest knows (fields with `compare=False`), are left behind, so
that an output that told of them would come out different. The law goes along whole: its digest is that of its files.

    python -m tests.parcels < parcels    prints a line of JSON: the SHA-256 of each output
"""

from __future__ import annotations

import hashlib
import io
import json
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from types import MappingProxyType
from typing import Any

from generator.files.door import Door
from generator.model.finding import Location
from generator.model.format import Format
from generator.model.job import AnyJob, Job, JointJob, PrintJob, StreamJob
from generator.model.law import Law
from generator.model.packed import Figures
from generator.render.html import Templates

# What a stream or joint job of the sample is made from, where it is made from other outputs.
Sources = Mapping[str, bytes]


class Kept:
    """The bytes of another output as a stream job gets them."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.size = len(data)
        self.sha256 = hashlib.sha256(data).hexdigest()

    def pieces(self) -> Iterator[bytes]:
        """The bytes from the start."""
        yield self.data


def made(job: AnyJob, sources: Sources) -> bytes:
    """The bytes of a job; of one that prints, all that the press is handed."""
    match job:
        case Job():
            return job.bytes()
        case JointJob():
            return b"".join(job.all_bytes(sources[path] for path in job.sources))
        case StreamJob():
            return b"".join(job.pieces([Kept(sources[path]) for path in job.sources]))
        case PrintJob():
            return job.source.bytes() + repr(sorted(job.payload().items())).encode()


def needed(job: AnyJob) -> Sequence[str]:
    """The outputs that a job is made from."""
    return job.sources if isinstance(job, JointJob | StreamJob) else ()


class _Packer(pickle.Pickler):
    def persistent_id(self, value: object) -> str | None:
        if isinstance(value, Law):
            return ""
        return value.id if isinstance(value, Format) else None

    def reducer_override(self, value: object) -> Any:
        if isinstance(value, MappingProxyType):
            return MappingProxyType, (dict(value),)
        if isinstance(value, Templates):
            return Templates, (value.theme,)
        hides = not isinstance(value, type) and is_dataclass(value)
        if hides and not all(field.compare for field in fields(value)):  # type: ignore[arg-type]
            return _with_digest_only, (type(value), _compared(value))
        return NotImplemented


def _compared(value: Any) -> dict[str, object]:
    """The fields of a value that its digest knows."""
    return {field.name: getattr(value, field.name) for field in fields(value) if field.compare}


def _with_digest_only(kind: Callable[..., Any], values: dict[str, object]) -> object:
    """A value without the fields that no digest knows: they are as if nobody had set them."""
    unset = {field.name: _unset(field) for field in fields(kind) if not field.compare}  # type: ignore[arg-type]
    return kind(**values, **unset)


def _unset(field: Field[Any]) -> object:
    """The value of a field that nobody set; places are the fields that have none."""
    if field.default is not MISSING:
        return field.default
    return Location("") if field.default_factory is MISSING else field.default_factory()


class _Writer(_Packer):
    """Packs equal values to equal bytes, whichever of them are one and the same."""

    def reducer_override(self, value: object) -> Any:
        if isinstance(value, frozenset):
            return frozenset, (sorted(value, key=repr),)
        if isinstance(value, Figures):  # unpacked or not
            return dict, (sorted(value.items()),)
        # Of templates a job reaches those whose digest it names; a door only leads to a file whose digest it names.
        if isinstance(value, Templates | Door):
            return str, ()
        return super().reducer_override(value)


def stated(job: AnyJob) -> str:
    """A digest of the values of a job's parts themselves, however their own digests were come by."""
    stream = io.BytesIO()
    writer = _Writer(stream)
    writer.fast = True  # without references to what was written already
    writer.dump([part.value for part in job.parts])
    return hashlib.sha256(stream.getvalue()).hexdigest()


class _LawPacker(pickle.Pickler):
    def reducer_override(self, value: object) -> Any:
        if isinstance(value, MappingProxyType):
            return MappingProxyType, (dict(value),)
        return NotImplemented


class _Unpacker(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, law: Law) -> None:
        super().__init__(stream)
        self.law = law

    def persistent_load(self, name: str) -> object:
        return self.law.format_named(name) if name else self.law


def packed(law: Law, parcels: Sequence[tuple[AnyJob, Sources]]) -> bytes:
    """The law of a site and jobs, each with the outputs that it is made from."""
    stream = io.BytesIO()
    _LawPacker(stream).dump(law)
    _Packer(stream).dump(list(parcels))
    return stream.getvalue()


def main() -> None:
    """Make what is packed in standard input."""
    stream = io.BytesIO(sys.stdin.buffer.read())
    law = pickle.load(stream)
    parcels = _Unpacker(stream, law).load()
    print(json.dumps([hashlib.sha256(made(job, sources)).hexdigest() for job, sources in parcels]))


if __name__ == "__main__":
    main()
