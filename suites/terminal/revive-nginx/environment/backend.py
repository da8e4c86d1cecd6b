"""The backend behind the gateway: answers on 127.0.0.1:9310 with the request it saw. It works; it needs no change."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Echo(BaseHTTPRequestHandler):
    def do_GET(self):
        seen = {"path": self.path, "host": self.headers.get("Host"), "forwarded_for": self.headers.get("X-Forwarded-For")}
        body = json.dumps(seen).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", 9310), Echo).serve_forever()
