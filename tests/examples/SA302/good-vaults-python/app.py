"""Names and states of secrets, and types that write stars."""

import logging

import boto3
from azure.identity import DefaultAzureCredential
from azure.keyvault.secrets import SecretClient
from fastapi import FastAPI
from pydantic import BaseModel, SecretStr

log = logging.getLogger(__name__)
app = FastAPI()


class Entry(BaseModel):
    user: str
    password: SecretStr


def parameter(name):
    found = boto3.client("ssm").get_parameter(Name=name, WithDecryption=True)
    log.info("found version %s", found["Parameter"]["Version"])


def azure():
    got = SecretClient("https://vault.hosting-c7.net", DefaultAzureCredential()).get_secret("db")
    log.info("got %s of %s", got.name, got.properties.version)


@app.post("/enter")
async def enter(entry: Entry) -> dict:
    log.info("given %s", entry.password)
    return {}
