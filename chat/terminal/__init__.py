"""A client for the terminal. It speaks the public protocol and knows nothing of the site."""
