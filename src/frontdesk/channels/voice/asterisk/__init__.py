"""The telephone: phones and the telephone network, by an Asterisk that holds the lines."""
