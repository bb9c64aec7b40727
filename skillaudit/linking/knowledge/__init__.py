"""What is known before any program is read: libraries, the words in names, and patterns."""
