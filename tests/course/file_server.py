"""A small HTTP server on this machine that can break off, ignore ranges, redirect, and say wrong things."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Served:
    """What is served, and how; `ranges` are the Range headers that came."""

    content: bytes
    break_off_after: list[int] = field(default_factory=list)  # for one response after the other
    knows_ranges: bool = True
    redirect_tag: str | None = None
    status: list[int] = field(default_factory=list)  # error statuses, for one response after the other
    ranges: list[str | None] = field(default_factory=list)
    url: str = ""


def _handler(served: Served) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if served.redirect_tag is not None and self.path == "/file":
                self.send_response(302)
                self.send_header("Location", "/elsewhere")
                self.send_header("X-Linked-ETag", f'"{served.redirect_tag}"')
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            served.ranges.append(self.headers.get("Range"))
            if served.status:
                self.send_error(served.status.pop(0))
                return
            self._send()

        def _send(self) -> None:
            start = 0
            asked = self.headers.get("Range")
            if asked is not None and served.knows_ranges:
                start = int(asked.removeprefix("bytes=").removesuffix("-"))
                if start >= len(served.content):
                    self.send_error(416)
                    return
                self.send_response(206)
                self.send_header(
                    "Content-Range", f"bytes {start}-{len(served.content) - 1}/{len(served.content)}"
                )
            else:
                self.send_response(200)
            body = served.content[start:]
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", '"0123456789abcdef0123456789abcdef"')
            self.end_headers()
            self.wfile.write(body[: served.break_off_after.pop(0)] if served.break_off_after else body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def serving(served: Served) -> Iterator[Served]:
    """Serve at `served.url` while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(served))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    served.url = f"http://127.0.0.1:{server.server_address[1]}/file"
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
