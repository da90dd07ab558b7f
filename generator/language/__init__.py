"""The small languages of a report: identities, labels, numerals, figure references, Markdown."""
