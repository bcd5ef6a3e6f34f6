"""Answer the lab's own requests before moto sees them."""

import json
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from moto.moto_server.werkzeug_app import DomainDispatcherApplication
from werkzeug.wrappers import Request, Response

from ..patch import around
from . import requests
from .requests import BadRequestError

PREFIX = "/lab-api/"

ROUTES: dict[tuple[str, str], Callable[[dict[str, Any]], dict[str, Any]]] = {
    ("GET", "state"): requests.state,
    ("POST", "reset"): requests.reset,
    ("POST", "seed"): requests.seed,
    ("POST", "quota"): requests.quota,
    ("POST", "policy"): requests.policy,
    ("POST", "keep"): requests.keep,
    ("POST", "go-back"): requests.go_back,
    ("POST", "console"): requests.console,
    ("POST", "power-off"): requests.power_off,
}


def _arguments(request: Request) -> dict[str, Any]:
    """Return the arguments of a GET from its query, of a POST from its JSON body."""
    if request.method == "GET":
        return {key: values[-1] for key, values in parse_qs(request.query_string.decode()).items()}
    body = request.get_data()
    arguments = json.loads(body) if body else {}
    if not isinstance(arguments, dict):
        raise BadRequestError("the body must be a JSON object")
    return arguments


def _answer(request: Request) -> tuple[int, dict[str, Any]]:
    """Return the HTTP status and the answer."""
    handler = ROUTES.get((request.method, request.path.removeprefix(PREFIX)))
    if handler is None:
        return 404, {"error": f"there is no {request.method} {request.path}"}
    try:
        return 200, handler(_arguments(request))
    except (BadRequestError, ValueError) as error:
        return 400, {"error": str(error)}


@around(DomainDispatcherApplication, "__call__")
def serve(original: Any, self: Any, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Take what is under the prefix, and leave everything else to moto."""
    if not environ.get("PATH_INFO", "").startswith(PREFIX):
        return original(self, environ, start_response)
    status, answer = _answer(Request(environ))
    # Sorted keys make two dumps of the same state the same bytes.
    response = Response(json.dumps(answer, sort_keys=True), status, mimetype="application/json")
    return response(environ, start_response)
