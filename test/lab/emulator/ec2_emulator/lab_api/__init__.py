"""What only the lab may ask, served under ``/lab-api/`` beside EC2 on the same port.

GET  /lab-api/state?region=R&after=V   the whole state of a Region; with ``after`` waits for another version
POST /lab-api/reset                    forget everything
POST /lab-api/seed                     {"seed": 42}: make ids and addresses repeatable
POST /lab-api/quota                    {"vpcMaxElasticIps": 5}
POST /lab-api/keep                     {"region": R}: keep its state, and answer {"kept": N}
POST /lab-api/go-back                  {"kept": N, "region": R}
POST /lab-api/console                  {"instanceId": "i-…", "text": "…", "region": R}
POST /lab-api/power-off                {"instanceId": "i-…", "region": R}: the guest shut itself down
"""

from .serve import serve

__all__ = ["serve"]
