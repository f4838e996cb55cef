"""Many boards at once: what they cost the console, and when the last of them has heard. Each is a stream as a browser opens it, read by one thread."""

import http.client
import json
import os
import pathlib
import secrets
import selectors
import threading
import time

PATIENCE_S = 60
STREAMS_OF_ONE = 15  # of a session; the console takes 16


class Account:
    """A session, over HTTP."""

    def __init__(self, port, name, password):
        self.port = port
        status, answer, headers = self.call("POST", "/api/session", {"name": name, "password": password}, {})
        assert status == 200, answer
        self.headers = {"Cookie": headers["Set-Cookie"].split(";")[0], "X-CSRF-Token": answer["csrf"]}

    def call(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        sent = dict(self.headers if headers is None else headers)
        if body is not None:
            sent["Content-Type"] = "application/json"
        connection.request(method, path, None if body is None else json.dumps(body), sent)
        response = connection.getresponse()
        answer = json.loads(response.read())
        connection.close()
        return response.status, answer, response.headers

    def command(self, name, **body):
        """Sent again as the same command until it is answered."""
        body["id"] = secrets.token_urlsafe(16)
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            status, answer, _ = self.call("POST", "/api/commands/" + name, body)
            if status != 503:
                return status, answer
        raise AssertionError(f"{name}: no answer in {PATIENCE_S} s")


class Boards(threading.Thread):
    """So many open streams; what came, and at which board how many notices were shown when."""

    def __init__(self, port, offering, accounts, count):
        super().__init__(daemon=True)
        self.octets, self.events, self.shown, self.ended = 0, 0, [[] for _ in range(count)], []
        self.selector = selectors.DefaultSelector()
        self.connections = []
        for number in range(count):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
            connection.request("GET", f"/api/offerings/{offering}/events", headers={"Cookie": accounts[number // STREAMS_OF_ONE].headers["Cookie"]})
            socket = connection.sock
            socket.setblocking(False)
            self.connections.append(connection)
            self.selector.register(socket, selectors.EVENT_READ, [number, b""])
        self.leaving = False
        self.start()

    def run(self):
        while not self.leaving:
            for key, _ in self.selector.select(0.2):
                number, rest = key.data
                octets = key.fileobj.recv(1 << 18)
                if not octets:
                    self.ended.append(number)
                    self.selector.unregister(key.fileobj)
                    continue
                self.octets += len(octets)
                *events, key.data[1] = (rest + octets).split(b"\n\n")
                self.events += len(events)
                for event in events:
                    if event.startswith(b"event: funnel\n"):
                        funnel = json.loads(event.split(b"\ndata: ", 1)[1])
                        self.shown[number].append((funnel["steps"][0]["notices"], time.time() * 1e3))

    def all_have(self, notices):
        """When the last board had so many; waits for it."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            firsts = [next((at for many, at in rows if many >= notices), None) for rows in map(list, self.shown)]
            if None not in firsts:
                return max(firsts)
            time.sleep(0.02)
        raise AssertionError(f"not every board has shown {notices} notices; {len(self.ended)} have ended")

    def leave(self):
        self.leaving = True
        self.join()
        for connection in self.connections:
            connection.close()


def used(pid):
    """Processor seconds of a process, and its memory in use in MB."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 1e6


class Meter:
    """What a process has used between two looks."""

    def __init__(self, pid):
        self.pid, self.began, self.before = pid, time.monotonic(), used(pid)[0]

    def read(self):
        seconds, memory = used(self.pid)
        passed = time.monotonic() - self.began
        return {"seconds": round(passed, 1), "percent_of_a_core": round(100 * (seconds - self.before) / passed, 2), "memory_mb": round(memory)}
