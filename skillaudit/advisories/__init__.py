"""Sources of advisories, one module each, and what they share; `skillaudit.lookup` chooses between them."""
