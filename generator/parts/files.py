"""The bytes of a file that goes to the site as it is."""

from __future__ import annotations

import hashlib

from generator.files.door import Door, NotTaken
from generator.language.sentence import sentence
from generator.model.finding import Location
from generator.model.job import JobProblem

# The door it is taken through, its path, its size and its SHA-256.
PlannedFile = tuple[Door, str, int, str]


def unchanged(file: PlannedFile) -> bytes:
    """The bytes of a file, which must be those the job was planned with.

    A cache must never hold anything else.
    """
    door, path, size, sha256 = file
    try:
        data = door.data(path, size)
    except NotTaken:
        data = b""
    if hashlib.sha256(data).hexdigest() != sha256:
        text = sentence("生成过程中文件有变动，请再生成一次")
        raise JobProblem("B-03", Location(path), text)
    return data
