"""Print HTML to PDF. The only user of WeasyPrint, which is imported only where a PDF is made.

Only the images of the report's own folder are read, and nothing is fetched from the network. Where
no font has a character, there is no PDF with an empty box but a sentence that names the font
package.
"""

from __future__ import annotations

import atexit
import gc
import logging
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.language.sentence import sentence
from generator.model import address
from generator.model.digest import digest, made_by
from generator.model.finding import Text
from generator.model.job import Payload, Printed
from generator.render import fonts

if TYPE_CHECKING:
    from weasyprint import CSS, HTML, Attachment
    from weasyprint.text.fonts import FontConfiguration

LEAN_VERSION = "70.0"
UNUSED = re.compile("(?m)^::(?:footnote|note)-[^{]*{[^}]*}")
FOLDER = "file:///report/"
REFUSAL = "not a file of this report: "
# What decides the bytes of a PDF besides its print page.
LIBRARIES = ("weasyprint", "pydyf", "fonttools", "tinyhtml5", "tinycss2", "pillow", "uharfbuzz")
SOURCES = ("pdf.py", "fonts.py", "charset.py", "tagging.py", "print_tables.py", "metadata.py")
LANGUAGE = "zh-CN"
VARIANT = "pdf/a-3a"
# The packed small objects may by chance end as no stream may (tagging._pack). They are packed in
# another way then, at most so many times.
BAD_END = b"\r\nendstream"
TURNS = 20
# In a payload: the date of attachments, and the prefix of their names.
DATED = "dated"
ATTACHED = "attached/"
EPOCH = datetime(2000, 1, 1)
# The data inside a PDF: the description and the relation to the document (ISO 19005-3, annex E).
ATTACHMENTS = {
    "report.yaml": ("报告的全部数字、说明和更正（YAML）", "Source"),
    "tables.csv": ("三张法定表，每格一行（CSV）", "Data"),
    "findings.json": ("数据核对的结果（JSON）", "Supplement"),
}
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
)
FONT_SUFFIXES = (".ttf", ".otf", ".ttc")


@cache
def recipe() -> str:
    """A digest of what decides the bytes besides the page: our code and the libraries.

    No library is imported for it.
    """
    return made_by((Path(__file__).with_name(name) for name in SOURCES), LIBRARIES)


@cache
def installed() -> str:
    """A digest of the fonts of this machine, by name and size.

    PDFs are made again when it changes.
    """
    fonts_on_disk = []
    for folder in FONT_FOLDERS:
        for path, _, names in os.walk(Path(folder).expanduser()):
            for name in names:
                file = Path(path) / name
                if name.lower().endswith(FONT_SUFFIXES) and file.is_file():
                    fonts_on_disk.append(f"{name}:{file.stat().st_size}")
    return digest(sorted(fonts_on_disk))


@cache
def _style(css: str) -> tuple[CSS, FontConfiguration]:
    """The style sheet, parsed once for each process."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    configuration = FontConfiguration()
    # The configuration removes its copies of the fonts when it goes, for which Python's own end is
    # too late.
    atexit.register(_style.cache_clear)
    fetcher = _fetcher(lambda name: fonts.faces()[name].read_bytes(), "")
    sheet = CSS(string=fonts.style() + css, font_config=configuration, url_fetcher=fetcher)
    gc.collect()
    gc.freeze()  # these objects stay: the collector need not look at them after every report
    return sheet, configuration


@cache
def _page_type() -> type[HTML]:
    """WeasyPrint's HTML, without the style rules for footnotes and markers of every element.

    Those rules make WeasyPrint work out six styles for each cell, from which nothing is drawn
    (docs/decisions/0027). They are removed only for the version that was measured.
    """
    import weasyprint

    class Lean(weasyprint.HTML):  # type: ignore[misc]
        def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
            return [sheet]

    if weasyprint.VERSION != LEAN_VERSION:
        usual: type[HTML] = weasyprint.HTML
        return usual
    text = (resources.files("weasyprint") / "css/html5_ua.css").read_text("utf-8")
    text = UNUSED.sub("", text).replace("\n::marker", "\nli::marker")
    sheet = weasyprint.CSS(string=text)
    return Lean


def press(html: bytes, payload: Payload) -> Printed:
    """The PDF of a print page.

    `payload` holds the style sheet under `css`, and images under their names. Garbage is collected
    only afterwards: a report is a hundred thousand objects that are all in use, and looking through
    them again and again takes an eighth of the time (docs/decisions/0027).
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _press(html, payload)
    finally:
        gc.collect()
        if collecting:
            gc.enable()


def _press(html: bytes, payload: Payload) -> Printed:
    try:
        from weasyprint.urls import URLFetchingError

        from generator.render import print_tables, tagging

        page_type = _page_type()
    except (ImportError, OSError) as error:
        return Printed(None, (_libraries(error),))
    text = html.decode()
    rows = print_tables.read(text)
    fetcher = _fetcher(payload.__getitem__, FOLDER)
    listener = _Listener()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    logger.propagate = False
    try:
        style, configuration = _style(payload["css"].decode())
        page = page_type(string=print_tables.bare(text), base_url=FOLDER, url_fetcher=fetcher)
        # WeasyPrint takes the typed numbers of lists (`start`, `value`) for hints of HTML, which it
        # follows only when told to.
        document = page.render(
            stylesheets=[style],
            font_config=configuration,
            pdf_variant=VARIANT,
            presentational_hints=True,
        )
        for spare in range(TURNS):
            finish = partial(tagging.finish, rows=rows, language=LANGUAGE, spare=spare)
            data = document.write_pdf(
                finisher=finish, pdf_variant=VARIANT, attachments=_attachments(payload)
            )
            if BAD_END not in data:
                break
    except tagging.Mismatch as error:
        message = sentence("PDF 的表格与网页不一致：{error}", error=error)
        return Printed(None, (message,))
    except URLFetchingError as error:
        source = str(error).rpartition(REFUSAL)[2]
        message = sentence(
            "主题的打印样式 print.css 要读取别处的文件，请删去这一条：{source}", source=source
        )
        return Printed(None, (message,))
    finally:
        logger.removeHandler(listener)
    problems = tuple(listener.problems())
    return Printed(None, problems) if problems else Printed(data)


def _attachments(payload: Payload) -> list[Attachment]:
    """The data that travel in the PDF, described; their date is never the day of the build."""
    from weasyprint import Attachment

    day = datetime.fromisoformat(payload[DATED].decode()) if DATED in payload else EPOCH
    attachments = []
    for name, (description, relation) in ATTACHMENTS.items():
        data = payload.get(f"{ATTACHED}{name}")
        if data is not None:
            attachment = Attachment(
                string=data,
                name=name,
                description=description,
                relationship=relation,
                created=day,
                modified=day,
            )
            attachments.append(attachment)
    return attachments


def _fetcher(read: Callable[[str], bytes], folder: str) -> Any:
    """A fetcher that gives WeasyPrint the files below `folder` and refuses everything else.

    `read` returns the bytes for a name, or raises KeyError.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            if url.startswith(folder):
                with suppress(KeyError):
                    return URLFetcherResponse(url, read(address.decoded(url.removeprefix(folder))))
            raise ValueError(f"{REFUSAL}{url}")

    return OwnFiles()


class _Listener(logging.Handler):
    """Collects the messages of WeasyPrint: missing glyphs and failed images are problems."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())

    def problems(self) -> Iterator[Text]:
        missing = [message for message in self.messages if ".notdef" in message]
        if missing:
            yield _font(missing)
        for message in self.messages:
            if message.startswith(("Failed to load", "Failed to render")):
                yield sentence("图片无法印入 PDF：{reason}", reason=message)


def _font(messages: list[str]) -> Text:
    quoted = (message.split('"')[1] for message in messages if message.count('"') >= 2)
    characters = "".join(dict.fromkeys(quoted))[:20]
    return sentence(
        "系统没有能显示这些汉字的字体：{characters}。请安装中文字体：apt-get "
        "install fonts-noto-cjk（生僻字另装 fonts-noto-cjk-extra 或 fonts-hanazono）",
        characters=characters,
    )


def _libraries(error: Exception) -> Text:
    packages = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    return sentence(
        "生成 PDF 所需的系统库不全（{error}）。请安装：apt-get install "
        "{packages}；暂不需要 PDF 时可用 --no-pdf",
        error=error,
        packages=packages,
    )
