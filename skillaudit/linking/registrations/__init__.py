"""What the program hands to libraries and platforms: which code they run, and what its parameters hold."""
