"""One module for each check; found by ``skillaudit.check.load_checks``."""
