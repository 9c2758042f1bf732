"""Assembles: settings, processes and subcommands; the only room that knows every other."""
