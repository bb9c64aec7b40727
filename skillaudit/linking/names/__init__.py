"""What each name stands for: files and their imports, scopes, classes and types."""
