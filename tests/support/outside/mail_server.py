#!/usr/bin/python3
"""A real SMTP server on loopback (aiosmtpd), for a test: STARTTLS and AUTH are required, what it takes is a JSON line of a file.

    mail_server.py PORT FILE CERTIFICATE USER PASSWORD [--refuse ADDRESS]

Ends with its standard input, or by a signal.
"""
import json
import signal
import ssl
import sys
import threading
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


class Keeper:
    def __init__(self, path, refused):
        self.path, self.refused = path, refused

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == self.refused:
            return "550 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content, policy=policy.default)
        kept = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": session.ssl is not None, "id": message["X-Rightsdesk-Sending"],
                "message_id": message["Message-ID"], "subject": message["Subject"], "references": message["References"],
                "auto_submitted": message["Auto-Submitted"], "text": message.get_content()}
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(json.dumps(kept) + "\n")
        return "250 OK"


def main():
    port, path, certificate, user, password = int(sys.argv[1]), *sys.argv[2:6]
    refused = sys.argv[7] if len(sys.argv) > 7 else None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def knows(server, session, envelope, mechanism, given):
        right = isinstance(given, LoginPassword) and given == LoginPassword(user.encode(), password.encode())
        return AuthResult(success=right)

    controller = Controller(Keeper(path, refused), hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True,
                            auth_required=True, authenticator=knows)
    controller.start()
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    ended.wait()
    controller.stop()


if __name__ == "__main__":
    main()
