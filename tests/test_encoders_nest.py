"""How NestJS writes records in production: the logger that the application is given."""

import pytest
from written import effective

MAIN = """
import { NestFactory } from "@nestjs/core";
import { ConsoleLogger, Logger as NestLogger } from "@nestjs/common";
import { Logger, LoggerModule } from "nestjs-pino";
import { WinstonModule, WINSTON_MODULE_NEST_PROVIDER } from "nest-winston";
import * as winston from "winston";
"""
USE = 'import { Logger } from "@nestjs/common";\nnew Logger("Desk").log("called");\n'


def nest(body: str) -> set[str]:
    package = '{"name": "desk", "version": "1.0.0"}'
    return effective({"package.json": package, "src/main.ts": MAIN + body, "src/desk.ts": USE})


PINO = "const app = await NestFactory.create(App, { bufferLogs: true });\napp.useLogger(app.get(Logger));\n"


@pytest.mark.parametrize(
    "body",
    [
        PINO,
        f"LoggerModule.forRoot({{ pinoHttp: {{ redact: ['req.headers.cookie'] }} }});\n{PINO}",
        (
            "LoggerModule.forRootAsync({ useFactory: () => ({ pinoHttp: { transport:"
            f" process.env.NODE_ENV !== 'production' ? {{ target: 'pino-pretty' }} : undefined }} }}) }});\n{PINO}"
        ),
        "const app = await NestFactory.create(App, { logger: new ConsoleLogger({ json: true }) });",
        (
            "const app = await NestFactory.create(App, { logger: WinstonModule.createLogger({"
            " format: winston.format.json(), transports: [new winston.transports.Console()] }) });"
        ),
    ],
)
def test_json(body: str) -> None:
    assert nest(body) == {"json"}


@pytest.mark.parametrize(
    "body",
    [
        "const app = await NestFactory.create(App);",
        "const app = await NestFactory.create(App, { logger: new ConsoleLogger('Desk') });",
        f"LoggerModule.forRoot({{ pinoHttp: {{ transport: {{ target: 'pino-pretty' }} }} }});\n{PINO}",
        (
            "WinstonModule.forRoot({ format: winston.format.simple() });\nconst app = await NestFactory.create(App);\n"
            "app.useLogger(app.get(WINSTON_MODULE_NEST_PROVIDER));"
        ),
    ],
)
def test_text(body: str) -> None:
    assert nest(body) == {"text"}
