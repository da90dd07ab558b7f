"""One window of Firefox, WebKit or Chromium behind one small interface, so that the same test looks through all three.

Firefox (Debian's firefox-esr) is spoken to with WebDriver BiDi over its own port, since Debian has no geckodriver; WebKit (MiniBrowser
under Xvfb) with selenium, whose driver is in webkit2gtk-driver; Chromium, the control, with Playwright as everywhere in these tests.
"""

from __future__ import annotations

import base64
import io
import json
import os
import re
import shutil
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import websocket
from PIL import ImageGrab
from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.action_builder import ActionBuilder

SECONDS = 30
# How WebDriver writes the keys that are no letters, and Playwright's name of each.
KEYS = {
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Escape": "\ue00c",
    "ArrowRight": "\ue014",
    "Space": " ",
}
SHOWN = "(selector) => Boolean(document.querySelector(selector)?.getClientRects().length)"
# What stands in the page on a point of an element that can be clicked: it is brought into view first.
POINT = """(selector) => {
  const node = document.querySelector(selector);
  node.scrollIntoView({ block: "center", behavior: "instant" });
  const box = node.getClientRects()[0];
  return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
}"""


class NotReadyError(Exception):
    """The page is between two documents, or the engine has not answered."""


class Window(ABC):
    """One window of one engine. Functions are JavaScript, take and give what JSON can say."""

    def __init__(self, version: str) -> None:
        self.version = version

    def open(self, address: str) -> None:
        """Another page, once all of it is loaded."""
        self._leave(lambda: self._go(address))

    def reload(self) -> None:
        self._leave(self._again)

    def ask(self, function: str, *arguments: object) -> Any:
        """What a function says in the page."""
        asked = f"async (text) => JSON.stringify((await ({function})(...JSON.parse(text))) ?? null)"
        return json.loads(self._run(asked, json.dumps(arguments)))

    def until(self, function: str, *arguments: object) -> None:
        """Waits until a function says yes."""
        end = time.monotonic() + SECONDS
        answer: object = None
        while time.monotonic() < end:
            try:
                answer = self.ask(function, *arguments)
            except NotReadyError as error:  # asked between two pages
                answer = error
            if answer is True:
                return
            time.sleep(0.02)
        pytest.fail(f"not true after {SECONDS} s: {function} {arguments}: {answer}")

    def comes_to(self, function: str, expected: object) -> None:
        """Waits until a function says what is expected: an engine answers a click a little later."""
        end = time.monotonic() + SECONDS
        while (answer := self.ask(function)) != expected and time.monotonic() < end:
            time.sleep(0.02)
        assert answer == expected

    def click(self, selector: str) -> None:
        """A click of the mouse on the middle of the first element, once there is one and it is shown."""
        self.until(SHOWN, selector)
        horizontal, vertical = self.ask(POINT, selector)
        self._click(horizontal, vertical)

    def write(self, text: str) -> None:
        for letter in text:
            self._press(letter)

    def press(self, key: str) -> None:
        """A key by its name."""
        self._press(KEYS[key])

    def _leave(self, go: Callable[[], None]) -> None:
        """Whatever leads to another document: done when a new one is there and complete."""
        self.ask("() => { window.left = true }")
        go()
        self.until(
            "() => document.readyState === 'complete' && !window.left && location.href !== 'about:blank'"
        )

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Makes the page's own part of the window so large."""

    @abstractmethod
    def picture(self) -> bytes:
        """What the window shows, as PNG."""

    @abstractmethod
    def close(self) -> None: ...

    @abstractmethod
    def _go(self, address: str) -> None: ...

    @abstractmethod
    def _again(self) -> None: ...

    @abstractmethod
    def _run(self, function: str, text: str) -> str: ...

    @abstractmethod
    def _click(self, horizontal: int, vertical: int) -> None: ...

    @abstractmethod
    def _press(self, letter: str) -> None: ...


class Firefox(Window):
    """Firefox, by the messages of WebDriver BiDi: https://w3c.github.io/webdriver-bidi/."""

    def __init__(self, folder: Path, *, dark: bool = False) -> None:
        program = program_named("firefox-esr")
        settings = {
            # What the system would say: 0 is dark, 1 is light.
            "layout.css.prefers-color-scheme.content-override": int(not dark),
            "ui.prefersReducedMotion": 1,
        }
        lines = [f'user_pref("{name}", {json.dumps(value)});' for name, value in settings.items()]
        profile = folder / "profile"
        profile.mkdir(parents=True)
        (profile / "user.js").write_text("\n".join(lines), "utf-8")
        command = [
            program,
            "--headless",
            "--no-remote",
            "--profile",
            str(profile),
            "--remote-debugging-port",
            "0",
            "about:blank",
        ]
        log = folder / "log"
        self._process = started(
            command, log, {"HOME": str(folder), "MOZ_CRASHREPORTER_DISABLE": "1"}
        )
        try:
            address = said(log, r"WebDriver BiDi listening on (ws://\S+)", self._process)
            self._line = websocket.create_connection(
                f"{address}/session", timeout=SECONDS, suppress_origin=True
            )
            self._number = 0
            session = self._tell("session.new", capabilities={})
            # In the first tab the address bar has the focus, and no button would hear the Enter key.
            self._tab = self._tell("browsingContext.create", type="tab")["context"]
        except BaseException:
            stopped(self._process)
            raise
        super().__init__(session["capabilities"]["browserVersion"])

    def resize(self, width: int, height: int) -> None:
        self._tell(
            "browsingContext.setViewport",
            context=self._tab,
            viewport={"width": width, "height": height},
        )
        self.until("(width) => innerWidth === width", width)

    def picture(self) -> bytes:
        return base64.b64decode(
            self._tell("browsingContext.captureScreenshot", context=self._tab)["data"]
        )

    def printed(self) -> bytes:
        """The page as Firefox prints it: a PDF."""
        return base64.b64decode(self._tell("browsingContext.print", context=self._tab)["data"])

    def close(self) -> None:
        with suppress(NotReadyError, OSError):
            self._tell("browser.close")
        stopped(self._process)

    def _go(self, address: str) -> None:
        self._tell("browsingContext.navigate", context=self._tab, url=address, wait="none")

    def _again(self) -> None:
        self._tell("browsingContext.reload", context=self._tab, wait="none")

    def _run(self, function: str, text: str) -> str:
        answer = self._tell(
            "script.callFunction",
            functionDeclaration=function,
            arguments=[{"type": "string", "value": text}],
            target={"context": self._tab},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise NotReadyError(answer["exceptionDetails"]["text"])
        value: str = answer["result"]["value"]
        return value

    def _click(self, horizontal: int, vertical: int) -> None:
        down = {"type": "pointerDown", "button": 0}
        up = {"type": "pointerUp", "button": 0}
        move = {"type": "pointerMove", "x": horizontal, "y": vertical}
        self._act({"type": "pointer", "id": "mouse", "actions": [move, down, up]})

    def _press(self, letter: str) -> None:
        actions = [{"type": "keyDown", "value": letter}, {"type": "keyUp", "value": letter}]
        self._act({"type": "key", "id": "keyboard", "actions": actions})

    def _act(self, source: dict[str, object]) -> None:
        self._tell("input.performActions", context=self._tab, actions=[source])

    def _tell(self, method: str, **parameters: object) -> Any:
        """One message and its answer; what comes in between are events that nobody asked for."""
        self._number += 1
        try:
            self._line.send(
                json.dumps({"id": self._number, "method": method, "params": parameters})
            )
            while (answer := json.loads(self._line.recv())).get("id") != self._number:
                pass
        except websocket.WebSocketException as error:
            raise NotReadyError(f"Firefox did not answer {method}: {error}") from error
        if answer["type"] == "error":
            raise NotReadyError(f"{method}: {answer['error']}: {answer['message']}")
        return answer["result"]


# MiniBrowser's own buttons would keep its window from becoming as narrow as a phone.
NARROW = "* { min-width: 0; padding: 0; margin: 0; border-width: 0 }\nimage { -gtk-icon-transform: scale(0.2) }\n"


class WebKit(Window):
    """WebKitGTK's MiniBrowser on a screen of its own."""

    def __init__(self, folder: Path, *, dark: bool = False) -> None:
        driver = program_named("WebKitWebDriver")
        self._screen, self._display = screen(folder)
        try:
            style = folder / "config" / "gtk-3.0" / "gtk.css"
            style.parent.mkdir(parents=True)
            style.write_text(NARROW, "utf-8")
            options = webdriver.WebKitGTKOptions()
            options.binary_location = minibrowser()
            options.add_argument("--automation")
            # The driver's own way to wait hangs now and then; `Window` waits itself.
            options.page_load_strategy = "none"
            told = {
                "DISPLAY": self._display,
                "HOME": str(folder),
                "XDG_CONFIG_HOME": str(folder / "config"),
                "GTK_THEME": "Adwaita:dark" if dark else "Adwaita",
                "NO_AT_BRIDGE": "1",
                "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
                "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
            }
            service = webdriver.WebKitGTKService(
                driver, env={**os.environ, **told}, log_output=str(folder / "log")
            )
            self._driver = webdriver.WebKitGTK(options=options, service=service)
        except BaseException:
            stopped(self._screen)
            raise
        self._driver.set_script_timeout(SECONDS)
        super().__init__(self._driver.capabilities["browserVersion"])

    def resize(self, width: int, height: int) -> None:
        bars = self.ask("() => outerHeight - innerHeight")
        self._driver.set_window_rect(0, 0, width, height + bars)
        self.until("(width) => innerWidth === width", width)

    def picture(self) -> bytes:
        """Taken from the screen: the driver's own picture is never finished now and then."""
        width, height, bars = self.ask("() => [innerWidth, innerHeight, outerHeight - innerHeight]")
        image = ImageGrab.grab(xdisplay=self._display).crop((0, bars, width, bars + height))
        stream = io.BytesIO()
        image.save(stream, "PNG")
        return stream.getvalue()

    def close(self) -> None:
        with suppress(Exception):  # a driver that died before is closed all the same
            self._driver.quit()
        stopped(self._screen)

    def _go(self, address: str) -> None:
        self._driver.get(address)

    def _again(self) -> None:
        self._driver.refresh()

    def _run(self, function: str, text: str) -> str:
        try:
            answer: str = self._driver.execute_script(f"return ({function})(arguments[0])", text)
        except WebDriverException as error:
            raise NotReadyError(str(error.msg)) from error
        return answer

    def _click(self, horizontal: int, vertical: int) -> None:
        actions = ActionBuilder(self._driver, duration=0)
        actions.pointer_action.move_to_location(horizontal, vertical).click()
        actions.perform()

    def _press(self, letter: str) -> None:
        ActionChains(self._driver).send_keys(letter).perform()


class Chromium(Window):
    """The engine that all other tests look through."""

    def __init__(self, browser: Browser, *, dark: bool = False) -> None:
        self._context = browser.new_context(
            color_scheme="dark" if dark else "light", reduced_motion="reduce"
        )
        self._page = self._context.new_page()
        super().__init__(browser.version)

    def resize(self, width: int, height: int) -> None:
        self._page.set_viewport_size({"width": width, "height": height})

    def picture(self) -> bytes:
        return self._page.screenshot()

    def close(self) -> None:
        self._context.close()

    def _go(self, address: str) -> None:
        self._page.goto(address)

    def _again(self) -> None:
        self._page.reload()

    def _run(self, function: str, text: str) -> str:
        try:
            answer: str = self._page.evaluate(function, text)
        except PlaywrightError as error:
            raise NotReadyError(error.message) from error
        return answer

    def _click(self, horizontal: int, vertical: int) -> None:
        self._page.mouse.click(horizontal, vertical)

    def _press(self, letter: str) -> None:
        names = {value: key for key, value in KEYS.items()}
        if letter in names:
            self._page.keyboard.press(names[letter])
        else:
            self._page.keyboard.type(letter)


def program_named(name: str) -> str:
    """Where a program is. One that is missing is a failure: a referee that stays away has not agreed."""
    path = shutil.which(name)
    if path is None:
        pytest.fail(
            f"{name} is not installed. `./run referees` installs firefox-esr, webkit2gtk-driver and xvfb.",
            pytrace=False,
        )
    return path


def minibrowser() -> str:
    places = sorted(Path("/usr").glob("lib/*/webkit2gtk-4.*/MiniBrowser"))
    if not places:
        pytest.fail(
            "WebKitGTK's MiniBrowser is not installed. `./run referees` installs webkit2gtk-driver.",
            pytrace=False,
        )
    return str(places[-1])


def started(command: list[str], log: Path, told: dict[str, str]) -> subprocess.Popen[bytes]:
    """A program in a group of its own, so that its children end with it; what it says goes into a file."""
    with log.open("wb") as stream:
        return subprocess.Popen(
            command,
            stdout=stream,
            stderr=stream,
            env={**os.environ, **told},
            start_new_session=True,
        )


def said(log: Path, pattern: str, process: subprocess.Popen[bytes]) -> str:
    """What a program that is starting has said, once it has."""
    end = time.monotonic() + SECONDS
    while not (match := re.search(pattern, log.read_text("utf-8", "replace"))):
        if process.poll() is not None or time.monotonic() > end:
            raise NotReadyError(
                f"{process.args!r} did not start: {log.read_text('utf-8', 'replace')[-500:]}"
            )
        time.sleep(0.05)
    return match[1]


def stopped(process: subprocess.Popen[bytes]) -> None:
    """Ends a program that was started here, with its children."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def screen(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A screen in memory, and its name; Xvfb itself looks for a number that is free."""
    folder.mkdir(parents=True, exist_ok=True)
    program = program_named("Xvfb")
    log = folder / "screen"
    process = started(
        [program, "-displayfd", "1", "-screen", "0", "1600x2400x24", "-nolisten", "tcp"], log, {}
    )
    try:
        return process, ":" + said(log, r"(?m)^(\d+)$", process)
    except BaseException:
        stopped(process)
        raise


def begun(start: Callable[[Path], Window], folder: Path, tries: int = 3) -> Window:
    """A window. Only its start is tried again: a machine that is busy may be too slow for it once."""
    for attempt in range(1, tries):
        with suppress(Exception):
            return start(folder / str(attempt))
    return start(folder / str(tries))
