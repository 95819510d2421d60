"""The whole story, told to a running site by a client that knows only its surface."""
