"""Which values of callers reach a dangerous call past which checks, and which secrets lie open in the code."""
