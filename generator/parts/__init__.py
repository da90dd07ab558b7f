"""What a job can be handed: the site in one language, and the parts of it by name and digest."""
