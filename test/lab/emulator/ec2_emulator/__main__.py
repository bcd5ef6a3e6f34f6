"""Start the emulator: ``python -m ec2_emulator [--host H] [--port P] [--parent PID] [--socket PATH]``.

Prints one line of JSON, ``{"endpoint": "http://HOST:PORT"}``, once it listens. Port 0 takes a free one.
With ``--parent`` it ends with that process, even where that was killed. With ``--socket`` it serves the same
on a Unix socket, so that the lab reaches it from outside the network namespace that it runs in; the directory
of the socket is removed at the end.
"""

import argparse
import atexit
import ctypes
import json
import logging
import os
import shutil
import signal
import sys
import threading
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1


def die_with(parent: int) -> None:
    """Have the kernel end this process with its parent; end at once where that is gone already."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit("the process that started the emulator is gone")


def serve_on(socket: Path, application: Any) -> None:
    """Serve the application on a Unix socket too, that only this user can open."""
    from werkzeug.serving import make_server

    before = os.umask(0o177)
    try:
        server = make_server(f"unix://{socket}", 0, application, threaded=True)
    finally:
        os.umask(before)
    atexit.register(shutil.rmtree, socket.parent, ignore_errors=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def announce(socket: Path | None) -> None:
    """Print the endpoint as soon as everything listens."""
    from werkzeug.serving import BaseWSGIServer

    from .patch import around

    @around(BaseWSGIServer, "log_startup")
    def log_startup(_original: Any, self: Any) -> None:
        if socket is not None:
            serve_on(socket, self.app)
        print(json.dumps({"endpoint": f"http://{self.host}:{self.port}"}), flush=True)


def main() -> None:
    """Set moto's switches, which it reads when it is imported, then correct and start it."""
    parser = argparse.ArgumentParser(prog="ec2_emulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--parent", type=int)
    parser.add_argument("--socket", type=Path)
    arguments = parser.parse_args()
    if arguments.parent is not None:
        die_with(arguments.parent)
    for switch in ("ENABLE_AMI_VALIDATION", "EC2_ENABLE_INSTANCE_TYPE_VALIDATION", "ENABLE_KEYPAIR_VALIDATION"):
        os.environ[f"MOTO_{switch}"] = "true"
    os.environ["MOTO_AMIS_PATH"] = str(Path(__file__).with_name("images.json"))
    logging.basicConfig(level=logging.WARNING)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)

    from moto import server

    from . import (
        corrections,  # noqa: F401
        lab_api,  # noqa: F401
    )

    announce(arguments.socket)
    server.main(["--host", arguments.host, "--port", str(arguments.port)])


if __name__ == "__main__":
    main()
