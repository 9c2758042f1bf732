"""Remembers: what happened in a centre, in order, for ever."""
