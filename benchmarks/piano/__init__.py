"""Piano pieces made to convey emotion, for want of recordings that we may keep."""
