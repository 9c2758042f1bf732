"""Serves: REST, the event stream, sign-on and permissions. Parses, authorises, calls, renders."""
