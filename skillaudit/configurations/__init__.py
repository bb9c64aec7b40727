"""Readers of configuration files, one module a family of syntaxes; each states what it reads in ``READER``."""
