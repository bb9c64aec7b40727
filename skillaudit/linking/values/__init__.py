"""What can be said of a value where it stands: by its name, its type and its schema, and what a call leaves of it."""
