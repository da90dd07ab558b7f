"""What each key outside the tables means, in one sentence for an editor to show. Keys are those of the loader's own tables."""

from __future__ import annotations

REPORT = {
    "year": "报告年度，与文件夹的名称相同，如 2024。必须写。",
    "format": "法定格式，由年度决定，可以不写。",
    "title": "报告的标题；不写时由机关名称和年度组成。",
    "published": "公开发布的日期，如 2024-01-26。",
    "signed": "落款的日期，如 2024-01-20。",
    "source": "信息来源，如 区政府办公室。",
    "source_url": "原文的网址，以 http:// 或 https:// 开头。",
    "index_number": "政府信息的索引号。",
    "transcribed": "不是机关自己录入、由本站编者从公开发布的报告转录的，写明文字是不是原文、有什么没有收录；这时“说明”是编者的说明。",
    "explanations": "数字对不上、确有原因的，在这里写明；会原样公开，印在表后。",
    "corrections": "发布以后改了数字的，在这里写明；会公开。",
}
EXPLANATION = {
    "rule": "检查结果中的规则编号，如 Y-02。",
    "cell": "只说明这一格；不写则说明这条规则的全部问题。",
    "reason": "原因，会公开，请写一句完整的话。",
    "person": "对这条说明负责的人或处室。",
    "fingerprint": "检查结果给出的八位代号，代表这条说明所解释的数字；数字变了，说明就失效，问题重新打开。",
}
TRANSCRIBED = {
    "wording": "照录（机关的原文；不写则为照录），或 改写（编者依据事实写的，不是原文）。",
    "left_out": "原报告有、本站没有收录的：发布日期，以及各部分的文字，如 [发布日期, 五, 六]。",
}
CORRECTION = {
    "date": "更正的日期，如 2024-03-01。",
    "reason": "更正的原因，会公开。",
    "cells": "改了哪几格，如 - {格: 新收.总计, 改前: 106, 改后: 107}。",
}
CHANGE = {
    "cell": "改的是哪一格，如 新收.总计。",
    "part": "改的是哪一部分的文字，如 总体情况、引言；与“格”只写一个。",
    "before": "更正以前的数字或文字。",
    "after": "更正以后的数字或文字，与报告里现在的相同；文字在那一部分里只能出现一次。",
}
AGENCY = {
    "name": "机关的全称。必须写。",
    "names": "改过名的，写以前的名称和起止日期：- {名称: …, 自: …, 至: …}。",
    "kind": "机关的类型。必须写。",
    "level": "机关的层级。必须写。",
    "parent": "上级机关的文件夹名。",
    "parents": "换过上级的，写以前的上级和起止日期：- {上级: …, 自: …, 至: …}。",
    "uscc": "18 位统一社会信用代码。",
    "division_code": "行政区划代码。",
    "site_id_code": "政府网站标识码。",
    "contact": "公开的联系方式。",
    "note": "关于这个机关的一句话，印在机关页上。",
    "name_en": "英文名称，印在英文页面上。",
    "roll_up": "政府的汇总报告包括谁：本行政区域（所属机关和下级政府），或本级（不含下级政府和乡镇）；不写则为本行政区域。",
    "former_slugs": "以前的文件夹名；旧网址会转到现在的网址。",
    "events": "机构改革，如 - {日期: 2019-03-01, 类型: 合并组成, 机关: [甲局, 乙局]}。改名写在历任名称里。",
}
EVENT = {
    "date": "从哪一天起，如 2019-03-01。必须写。",
    "turn": "发生了什么，从本机关的角度说。必须写。",
    "bodies": "有关的其他机关：在本站的写文件夹名（对方的页面会同样注明），不在本站的写全称。",
    "note": "补充的一句话，会公开，如 依据的文件。",
}
CONTACT = {"address": "办公地址。", "phone": "联系电话。", "postcode": "邮政编码。", "email": "电子邮箱。"}
SPAN = {"value": "当时的名称，或当时上级机关的文件夹名。", "start": "从哪一天起，如 2019-03-01。", "end": "到哪一天止，如 2021-06-30。"}
SITE = {
    "title": "站点的标题，印在页眉。",
    "subtitle": "站点的副标题，印在页眉。",
    "language": "界面语言：zh-CN 或 en。",
    "languages": "同时发布几种语言，如 [zh-CN, en]：第一种在根目录，其余在以语言命名的子目录。",
    "translations": "标题、副标题、提示在其他语言的页面上怎么说，如 {en: {title: Annual reports}}。",
    "base_url": "公开后的网址，以 http:// 或 https:// 开头；不写则全部用相对地址。",
    "theme": "themes/ 里的文件夹名；不写则为 default。",
    "host": "主办网站的标签；没有值的不输出。",
    "deadlines": "各类机关的公开期限，写作 01-31（月-日）。",
    "collection": "本站是否收齐名录中各机关的全部报告：全部，或选录；选录的站不说谁缺报告、谁没有公布。不写则为全部。",
    "fail_on": "有这一级的问题时，检查的退出码为 1；不写则为错误。",
    "policy": "有问题时怎样处置：停止发布，只暂缓有问题的报告，或带着提示发布。",
    "unconfirmed_notes": "比较页是否显示未见正式依据的注；不写则不显示。",
    "notice": "每页页眉下的一句话。",
    "rules": "对单条规则的调整：级别、是否必须说明、数值、词表。",
    "licence": "开放数据采用的许可，写名称和网址；不写则数据页注明没有声明许可，不会代为选定。",
    "data": "开放数据另外生成哪些文件。",
}
LICENCE = {"name": "许可的名称，如 CC BY 4.0。", "url": "许可全文的网址，以 http:// 或 https:// 开头。"}
DATA = {"parquet": "另外生成 Parquet 文件；需要安装 gongkai[parquet]。不写则不生成。"}
RULE = {
    "severity": "这条规则的级别，或关闭。",
    "explanation": "必须：有这个问题时一定要改正或说明，否则算错误。",
    "words": "在原有词表之外再加的词。",
}
HOST = {
    "SiteName": "网站名称，写入网页的 SiteName 标签。",
    "SiteDomain": "网站域名，写入网页的 SiteDomain 标签。",
    "SiteIDCode": "政府网站标识码，写入网页的 SiteIDCode 标签。",
    "ColumnName": "栏目名称，写入网页的 ColumnName 标签。",
    "ColumnType": "栏目类型，写入网页的 ColumnType 标签。",
    "ColumnDescription": "栏目描述，写入网页的 ColumnDescription 标签。",
    "ColumnKeywords": "栏目关键词，写入网页的 ColumnKeywords 标签。",
    "icp": "ICP 备案号，印在页脚。",
    "police": "公安备案号，印在页脚。",
    "organiser": "主办单位，印在页脚。",
    "contact": "联系方式，印在页脚。",
    "report_error_url": "“我为政府网站找错”的网址，以 http:// 或 https:// 开头。",
}
