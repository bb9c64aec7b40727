"""The records that are written: what each says, and which of them a tool's call leaves."""
