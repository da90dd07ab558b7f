"""A body's years beside each other: what may be compared, and what is said, drawn and laid out of it."""
