"""Shows. Pure folds of events and the documents made of them."""
