"""The demo library: music that the project makes itself, free for any use (CC0)."""
