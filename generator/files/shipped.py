"""The folders of templates and themes.

They are beside the package in a checkout, and inside it when installed from a wheel.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent.parent
INSIDE = PACKAGE / "shipped"
ROOT = INSIDE if INSIDE.is_dir() else PACKAGE.parent
TEMPLATES = ROOT / "templates"
THEMES = ROOT / "themes"
