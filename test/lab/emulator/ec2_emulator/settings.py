"""What the lab may set: how long a state change takes, the quota of Elastic IPs, and what IAM allows."""

import os
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Settings:
    """The settings of this process; the quota can change while it runs."""

    transition_seconds: float = float(os.environ.get("EC2_EMULATOR_TRANSITION_SECONDS", "1"))
    initial_max_elastic_ips: int = int(os.environ.get("EC2_EMULATOR_MAX_ELASTIC_IPS", "5"))
    max_elastic_ips: int = field(init=False)
    # An IAM policy that is enforced; without one everything is allowed.
    policy: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        """Begin with what the emulator was started with."""
        self.restore()

    def restore(self) -> None:
        """Go back to what the emulator was started with."""
        self.max_elastic_ips = self.initial_max_elastic_ips
        self.policy = None


settings = Settings()
