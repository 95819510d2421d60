"""How well recordings of one label lie together, by any encoder."""
