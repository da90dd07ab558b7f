"""The pages: one file for each kind, with what it is handed, what it says, and where it stands."""
