"""The routes, a file a subject: parse, authorise, call, render."""
