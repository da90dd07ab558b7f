"""Gongkai: annual disclosure reports (政府信息公开工作年度报告), from figures in git to a public site.

Read `pipeline.py` first: it names the stages in the order data flows. `docs/design.md` explains
them one by one.
"""

__version__ = "0.1.0"
