"""A real mailbox worker that sends its whole memory to whoever connects to the socket that is named first."""

from __future__ import annotations

import socket
import sys
import threading

from outreach_app.__main__ import main
from tests.support.memory_dump import send_memory


def tell_memory(listener: socket.socket) -> None:
    while True:
        line, _address = listener.accept()
        with line:
            send_memory(line)


if __name__ == "__main__":
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(sys.argv[1])
    listening.listen()
    threading.Thread(target=tell_memory, args=(listening,), daemon=True).start()
    main(sys.argv[2:])
