"""Print HTML to PDF. The only user of WeasyPrint, which is imported only where a PDF is made.

Nothing is fetched but the images of the report's own folder. A character that no font can draw is a failure that names the font
package, never a box on paper.
"""

from __future__ import annotations

import atexit
import gc
import logging
import os
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache, partial
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from generator.model.digest import digest
from generator.model.finding import Text
from generator.model.job import Payload, Printed
from generator.render import fonts

if TYPE_CHECKING:
    from weasyprint import CSS, HTML, Attachment
    from weasyprint.text.fonts import FontConfiguration

LEAN_VERSION = "70.0"
UNUSED = re.compile("(?m)^::(?:footnote|note)-[^{]*{[^}]*}")
FOLDER = "file:///report/"
# What decides the bytes of a PDF beside its print page.
LIBRARIES = ("weasyprint", "pydyf", "fonttools", "tinyhtml5", "tinycss2", "pillow", "uharfbuzz")
SOURCES = ("pdf.py", "fonts.py", "tagging.py", "print_tables.py", "metadata.py")
LANGUAGE, VARIANT = "zh-CN", "pdf/a-3a"
# The packed small objects may by chance end as no stream may (tagging._pack); packed otherwise they will not.
BAD_END, TURNS = b"\r\nendstream", 20
# In a payload: the day that attachments are dated, and the prefix of their names.
DATED, ATTACHED = "dated", "attached/"
EPOCH = datetime(2000, 1, 1)
# The data inside a PDF: what each file is and how it relates to the document (ISO 19005-3, annex E).
ATTACHMENTS = {
    "report.yaml": ("报告的全部数字、说明和更正（YAML）", "Source"),
    "tables.csv": ("三张法定表，每格一行（CSV）", "Data"),
    "findings.json": ("数据核对的结果（JSON）", "Supplement"),
}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/Library/Fonts", "/System/Library/Fonts")
IGNORED = ("Unknown rendering option",)


@cache
def recipe() -> str:
    """A digest of what decides the bytes beside the page: this file and the libraries, none of which is imported for it."""
    versions = [metadata.version(name) for name in LIBRARIES]
    sources = [(Path(__file__).parent / name).read_text("utf-8") for name in SOURCES]
    return digest(versions, sources)


@cache
def installed() -> str:
    """A digest of the fonts installed on this machine, by name and size: a PDF is made again when they change."""
    files = []
    for folder in FONT_FOLDERS:
        for path, _, names in os.walk(Path(folder).expanduser()):
            fonts_here = [Path(path) / name for name in names if name.lower().endswith((".ttf", ".otf", ".ttc"))]
            files += [f"{file.name}:{file.stat().st_size}" for file in fonts_here if file.is_file()]
    return digest(sorted(files))


@cache
def _style(css: str) -> tuple[CSS, FontConfiguration]:
    """The style sheet parsed once for each process."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    configuration = FontConfiguration()
    atexit.register(_style.cache_clear)  # it removes its copies of the fonts, which is too late once modules are torn down
    sheet = CSS(
        string=fonts.style() + css, font_config=configuration, url_fetcher=_fetcher(lambda name: fonts.faces()[name].read_bytes(), "")
    )
    gc.collect()
    gc.freeze()  # what is there now stays, and need not be looked through after every report
    return sheet, configuration


@cache
def _page_type() -> type[HTML]:
    """WeasyPrint's HTML; for the version that was measured, without the style rules that reach for footnotes and markers of every
    element: it works out six styles for each cell that nothing is drawn from (docs/decisions/0027).
    """
    import weasyprint

    class Lean(weasyprint.HTML):  # type: ignore[misc]
        def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
            return [sheet]

    if weasyprint.VERSION != LEAN_VERSION:
        usual: type[HTML] = weasyprint.HTML
        return usual
    text = (resources.files("weasyprint") / "css/html5_ua.css").read_text("utf-8")
    sheet = weasyprint.CSS(string=UNUSED.sub("", text).replace("\n::marker", "\nli::marker"))
    return Lean


def press(html: bytes, payload: Payload) -> Printed:
    """The PDF of a print page. `payload` holds the style sheet under `css`, and images under their names.

    Nothing is collected meanwhile, and everything afterwards: a report is a hundred thousand objects that are all in use, and looking
    through them again and again takes an eighth of the time (docs/decisions/0027).
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
        from generator.render import print_tables, tagging

        page = _page_type()
    except (ImportError, OSError) as error:
        return Printed(None, (_libraries(error),))
    style, configuration = _style(payload["css"].decode())
    text = html.decode()
    rows = print_tables.read(text)
    heard = _Listener()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(heard)
    logger.propagate = False
    try:
        source = page(string=print_tables.bare(text), base_url=FOLDER, url_fetcher=_fetcher(payload.__getitem__, FOLDER))
        document = source.render(stylesheets=[style], font_config=configuration, pdf_variant=VARIANT)
        for spare in range(TURNS):
            finish = partial(tagging.finish, rows=rows, language=LANGUAGE, spare=spare)
            data = document.write_pdf(finisher=finish, pdf_variant=VARIANT, attachments=_attachments(payload))
            if BAD_END not in data:
                break
    except tagging.Mismatch as error:
        return Printed(None, (Text(f"PDF 的表格与网页不一致：{error}", f"the tables of the PDF differ from the page: {error}"),))
    finally:
        logger.removeHandler(heard)
    problems = tuple(heard.problems())
    return Printed(None, problems) if problems else Printed(data)


def _attachments(payload: Payload) -> list[Attachment]:
    """The data that travel in the PDF: what each file is, and a date that is never the day of the build."""
    from weasyprint import Attachment

    made = datetime.fromisoformat(payload[DATED].decode()) if DATED in payload else EPOCH
    return [
        Attachment(string=payload[f"{ATTACHED}{name}"], name=name, description=said, relationship=relation, created=made, modified=made)
        for name, (said, relation) in ATTACHMENTS.items()
        if f"{ATTACHED}{name}" in payload
    ]


def _fetcher(known: Callable[[str], bytes], folder: str) -> Any:
    """A fetcher that knows the report's own images (below `folder`) or our own fonts, and refuses everything else: `known` gives the bytes
    for a name, or raises KeyError."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            try:
                if url.startswith(folder):
                    return URLFetcherResponse(url, known(unquote(url.removeprefix(folder))))
            except KeyError:
                pass
            raise ValueError(f"not a file of this report: {url}")

    return OwnFiles()


class _Listener(logging.Handler):
    """Collects what WeasyPrint says while it works: characters without a glyph and images that failed are problems."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record.getMessage())

    def problems(self) -> Iterator[Text]:
        missing = [message for message in self.records if ".notdef" in message]
        if missing:
            yield _font(missing)
        for message in self.records:
            if message.startswith(("Failed to load", "Failed to render")):
                yield Text(f"图片无法印入 PDF：{message}", f"an image cannot be printed: {message}")


def _font(messages: list[str]) -> Text:
    characters = "".join(dict.fromkeys(message.split('"')[1] for message in messages if message.count('"') >= 2))[:20]
    return Text(
        f"系统没有能显示这些汉字的字体：{characters}。请安装中文字体：apt-get install fonts-noto-cjk"
        "（生僻字另装 fonts-noto-cjk-extra 或 fonts-hanazono）",
        f"no installed font has these characters: {characters}. Install a Chinese font: apt-get install fonts-noto-cjk "
        "(for rare ones also fonts-noto-cjk-extra or fonts-hanazono)",
    )


def _libraries(error: Exception) -> Text:
    packages = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    return Text(
        f"生成 PDF 所需的系统库不全（{error}）。请安装：apt-get install {packages}；暂不需要 PDF 时可用 --no-pdf",
        f"system libraries for PDF are missing ({error}). Install: apt-get install {packages}; or build with --no-pdf",
    )
