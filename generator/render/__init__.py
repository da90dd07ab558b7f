"""Views to bytes: HTML, print HTML, PDF, CSV, JSON. Each job says what it depends on and makes its bytes only when asked."""
