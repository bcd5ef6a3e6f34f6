"""The stock moto server, corrected where it differs from EC2, with an API for the lab beside it.

Start it with ``python -m ec2_emulator --port 5000``. What is corrected is listed in ``corrections``.
"""
