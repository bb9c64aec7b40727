"""Readers of manifests and lockfiles, one module a family; `skillaudit.resolve` finds them by file name."""
