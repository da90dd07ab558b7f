"""A view and a template to a page. The only user of Jinja2.

A template sees the view as `page` and three functions: `url(path)` makes an address of the site
relative to the page, `say` and `plural` speak the page's language (language/speech.py). Undefined
names are errors, everything is escaped, and `{% extends "base:report.html" %}` names the layer of a
template that is overridden.
"""

from __future__ import annotations

import posixpath
import traceback
from collections.abc import Callable, Iterator
from functools import cached_property

import jinja2
import jinja2.meta

from generator.language.sentence import sentence
from generator.language.speech import speech
from generator.model import address
from generator.model.digest import digest
from generator.model.finding import Location
from generator.model.frame import Frame
from generator.model.job import JobProblem
from generator.model.theme import Theme
from generator.model.view import View
from generator.render.marking import mark_chinese

NOT_FOUND = "404.html"


def relative(start: str, target: str, root: str = "") -> str:
    """The way from one file of the site to another, both as references.

    A web address or an anchor stays as it is.

    Files are named in full (`../2023/index.html`), so that the tree also works from a disk. `root`
    serves the page for unknown addresses: it is shown at any depth and can only link from the top.
    """
    if address.elsewhere(target) or target.startswith(("#", *address.CONTACT)):
        return target
    path, mark, anchor = target.partition("#")
    path = f"{path}index.html" if _is_page(path) else path
    way = root + path if root else posixpath.relpath(path, posixpath.dirname(start) or ".")
    return address.tidy(way + mark + anchor)


def _is_page(path: str) -> bool:
    return path.endswith("/") or not path


def _ways(frame: Frame) -> Callable[..., str]:
    """The function `url` of a page.

    Paths of pages lead to those of the same language, or of the one whose `prefix` is given; files
    are the same for all.
    """
    root = frame.root if frame.path == NOT_FOUND else ""
    start = f"{frame.prefix}{frame.path}"

    def url(target: str, prefix: str = frame.prefix) -> str:
        here = not target.startswith("#") and not address.elsewhere(target)
        page = here and _is_page(target.partition("#")[0])
        return relative(start, f"{prefix}{target}" if page else target, root)

    return url


class Templates:
    """The templates of a theme, compiled on first use."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.closures: dict[str, str] = {}
        self.reached: dict[str, tuple[str, ...]] = {}

    @cached_property
    def environment(self) -> jinja2.Environment:
        """Jinja2, with undefined names as errors and everything escaped."""
        return jinja2.Environment(
            loader=jinja2.FunctionLoader(self._load),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )

    def _find(self, name: str) -> tuple[str, str] | None:
        """(text, path) of a template.

        `layer:file` looks in the layers from that one on, a bare name in all.
        """
        layer, _, file = name.rpartition(":")
        names = [folder.name for folder in self.theme.layers]
        start = names.index(layer) if layer in names else 0
        for folder in self.theme.layers[start:]:
            if file in folder.templates:
                return folder.templates[file], folder.paths[file]
        return None

    def _load(self, name: str) -> tuple[str, str, None] | None:
        template = self._find(name)
        return None if template is None else (*template, None)

    def closure(self, name: str) -> str:
        """A digest of a template and every template it can reach.

        A name computed at run time would escape it and is refused.
        """
        if name in self.closures:
            return self.closures[name]
        texts: dict[str, str] = {}
        queue = [name]
        while queue:
            current = queue.pop()
            template = self._find(current)
            if current in texts or template is None:
                continue
            texts[current] = template[0]
            text, path = template
            if path not in self.reached:  # the layout stands behind every page
                self.reached[path] = tuple(self._references(text, path))
            queue += self.reached[path]
        self.closures[name] = digest(dict(sorted(texts.items())))
        return self.closures[name]

    def _references(self, text: str, path: str) -> Iterator[str]:
        try:
            tree = self.environment.parse(text)
        except jinja2.TemplateSyntaxError as error:
            raise _syntax_problem(error, Location(path, error.lineno)) from None
        for name in jinja2.meta.find_referenced_templates(tree):
            if name is None:
                raise JobProblem(
                    "B-04",
                    Location(path),
                    sentence("include 和 extends 只能写固定的名称"),
                )
            yield name

    def render(self, name: str, page: View) -> str:
        """The page as HTML text.

        Raises JobProblem at the template's line when the template is at fault.
        """
        frame: Frame = page.frame
        try:
            template = self.environment.get_template(name)
            say = speech(frame.language)
            text = template.render(page=page, url=_ways(frame), say=say, plural=say.plural)
            return text if say.style.chinese else mark_chinese(text)
        except jinja2.TemplateSyntaxError as error:
            at = Location(error.filename or error.name or name, error.lineno)
            raise _syntax_problem(error, at) from None
        except jinja2.TemplateNotFound as error:
            raise JobProblem(
                "B-04",
                Location(f"templates/{error.name}"),
                sentence("没有这个模板"),
            ) from None
        except jinja2.UndefinedError as error:
            raise JobProblem(
                "B-04",
                _place(error, name),
                sentence("模板用了不存在的名称：{error}", error=error.message),
            ) from None
        except (
            TypeError,
            ValueError,
            ArithmeticError,
            LookupError,
            RecursionError,
            jinja2.TemplateError,
        ) as error:
            if not _frames(error):
                raise  # not in a template: our bug
            reason = f"{type(error).__name__}: {error}"
            raise JobProblem(
                "B-04",
                _place(error, name),
                sentence("模板出错：{reason}", reason=reason),
            ) from None


def _syntax_problem(error: jinja2.TemplateSyntaxError, at: Location) -> JobProblem:
    text = sentence("模板语法有误：{error}", error=error.message)
    return JobProblem("B-04", at, text)


def _frames(error: BaseException) -> list[traceback.FrameSummary]:
    return [
        entry
        for entry in traceback.extract_tb(error.__traceback__)
        if entry.filename.endswith(".html")
    ]


def _place(error: BaseException, name: str) -> Location:
    """Where in a template an error arose: the last frame of the traceback that is a template's."""
    frames = _frames(error)
    if not frames:
        return Location(f"templates/{name}")
    return Location(frames[-1].filename, frames[-1].lineno or 1)
