"""The open data: its tables declared once, their rows, the documents and the page that are made of them."""
