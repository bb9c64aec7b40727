import json
import logging

logging.basicConfig(level=logging.INFO)
logger = logging.getLogger()
logger.setLevel(logging.INFO)


def lambda_handler(event, context):
    logger.info("called with %s", json.dumps(event))  # expect: SA304
    logger.info("called with %s", event["headers"])  # expect: SA304
    logger.info("called with %s", event["body"])  # expect: SA304
    logger.info("authorised by %s", event["headers"]["authorization"])  # expect: SA302
    logger.info("called as %s", event["requestContext"]["stage"])
    logger.info("call %s", context.aws_request_id)
    return {"statusCode": 204}
