"""The tools: one recogniser for each way to declare them, what a client sees of them, what they can do."""
