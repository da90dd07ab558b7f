"""How files come in: the one door, and what the package ships."""
