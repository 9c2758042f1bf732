"""What callers hear and say: texts into sound, and sound into words."""
