"""Each module corrects moto in one topic, by being imported.

The order matters where several wrap the same method: what is imported last is asked first. So the lock is
outermost, and inside it comes what refuses a call before that has any effect.
"""

from importlib import import_module

TOPICS = (
    "tags",
    "unset_fields",
    "filters",
    "address_filters",
    "interface_filters",
    "instance_filters",
    "images",
    "key_pairs",
    "account",
    "elastic_ips",
    "pairing",
    "reverse_dns",
    "private_addresses",
    "attachments",
    "groups",
    "instance_attributes",
    "instance_states",
    "launch",
    "console",
    "routes",
    "subnets",
    "deletes",
    "service_interfaces",
    "paging",
    "client_token",
    "dry_run",
    "permissions",
    "roles",
    "credentials",
    "errors",
    "lock",
)

for _topic in TOPICS:
    import_module(f".{_topic}", __name__)
