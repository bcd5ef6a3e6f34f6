"""EC2's error answers that moto has no class for."""

from moto.ec2.exceptions import EC2ClientError


def refuse(code: str, message: str) -> EC2ClientError:
    """Make the error that EC2 answers with ``code`` and ``message``; the caller raises it."""
    return EC2ClientError(code, message)
