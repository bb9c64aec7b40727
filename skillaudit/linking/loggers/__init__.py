"""How loggers are set up: their formats, levels and redaction, where their records go, what is switched off."""
