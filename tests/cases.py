"""Made-up reports that several tests look at."""

from __future__ import annotations

from tests.conftest import SmallSite

CELLS = (
    "更正:\n"
    "  - 日期: 2024-02-20\n"
    "    原因: 台账重复登记一件\n"
    "    改动: [{格: 新收.自然人, 改前: 46, 改后: 45}, {格: 予以公开.自然人, 改前: 46, 改后: 45}, {格: 办结.自然人, 改前: 46, 改后: 45}]\n"
    "  - 日期: 2024-03-01\n"
    "    原因: 漏计一件复议，正文用词有误\n"
    "    改动:\n"
    "      - {格: 行政复议.总计, 改前: 空白, 改后: 1}\n"
    "      - {格: 行政复议.维持, 改前: 无法辨认, 改后: 1}\n"
    "      - {部分: 总体情况, 改前: 信息管理没有制度, 改后: 信息管理有制度}\n"
    "      - {部分: 五, 改前: '', 改后: 下一年增加解读。}\n"
)


def corrected(site: SmallSite) -> SmallSite:
    """A report of 45 requests, whose totals are left out and quoted in the text; corrected twice, in figures and in words."""
    for label in ("新收", "予以公开", "办结"):
        site.row(label, "[45, 0, 0, 0, 0, 0]")
    site.row("上年结转", "0")
    site.row("行政复议", "[1, 0, 0, 0, 1]").row("直接起诉", "[0, 0, 0, 0, 0]").row(
        "复议后起诉", "[0, 0, 0, 0, 0]"
    )
    path = site.path(name="narrative.md")
    quoted = "依申请公开的渠道畅通，收到 {{ 新收.总计 }} 件，比上年多 {{ 新收.自然人 }} 件"
    path.write_text(path.read_text("utf-8").replace("依申请公开的渠道畅通", quoted), "utf-8")
    return site.append(f"发布日期: 2024-01-20\n{CELLS}")


REPORT_2031 = """年度: 2031
主动公开:
  规章和规范性文件:
    规章: [0, 0, 0]
    规范性文件: [1, 0, 4]
依申请公开:  # 个人, 单位, 总计
  新收: [5, 2, 7]
  上年结转: [0, 1, 1]
  办理:
    公开: [4, 2, 6]
    不公开: [1, 0, 1]
  办结: [5, 2]
  结转: [0, 1, 1]
"""
