"""The open data: its tables, their rows, and the documents and the page made of them."""
