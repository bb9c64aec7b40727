"""What a security log must tell: who is let in or turned away, what a session does, what the server changes."""
