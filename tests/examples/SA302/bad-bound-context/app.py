"""What is bound for every later record, coroutines' methods, functions that are called for a record, actions and spans."""

import os

import cherrypy
import ddtrace
import eliot
import rollbar
import structlog
from absl import logging
from loguru import logger
from opentelemetry import trace

TOKEN = os.environ["SERVICE_TOKEN"]
log = structlog.get_logger()
tracer = trace.get_tracer(__name__)


async def start() -> None:
    structlog.contextvars.bind_contextvars(service="billing")
    structlog.contextvars.bind_contextvars(token=TOKEN)  # expect: SA302 HIGH
    with structlog.contextvars.bound_contextvars(token=TOKEN):  # expect: SA302 HIGH
        await log.ainfo("started")
    await log.awarning("started", token=TOKEN)  # expect: SA302 HIGH
    with logger.contextualize(token=TOKEN):  # expect: SA302 HIGH
        logger.info("started")
    logger.opt(lazy=True).info("started as {}", lambda: TOKEN)  # expect: SA302 HIGH
    logger.opt(lazy=True).info("started {}", lambda: bool(TOKEN))
    eliot.log_message(message_type="start", token=TOKEN)  # expect: SA302 HIGH
    with eliot.start_action(action_type="start", known=bool(TOKEN)):
        pass
    with tracer.start_as_current_span("start", attributes={"token": TOKEN}):  # expect: SA302 LOW
        pass
    cherrypy.log("token " + TOKEN)  # expect: SA302 HIGH
    logging.vlog(1, "token %s", TOKEN)  # expect: SA302
    rollbar.report_message("token " + TOKEN, "info")  # expect: SA302 LOW
    ddtrace.tracer.current_span().set_tag("token", TOKEN)  # expect: SA302 LOW
    ddtrace.tracer.current_span().set_tag("known", bool(TOKEN))
