"""Where a value comes from, followed backwards through functions, objects and files."""
