"""What click says itself, and what it says of our commands, in the language of the user.

Click asks gettext for its words; here we answer. A command's docstring begins with a Chinese
sentence, and the English one follows; options are described in English, and here in Chinese.
"""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from generator.cli.settings import CHOICES, language
from generator.language.speech import SOURCE

CHINESE_SENTENCE = re.compile(r"(?P<zh>[^A-Za-z]*[一-龥].*?。)\s*(?P<en>.*)", re.DOTALL)
# Modules of click that say something.
SPEAKING = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")
# What click says itself.
CLICK: Mapping[str, str] = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Show this message and exit.": "显示这段帮助。",
    "Show the version and exit.": "显示版本。",
    "%(prog)s, version %(version)s": "%(prog)s，版本 %(version)s",
    "default: {default}": "默认：{default}",
    "env var: {var}": "环境变量：{var}",
    "required": "必填",
    "(dynamic)": "（临时决定）",
    "Aborted!": "已中断。",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "用“{command} {option}”看帮助。",
    "Invalid value: {message}": "写得不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 写得不对：{message}",
    "Missing command.": "没有写命令。",
    "Missing argument": "没有写参数",
    "Missing option": "没有写选项",
    "Missing parameter": "没有写参数",
    "Missing {param_type}": "没有写{param_type}",
    "Missing parameter: {param_name}": "没有写参数：{param_name}",
    "No such option {name!r}.": "没有 {name} 这个选项。",
    "No such option: {name}": "没有 {name} 这个选项",
    "No such command {name!r}.": "没有 {name} 这个命令。",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是不是其中之一：{possibilities}？）",
    "(Possible options: {possibilities})": "（可用的选项：{possibilities}）",
    "unknown error": "原因不明",
    "Could not open file {filename!r}: {message}": "打不开文件 {filename}：{message}",
    "Got unexpected extra argument ({args})": "多写了参数（{args}）",
    "Got unexpected extra arguments ({args})": "多写了参数（{args}）",
    "Value must be an iterable.": "应写几个值。",
    "Takes {nargs} values but 1 was given.": "应有 {nargs} 个值，只写了 1 个。",
    "Takes {nargs} values but {len} were given.": "应有 {nargs} 个值，写了 {len} 个。",
    "Argument {name!r} takes {nargs} values.": "参数 {name} 应有 {nargs} 个值。",
    "Option {name!r} does not take a value.": "选项 {name} 后面不写值。",
    "Option {name!r} requires an argument.": "选项 {name} 后面要写一个值。",
    "Option {name!r} requires {nargs} arguments.": "选项 {name} 后面要写 {nargs} 个值。",
    "Choose from:\n\t{choices}": "可用：\n\t{choices}",
    "{value!r} is not {choice}.": "“{value}”不可用，应为 {choice}。",
    "{value!r} is not one of {choices}.": "“{value}”不可用，可用：{choices}。",
    "{value!r} does not match the format {format}.": "“{value}”不是日期，应写作 2024-01-26 的样子。",
    "{value!r} does not match the formats {formats}.": "“{value}”不是日期，应写作 2024-01-26 的样子。",
    "{value!r} is not a valid {number_type}.": "“{value}”不是{number_type}。",
    "{value} is not in the range {range}.": "{value} 不在 {range} 之内。",
    "{value!r} is not a valid boolean. Recognized values: {states}": "“{value}”不可用，可用：{states}。",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "{name} {filename!r} does not exist.": "没有“{filename}”这个{name}。",
    "{name} {filename!r} is a file.": "“{filename}”是文件，这里要文件夹。",
    "{name} {filename!r} is a directory.": "“{filename}”是文件夹，这里要文件。",
    "{name} {filename!r} is not readable.": "“{filename}”不能读取。",
    "{name} {filename!r} is not writable.": "“{filename}”不能写入。",
    "{name} {filename!r} is not executable.": "“{filename}”不能执行。",
}
# What stands for a value, or for several words of a command.
METAVARS: Mapping[str, str] = {
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]…",
    "PATH": "路径",
    "DIRECTORY": "文件夹",
    "FILE": "文件",
    "FILE…": "文件…",
    "FILE|FOLDER…": "文件|文件夹…",
    "SLUG": "机关代号",
    "TEXT": "文字",
    "INTEGER": "整数",
    "INTEGER RANGE": "整数",
    "FLOAT": "数",
    "YEAR": "年度",
    "FOLDER": "文件夹",
    "DIR": "文件夹",
    "[DIR]": "[文件夹]",
    "DIR|PDF": "文件夹或PDF",
    "[ID]": "[规则编号]",
    "[PATHS]...": "[路径]…",
    "[%Y-%m-%d]": "日期",
}
# The types of values, as messages name them.
TYPES: Mapping[str, str] = {
    "integer": "整数",
    "integer range": "整数",
    "float": "数",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
}
# What our options are for.
OPTIONS: Mapping[str, str] = {
    "The site's folder (default: the current one, or the one above it that is a site).": (
        "站点文件夹（默认：当前文件夹，或它上面的站点文件夹）。"
    ),
    "Language of messages (default: by locale, else Chinese).": "提示的语言（默认：随系统，否则中文）。",
    "How findings are printed.": "问题怎样列出。",
    "From which severity the exit code is 1.": "从哪一级起退出码为 1。",
    "The day that counts as today.": "当作今天的日期。",
    "A built site: what changed since? (default: public/)": "与哪一次生成的网站比较变化（默认：public/）。",
    "Put the writing right and write each repair that is the only one; then check again.": (
        "写法有误的、只有一种改法的，直接改好，再核对一遍。"
    ),
    "Write nothing; exit code 1 where something would be.": "不写文件；有要改的，退出码为 1。",
    "Write nothing; print the difference.": "不写文件，只列出要改的地方。",
    "Where to (default: public/ in the site's folder).": "生成到哪里（默认：站点文件夹里的 public/）。",
    "Leave out the PDFs.": "不生成 PDF。",
    "Processes that make pages and PDFs (default: one for each core).": (
        "几个进程生成网页和 PDF（默认：每个处理器核一个）。"
    ),
    "Address of a Dask scheduler that makes the PDFs instead.": "改由这个 Dask 调度器生成 PDF。",
    "Say which input made this output be made again.": "说明哪一项变化使这个文件重新生成。",
    "The address to listen on.": "预览的地址。",
    "The port to listen on.": "预览的端口。",
    "Where the repository is hosted: whose CI files to write.": "代码库托管在哪里，就写哪一家的 CI 文件。",
    "The folder of a body (may be repeated).": "机关的文件夹名（可以写几个）。",
    "How the sheets are printed.": "评分表怎样列出。",
    "The agency's name.": "机关名称。",
    "The agency whose report it is.": "是哪个机关的报告（机关代号）。",
    "For every agency that owes a report for this year.": "给这一年度还缺报告的每个机关。",
    "The reporting year.": "报告年度。",
    "Write report.yaml and narrative.md into the site; what is there is not touched.": (
        "把 report.yaml 和 narrative.md 写进站点；已有的不动。"
    ),
    "With --write: overwrite what is there.": "与 --write 同用：已有的也覆盖。",
    "The agency that fills it in.": "由哪个机关填（文件夹名、名称或名称的一部分）。",
    "Where to (default: a name of its own).": "写到哪里（默认：由机关和年度起名）。",
    "How the result is printed.": "结果怎样列出。",
    "The whole manual as Markdown, in Chinese, as it ships.": "整本规则手册（Markdown）。",
}
# What the machine lacks, by the number of its error.
MACHINE: Mapping[int, str] = {
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "超出了磁盘配额",
    errno.EFBIG: "文件太大",
    errno.EROFS: "这个位置只能读",
    errno.EACCES: "没有权限",
    errno.EPERM: "不允许这样做",
    errno.EIO: "读写出错",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENOMEM: "内存不够",
    errno.EEXIST: "已经有了",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "不是文件夹",
    errno.EISDIR: "是文件夹",
    errno.ENAMETOOLONG: "名称太长",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.EBUSY: "正被占用",
    errno.ELOOP: "符号链接绕回了自己",
    errno.EADDRINUSE: "端口已被占用",
    errno.EADDRNOTAVAIL: "没有这个地址",
}
WORDS: Mapping[str, str] = {**CLICK, **OPTIONS}


class Spoken(click.Group):
    """The group of all commands; it and they speak the language that is asked for."""

    def main(self, args: Sequence[str] | None = None, *extra: Any, **options: Any) -> Any:
        """Run a command, having chosen the language from its arguments and the locale."""
        arguments = list(sys.argv[1:] if args is None else args)
        speak(self, spoken_language(arguments))
        return super().main(args, *extra, **options)


def spoken_language(arguments: Sequence[str]) -> str:
    """The tag of the language of messages before any argument was looked at."""
    return language(_asked(arguments))


def machine_reason(error: OSError, chosen: str) -> str:
    """Why the machine refuses something, as far as it says."""
    reason = MACHINE.get(error.errno or 0)
    if chosen == SOURCE and reason:
        return reason
    return error.strerror or str(error)


def _asked(arguments: Sequence[str]) -> str | None:
    """The language that arguments ask for; None where they ask for none of ours."""
    for index, argument in enumerate(arguments):
        option, _, value = argument.partition("=")
        if option == "--lang":
            chosen = value or "".join(arguments[index + 1 : index + 2])
            return chosen if chosen in CHOICES else None
    return None


def speak(command: click.Command, chosen: str) -> None:
    """Let click, and the help of a command and of those below it, be in a language."""

    def gettext(text: str) -> str:
        return CLICK.get(text, text) if chosen == SOURCE else text

    def ngettext(one_thing: str, several: str, count: int) -> str:
        return gettext(one_thing if count == 1 else several)

    for name in SPEAKING:
        module = getattr(click, name)
        for function, answer in (("_", gettext), ("ngettext", ngettext)):
            if hasattr(module, function):
                setattr(module, function, answer)
    for below in commands(command):
        _describe(below, chosen)


def commands(command: click.Command) -> Iterator[click.Command]:
    """A command and all below it."""
    yield command
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        yield from commands(below)


# Of commands and their parameters: what they said at first, by object and attribute.
_sources: dict[tuple[int, str], str] = {}


def _source(thing: object, attribute: str) -> str:
    """What an attribute said before any language was chosen."""
    return _sources.setdefault((id(thing), attribute), getattr(thing, attribute) or "")


def _describe(command: click.Command, chosen: str) -> None:
    command.help = help_text(_source(command, "help"), chosen)
    command.options_metavar = _translated(_source(command, "options_metavar"), METAVARS, chosen)
    if isinstance(command, click.Group):
        metavar = _source(command, "subcommand_metavar")
        command.subcommand_metavar = _translated(metavar, METAVARS, chosen)
    for parameter in command.params:
        context = click.Context(command)
        parameter.type.name = _source(parameter.type, "name")
        metavar = _source(parameter, "metavar") or parameter.make_metavar(context)
        if chosen == SOURCE:
            parameter.metavar = METAVARS.get(metavar) or _source(parameter, "metavar") or None
        else:
            parameter.metavar = _source(parameter, "metavar") or None
        parameter.type.name = _translated(parameter.type.name, TYPES, chosen)
        if isinstance(parameter, click.Option):
            parameter.help = _translated(_source(parameter, "help"), WORDS, chosen)
    # The option that shows this is made when it is asked for, and kept.
    command._help_option = None


def _translated(text: str, vocabulary: Mapping[str, str], chosen: str) -> str:
    return vocabulary.get(text, text) if chosen == SOURCE else text


def help_text(text: str, chosen: str) -> str:
    """The half of a docstring that is in a language; all of it where it has no halves."""
    halves = CHINESE_SENTENCE.fullmatch(text)
    if halves is None:
        return text
    return halves["zh" if chosen == SOURCE else "en"] or text
