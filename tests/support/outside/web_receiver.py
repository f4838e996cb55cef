#!/usr/bin/python3
"""A receiver of webhooks, and an Alertmanager as far as its API goes, on loopback, for a test. What it takes is a JSON line of a file.

    web_receiver.py PORT FILE KEYFILE [--silent-once FLAGFILE]

A webhook's signature is verified as its documentation says (HMAC-SHA256 over "<timestamp>.<body>"); one that is wrong is answered with 401.
While FLAGFILE is there a request is taken and never answered, so that somebody may die in the act.
"""
import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server = self.server
        kept = {"path": self.path}
        if self.path == "/hook":
            signed = self.headers["X-Rightsdesk-Timestamp"].encode() + b"." + body
            if self.headers["X-Rightsdesk-Signature"] != "v1=" + hmac.new(server.key, signed, hashlib.sha256).hexdigest():
                return self.answer(401)
            kept.update(id=self.headers["Idempotency-Key"], body=json.loads(body))
        elif self.path == "/api/v2/alerts" and self.headers["Content-Type"] == "application/json":
            kept.update(alerts=json.loads(body))
        else:
            return self.answer(404)
        with open(server.path, "a", encoding="utf-8") as file:
            file.write(json.dumps(kept) + "\n")
        while server.flag and os.path.exists(server.flag):
            time.sleep(0.02)
        self.answer(200)

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    allow_reuse_address = True
    daemon_threads = True


server = Server(("127.0.0.1", int(sys.argv[1])), Receiver)
server.path = sys.argv[2]
with open(sys.argv[3], "rb") as key_file:
    server.key = key_file.read().strip()
server.flag = sys.argv[5] if len(sys.argv) > 5 else None
server.serve_forever()
