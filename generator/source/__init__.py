"""Disk to located nodes: which files a site has, and what YAML says with line and column.

Nothing is interpreted here.
"""
