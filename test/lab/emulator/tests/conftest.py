"""One running emulator for all tests, emptied before each."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

ROOT = Path(__file__).resolve().parent.parent


class Lab:
    """The lab's own requests to the running emulator."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint

    def post(self, path: str, **body: Any) -> dict[str, Any]:
        """Send one request of the lab and return its answer."""
        data = json.dumps(body).encode()
        with urllib.request.urlopen(f"{self.endpoint}/lab-api/{path}", data=data) as answer:
            return json.load(answer)

    def state(self, query: str = "") -> dict[str, Any]:
        """Return the whole state of us-east-1."""
        with urllib.request.urlopen(f"{self.endpoint}/lab-api/state{query}") as answer:
            return json.load(answer)

    def client(self, service: str = "ec2", key: str = "AKIALAB0000000000000", region: str = "us-east-1") -> Any:
        """Return a boto3 client that tries once."""
        return boto3.client(
            service,
            endpoint_url=self.endpoint,
            region_name=region,
            aws_access_key_id=key,
            aws_secret_access_key="secret",
            config=Config(retries={"total_max_attempts": 1}, read_timeout=30, proxies={}, parameter_validation=False),
        )


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """Start the emulator, with state changes fast enough to wait for."""
    process = subprocess.Popen(
        [sys.executable, "-m", "ec2_emulator", "--parent", str(os.getpid())],
        cwd=ROOT,
        env={**os.environ, "EC2_EMULATOR_TRANSITION_SECONDS": "0.2"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    yield json.loads(process.stdout.readline())["endpoint"]
    process.kill()
    process.wait()


@pytest.fixture(scope="session")
def shared_lab(endpoint: str) -> Lab:
    """The lab's requests, for fixtures that last as long as the server."""
    return Lab(endpoint)


@pytest.fixture(scope="session")
def shared_ec2(shared_lab: Lab) -> Any:
    """One client for all tests: making one takes longer than most tests."""
    return shared_lab.client()


@pytest.fixture
def lab(shared_lab: Lab) -> Lab:
    """The lab's requests to an emulator that holds nothing yet."""
    shared_lab.post("reset")
    return shared_lab


@pytest.fixture
def ec2(lab: Lab, shared_ec2: Any) -> Any:
    """A client of an emulator that holds nothing yet."""
    return shared_ec2
