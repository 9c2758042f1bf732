"""What a flow says and asks, put as each channel can: buttons, numbers, a voice and keys, words."""
