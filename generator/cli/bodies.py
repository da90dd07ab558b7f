"""The bodies that options and arguments name, by folder, by name or by a part of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.cli.settings import Settings
from generator.language import bodies
from generator.language.sentence import listed, sentence
from generator.model.agency import Agency
from generator.model.finding import Text

# So many bodies that fit are named; the others are counted.
NAMED = 8


def body(settings: Settings, agencies: Mapping[str, Agency], text: str) -> Agency:
    """The body that a text means. Ends with a sentence where it is none, or may be several."""
    fitting = bodies.meant(agencies, text)
    if len(fitting) != 1:
        settings.fail(_several(text, fitting) if fitting else _nobody(agencies, text))
    return fitting[0]


def _several(text: str, fitting: Sequence[Agency]) -> Text:
    names = listed(f"{agency.slug}（{agency.name}）" for agency in fitting[:NAMED])
    if len(fitting) > NAMED:
        names = sentence("{names}等", names=names)
    return sentence(
        "“{text}”可能是 {count} 个机关：{names}；请写文件夹名或全称",
        text=text,
        count=len(fitting),
        names=names,
    )


def _nobody(agencies: Mapping[str, Agency], text: str) -> Text:
    near = bodies.near(agencies, text)
    if near is None:
        return sentence(
            "没有“{text}”这个机关，请先 gongkai new agency，再写它的文件夹名或名称", text=text
        )
    return sentence(
        "没有“{text}”这个机关，是否应为“{name}”（{slug}）？",
        text=text,
        name=near.name,
        slug=near.slug,
    )
