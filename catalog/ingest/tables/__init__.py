"""Tables of tracks: read as a stream, understood row by row, stored in batches."""
