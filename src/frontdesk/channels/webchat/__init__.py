"""Web chat: customers who write from a widget in a page."""
