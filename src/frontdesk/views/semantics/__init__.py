"""What reports are made of: dimensions and metrics as data, and the statements they compile to."""
