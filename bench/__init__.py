"""Measurements of the auditor on real and generated repositories; not part of the package."""
