"""A client in forty lines: say something, print the reply and the songs.

pip install websockets
python examples/say.py http://127.0.0.1:8000 KEY "calm piano for a rainy evening"
"""

import json
import sys

from websockets.sync.client import connect


def talk(url: str, key: str, text: str) -> None:
    """Send one message and print what comes back, until the reply is over."""
    with connect(
        url.replace("http", "ws", 1).rstrip("/") + "/ws/chat/",
        subprotocols=["personalais.v1"],
        additional_headers={"Authorization": f"Token {key}"},
    ) as socket:
        socket.send(json.dumps({"type": "message.send", "text": text, "id": 1}))
        mine = None
        for data in socket:
            frame = json.loads(data)
            if frame["type"] == "message.accepted" and frame["id"] == 1:
                mine = frame["message"]
            elif frame["type"] == "error":
                sys.exit(frame["detail"])
            elif frame["type"] == "message.delta":
                print(frame["text"], end="", flush=True)
            elif frame["type"] == "playlist":
                for track in frame["playlist"]["tracks"]:
                    artists = ", ".join(track["artists"])
                    print(f"\n- {track['title']} by {artists}", end="")
            elif frame["type"] == "message.done" and frame["message"] == mine:
                return print()


if __name__ == "__main__":
    talk(*sys.argv[1:]) if len(sys.argv) == 4 else sys.exit(__doc__)
