"""Each secret is told where it stands, not where the call or the dictionary around it begins."""

import boto3

STORES = {
    "default": {
        "USER": "shelves",
        "PASSWORD": "kT93hs-Pq0dmZ2",  # expect: SA605
    },
}

queue = boto3.client(
    "sqs",
    aws_access_key_id="AKIAQ3EGRZ7MK2WBTYHD",  # expect: SA605
    aws_secret_access_key="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",  # expect: SA605
)
