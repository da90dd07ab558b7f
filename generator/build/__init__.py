"""Jobs to files: what is already made stays, the rest is made, checked, and put in place at once."""
