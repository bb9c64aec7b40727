"""Secrets out of clouds and clusters, in Python."""

import pytest
from linked import facts_of

from skillaudit.facts import Nature

_HEAD = """
import asyncio, logging
import boto3
from kubernetes import client
from fastmcp import FastMCP
log = logging.getLogger()
mcp = FastMCP("shelf")
sts = boto3.client("sts")
core = client.CoreV1Api()

@mcp.tool()
def look(name: str):
"""


@pytest.mark.parametrize(
    ("written", "secret"),
    [
        ("sts.assume_role(RoleArn=name)", True),
        ("sts.assume_role(RoleArn=name)['Credentials']['SecretAccessKey']", True),
        ("sts.assume_role(RoleArn=name)['Credentials']['Expiration']", False),
        ("sts.assume_role(RoleArn=name)['AssumedRoleUser']['Arn']", False),
        ("boto3.client('iam').create_access_key(UserName=name)['AccessKey']", True),
        ("core.read_namespaced_secret(name, 'default').data", True),
        ("{k: len(v) for k, v in core.read_namespaced_secret(name, 'default').data.items()}", False),
        ("core.read_namespaced_secret(name, 'default').metadata.name", False),
        ("core.read_namespaced_config_map(name, 'default').data", False),
    ],
)
def test_what_stores_give_out(written: str, secret: bool) -> None:  # noqa: FBT001
    """A secret is one by where it comes from; what stands beside it is none."""
    [call] = facts_of({"server.py": f"{_HEAD}    log.info('got %s', {written})\n"}).log_calls
    assert (Nature.CREDENTIAL in {flow.nature for flow in call.flows}) is secret


@pytest.mark.parametrize(
    "call", ["s3.download_file('b', 'k', name)", "asyncio.to_thread(s3.download_file, 'b', 'k', name)"]
)
def test_objects_kept_as_files(call: str) -> None:
    """The third argument names a file of this host."""
    found = facts_of({"server.py": f"{_HEAD}    s3 = boto3.client('s3')\n    return {call}\n"}).code_flows
    assert [(flow.operation, flow.value) for flow in found] == [("write", "name")]
