"""A body's years side by side: what may be compared, and the sentences, charts and tables of it."""
