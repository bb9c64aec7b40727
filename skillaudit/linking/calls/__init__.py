"""Who calls whom, under which condition, and what never runs."""
