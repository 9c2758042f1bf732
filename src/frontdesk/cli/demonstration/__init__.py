"""The demo company: an invented shop, its people, and the customers and agents that are played."""
