"""What would have been: a centre's past rebuilt from its journal, held against itself, changed."""
