"""Values to bytes: HTML, print HTML, PDF, workbooks, CSV, JSON, feeds and open data."""
