"""What of the program runs in production: which transports it serves, what is wired, what an option asks for."""
