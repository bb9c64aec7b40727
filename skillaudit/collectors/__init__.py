"""Front ends and readers: everything that turns one file into facts."""
