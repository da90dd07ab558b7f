"""S-08: the notice and the regulation that a report says it is made by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from generator.check.case import Case
from generator.check.wording import Wording, alternatives, any_of, wordings
from generator.language.quantities import chinese, fold
from generator.language.sentence import sentence
from generator.model.finding import Finding
from generator.model.format import Format

NOTICE = re.compile(r"国办公开办函\s*[〔﹝\[(【［（]\s*(\d{4})\s*[〕﹞\])】］）]\s*(\d+)\s*号")
# A number in brackets behind a title, whatever office gave it.
NUMBER = re.compile(
    r"[》〉”\"]?\s{0,2}[（(〔]?\s{0,2}(?P<series>国办[\u4e00-\u9fff]{0,5})"
    r"\s*[〔﹝\[(【［（]\s*(?P<year>\d{4})\s*[〕﹞\])】］）]\s*(?P<number>\d+)\s*号"
)
SERIES = "国办公开办函"
# 国务院令第711号, 国务院第711号令, 国务院令（第711号）, 第711条 by a slip.
DECREE = re.compile(
    r"(?:国务院\s?令?|国令)\s?[（(]?\s?第?\s?(?P<number>\d{2,4})\s?(?P<unit>号令?|条)|"
    r"第\s?(?P<number2>\d{3,4})\s?(?P<unit2>号国务院令|号令|条)"
)
ARTICLE = re.compile(r"第\s?(?P<article>[零〇一二三四五六七八九十百]{1,7}|\d{1,4})\s?条")
# How far behind the name of the regulation its number or article stands.
BEHIND = 26


def check(case: Case) -> Iterator[Finding]:
    """What a report cites and should not."""
    texts = list(wordings(case))
    for wording in texts:
        yield from _notice(wording)
        yield from _titles(wording, texts)
        yield from _decrees(wording)


def _notice(wording: Wording) -> Iterator[Finding]:
    """A text that names the notice of another form and nowhere that of its own."""
    case = wording.case
    cited = {_number(match): match for match in NOTICE.finditer(wording.read)}
    forms = _forms_by_notice(case)
    form = case.report.format
    if any(forms.get(number) is form for number in cited):
        return
    for number in sorted(set(cited) & set(forms)):
        message = sentence(
            "正文引用的是 {cited}，{year} 年度适用的是 {basis}",
            cited=forms[number].basis,
            year=case.report.year,
            basis=form.basis,
        )
        yield wording.finding("S-08", cited[number].start(), message)


def _forms_by_notice(case: Case) -> Mapping[str, Format]:
    """The forms by the numbers of the notices that they come from."""
    forms = {}
    for form in case.site.law.formats:
        match = NOTICE.search(fold(form.basis))
        if match:
            forms[_number(match)] = form
    return forms


def _number(match: re.Match[str]) -> str:
    """The number of a notice, however it is written: `2021/30`."""
    return f"{match[1]}/{match[2]}"


def _titles(wording: Wording, texts: Sequence[Wording]) -> Iterator[Finding]:
    """The title of one notice with the number of another; the title of an old one alone.

    Titles of the forms up to the report's own are looked at: nothing cites what came later.
    """
    case = wording.case
    lists = case.rule("S-08").lists
    form = case.report.format
    forms = [stated for stated in case.site.law.formats if stated.first_year <= form.first_year]
    titles = {title: stated for stated in forms for title in lists.get(stated.id, ())}
    if not titles:
        return
    for match in any_of(tuple(titles)).finditer(wording.read):
        titled = titles[match[0]]
        number = NUMBER.match(wording.read, match.end())
        if number is not None:
            stated = f"{number['year']}/{number['number']}"
            expected = NOTICE.search(fold(titled.basis))
            wrong = number["series"] != SERIES or (expected and stated != _number(expected))
            if wrong and not (titled is form and _is_older(case, stated)):
                message = sentence(
                    "“{title}”的文号是 {basis}，这里写的是“{number}”",
                    title=match[0],
                    basis=titled.basis,
                    number=number[0].strip('》〉”"（( '),
                )
                yield wording.finding("S-08", match.start(), message)
        elif titled is not form and not _cites_own(texts, form, titles):
            message = sentence(
                "“{title}”是 {cited}，{year} 年度适用的是 {basis}",
                title=match[0],
                cited=titled.basis,
                year=case.report.year,
                basis=form.basis,
            )
            yield wording.finding("S-08", match.start(), message)
            return


def _is_older(case: Case, number: str) -> bool:
    """Whether a number is that of another form, which is reported for itself."""
    form = _forms_by_notice(case).get(number)
    return form is not None and form is not case.report.format


def _cites_own(texts: Sequence[Wording], form: Format, titles: Mapping[str, Format]) -> bool:
    """Whether the notice of a form is named anywhere, by its number or its title."""
    number = NOTICE.search(fold(form.basis))
    for wording in texts:
        if number and any(
            _number(match) == _number(number) for match in NOTICE.finditer(wording.read)
        ):
            return True
        if any(titles[match[0]] is form for match in any_of(tuple(titles)).finditer(wording.read)):
            return True
    return False


def _decrees(wording: Wording) -> Iterator[Finding]:
    """The regulation under its former number, or another, or one of its articles that is none."""
    rule = wording.case.rule("S-08")
    number = rule.lists["decree"][0]
    for match in _former(rule.lists["former_decrees"]).finditer(wording.read):
        if not _is_history(wording, match.start(), rule.lists["history"], number):
            message = sentence(
                "国务院令第 {former} 号是修订前的条例，现行条例是国务院令第 {number} 号",
                former=match["former"],
                number=number,
            )
            yield wording.finding("S-08", match.start(), message)
    decrees = (number, *rule.lists["former_decrees"])
    most = rule.number("articles")
    for title in any_of(rule.lists["regulation"]).finditer(wording.read):
        end = min(title.end() + BEHIND, wording.sentence(title.end())[1])
        next_title = wording.read.find("《", title.end(), end)
        end = next_title if next_title >= 0 else end
        decree = DECREE.search(wording.read, title.end(), end)
        if decree is not None:
            stated = decree["number"] or decree["number2"]
            unit = decree["unit"] or decree["unit2"]
            if unit == "条" or stated not in decrees:
                message = sentence(
                    "这里写的是“{words}”，现行条例是国务院令第 {number} 号",
                    words=decree[0].strip("（( "),
                    number=number,
                )
                yield wording.finding("S-08", decree.start(), message)
            continue
        article = ARTICLE.search(wording.read, title.end(), end)
        if article is not None and (_article(article) or 0) > most:
            message = sentence("条例只有 {most} 条，没有“{words}”", most=most, words=article[0])
            yield wording.finding("S-08", article.start(), message)


@cache
def _former(numbers: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:国务院\s?令?|国令)\s?[（(]?\s?第?|第)\s?(?P<former>{alternatives(numbers)})\s?号"
    )


def _is_history(wording: Wording, place: int, history: tuple[str, ...], number: str) -> bool:
    """Whether a sentence tells how the regulation came about."""
    start, end = wording.sentence(place)
    return any_of((*history, number)).search(wording.read, start, end) is not None


def _article(match: re.Match[str]) -> int | None:
    article = match["article"]
    return int(article) if article.isascii() else chinese(article)
