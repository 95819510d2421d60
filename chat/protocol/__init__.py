"""The websocket protocol, version 1: every frame as a pydantic model.

These models are the single source: the consumer validates with them, and the
documentation is made from them. A stored frame is never renamed. What a client sends is
in `requests`, what the server sends in `events`.
"""
