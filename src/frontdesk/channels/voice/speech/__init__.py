"""What callers hear: texts into sound."""
