"""A program that listens on this machine, and answers as a test wants."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = int | Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Listener:
    """What came in: headers in small letters, and bodies. `answers` are taken one after the other, then 200."""

    server: ThreadingHTTPServer
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/told"

    def bodies(self) -> list[bytes]:
        return [body for _headers, body in self.got]


def listening() -> Listener:
    """A listener that answers at once; `server.shutdown()` ends it."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            answer = made.answers.pop(0) if made.answers else 200
            if callable(answer):
                answer(self)
            else:
                self.send_response(answer)
                self.send_header("Content-Length", "0")
                self.end_headers()

        def log_message(self, *_said: Any) -> None:
            pass

    made = Listener(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
    threading.Thread(target=made.server.serve_forever, daemon=True).start()
    return made


def drip(seconds: float) -> Callable[[BaseHTTPRequestHandler], None]:
    """An answer that comes in drops for so long, and never says anything."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        until = time.monotonic() + seconds
        handler.wfile.write(b"HTTP/1.")
        while time.monotonic() < until:
            try:
                handler.wfile.write(b".")
                handler.wfile.flush()
            except OSError:
                return
            time.sleep(0.02)

    return answer
