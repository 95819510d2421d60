"""Whether real dialogues about playlists find their songs, through the agent itself."""
