"""Zip archives, looked at before a library unpacks them: bombs and entities are refused."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

from generator.importing.refusal import Refusal
from generator.language.sentence import sentence

MOST_PARTS = 3_000
LARGEST_PART = 60_000_000
LARGEST_WHOLE = 150_000_000
MOST_TIMES = 300  # so many times as large as packed
SMALL = 1_000_000
DEEPEST = 400
PIECE = 1 << 16
ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
TAG = re.compile(rb"<(/?)[A-Za-z_][^<>]*?(/?)>")


def checked(content: bytes) -> frozenset[str]:
    """The names of an archive's parts. Raises Refusal where it is not safe to unpack."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            _bounded(entries)
            for part in entries:
                if part.filename.lower().endswith((".xml", ".rels")):
                    _plain_markup(packed, part)
            return frozenset(part.filename for part in entries)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
    ) as error:
        raise Refusal(sentence("压缩格式已损坏或加了密码，没有读取")) from error


def _bounded(entries: Sequence[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in entries)
    swollen = any(
        part.file_size > SMALL and part.file_size > MOST_TIMES * max(part.compress_size, 1)
        for part in entries
    )
    large = any(part.file_size > LARGEST_PART for part in entries)
    if len(entries) > MOST_PARTS or unpacked > LARGEST_WHOLE or large or swollen:
        raise Refusal(sentence("文件解开以后过大，没有读取"))


def _plain_markup(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse XML that declares entities, that is longer than it says, or deep."""
    depth = 0
    size = 0
    tail = b""
    with packed.open(part) as stream:
        while piece := stream.read(PIECE):
            size += len(piece)
            text = tail + piece
            if size > part.file_size or ENTITY.search(text):
                raise Refusal(sentence("文件里的 XML 带有实体声明，没有读取"))
            end = 0
            for match in TAG.finditer(text):
                end = match.end()
                if not match[2]:
                    depth += -1 if match[1] else 1
                if depth > DEEPEST:
                    raise Refusal(sentence("文件嵌套过深，没有读取"))
            tail = text[end:][-PIECE:]
