"""What stand-ins for outside services share: HTTP on loopback, and ways to fail."""
