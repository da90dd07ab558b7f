"""Jobs to files: results in the cache stay, others are made, checked, and put in place at once."""
