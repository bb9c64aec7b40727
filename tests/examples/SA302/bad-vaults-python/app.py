"""What stores of secrets give out, and what security schemes take of a request, under plain names."""

import logging
import syslog

import boto3
import hvac
from azure.identity import DefaultAzureCredential
from azure.keyvault.secrets import SecretClient
from cryptography.fernet import Fernet
from fastapi import Depends, FastAPI, Security
from fastapi.security import APIKeyHeader, OAuth2PasswordBearer
from google.cloud import secretmanager

log = logging.getLogger(__name__)
app = FastAPI()
scheme = OAuth2PasswordBearer(tokenUrl="enter")
header = APIKeyHeader(name="X-Key")


def parameter(name):
    found = boto3.client("ssm").get_parameter(Name=name, WithDecryption=True)
    log.info("found %s", found["Parameter"]["Value"])  # expect: SA302 HIGH


def path():
    client = hvac.Client(url="https://vault.hosting-c7.net")
    held = client.secrets.kv.v2.read_secret_version(path="app")
    log.info("held %s", held["data"]["data"])  # expect: SA302 HIGH


def azure():
    got = SecretClient("https://vault.hosting-c7.net", DefaultAzureCredential()).get_secret("db")
    log.info("got %s", got.value)  # expect: SA302 HIGH


def google(name):
    answer = secretmanager.SecretManagerServiceClient().access_secret_version(name=name)
    log.info("answer %s", answer.payload.data.decode("UTF-8"))  # expect: SA302 HIGH


def sealed(blob):
    made = Fernet.generate_key()
    log.info("made %s", made)  # expect: SA302 HIGH
    log.info("open %s", Fernet(made).decrypt(blob))  # expect: SA302 HIGH


@app.get("/me")
async def me(caller: str = Depends(scheme), key: str = Security(header)) -> dict:
    log.info("caller %s", caller)  # expect: SA302 HIGH
    log.info("by %s", key)  # expect: SA302 HIGH
    return {}


def enter(user):
    syslog.syslog(syslog.LOG_INFO, f"code {user.otp}")  # expect: SA302
