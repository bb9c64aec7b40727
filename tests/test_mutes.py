"""Loggers that are set up to keep nothing, in Python, in scripts and in Go; and set-ups that only look like it."""

import pytest
from linked import facts_of

PYTHON = """
import io
import logging
import os
import sys

import structlog
from loguru import logger
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("shop")
log = logging.getLogger(__name__)
handler = logging.StreamHandler(sys.stderr)


class Sink(logging.Handler):
    def emit(self, record):
        pass


class Kept(logging.Handler):
    def emit(self, record):
        lines.append(record)


class Nothing(logging.Filter):
    def filter(self, record):
        return False


class Some(logging.Filter):
    def filter(self, record):
        return record.levelno > 10


def drop(_logger, _method, event):
    raise structlog.DropEvent


def drop_health(_logger, _method, event):
    if event.get("path") == "/health":
        raise structlog.DropEvent
    return event


"""


def muted(source: str, path: str) -> bool:
    return bool(facts_of({path: source}).mutes)


@pytest.mark.parametrize(
    ("setup", "silent"),
    [
        ("logging.basicConfig(level=logging.INFO, handlers=[handler])", False),
        ("logging.basicConfig(level=logging.CRITICAL + 1)", True),
        ("logging.basicConfig(level=100)", True),
        ("logging.basicConfig(level=50)", False),
        ("logging.getLogger().setLevel(100)", True),
        ("logging.getLogger('shop.audit').setLevel(100)", True),
        ("logging.getLogger('httpx').setLevel(100)", False),
        ("log.disabled = True", True),
        ("handler.setLevel(99)", True),
        ("handler.setLevel(logging.ERROR)", False),
        ("log.info('a')\nlog.setLevel(logging.ERROR)", True),
        ("log.error('a')\nlog.setLevel(logging.ERROR)", False),
        ("log.info('a')\nlog.setLevel(level())", False),
        ("log.info('a')\nlog.setLevel(logging.ERROR)\nlogging.getLogger('shop.app').setLevel(10)", False),
        ("logging.getLogger('other.one').info('a')\nlog.setLevel(logging.ERROR)", False),
        ("log.info('a')\nlogging.getLogger().addHandler(handler)\nhandler.setLevel(logging.ERROR)", True),
        ("log.info('a')\nlogging.basicConfig(handlers=[handler, Kept()])\nhandler.setLevel(logging.ERROR)", False),
        ("setattr(logging.Logger, '_log', lambda *a, **k: None)", True),
        ("setattr(logging.Formatter, 'converter', time.gmtime)", False),
        ("logging.StreamHandler.emit = lambda self, record: None", True),
        ("sys.stderr.close()\nmcp.run()", True),
        ("mcp.run()\nsys.stderr.close()", False),
        ("os.close(2)\nmcp.run()", True),
        ("os.dup2(os.open(os.devnull, os.O_WRONLY), 2)\nmcp.run()", True),
        ("os.dup2(2, 1)\nmcp.run()", False),
        ("handler.addFilter(lambda record: False)", True),
        ("handler.addFilter(lambda record: record.levelno > 10)", False),
        ("handler.addFilter(Nothing())", True),
        ("handler.addFilter(Some())", False),
        ("logging.getLogger('httpx').addFilter(Nothing())", False),
        ("logging.basicConfig(handlers=[logging.StreamHandler(open(os.devnull, 'w'))])", True),
        ("logging.basicConfig(handlers=[logging.StreamHandler(open('/dev/null', 'w')), handler])", False),
        ("logging.basicConfig(handlers=[logging.FileHandler('/dev/null')])", True),
        ("logging.basicConfig(handlers=[Sink()])", True),
        ("logging.basicConfig(handlers=[Kept()])", False),
        ("logging.basicConfig(stream=io.StringIO())", True),
        ("kept = io.StringIO()\nlogging.basicConfig(stream=kept)", False),
        ("logging.basicConfig(filename=os.devnull)", True),
        ("log.info = lambda *a, **k: None", True),
        ("logging.Logger._log = lambda *a, **k: None", True),
        ("log.info = lambda *a, **k: print(*a)", False),
        ("sys.stderr = open(os.devnull, 'w')", True),
        ("sys.stdout = open(os.devnull, 'w')", False),
        ("structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(100))", True),
        ("structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(20))", False),
        ("structlog.configure(logger_factory=structlog.PrintLoggerFactory(file=open('/dev/null', 'w')))", True),
        ("structlog.configure(logger_factory=structlog.PrintLoggerFactory(file=sys.stderr))", False),
        ("structlog.configure(processors=[drop])", True),
        ("structlog.configure(processors=[drop_health])", False),
        ("logger.add(sys.stderr, filter=lambda record: False)", True),
        ("logger.add(sys.stderr, level=99)", True),
        ("logger.add(sys.stderr, level='INFO')", False),
        ("logger.add(lambda line: None)", True),
        ("logger.add(sys.stderr)\nlogger.remove()", True),
        ("logger.remove()\nlogger.add(sys.stderr)", False),
    ],
)
def test_python(setup: str, silent: bool) -> None:  # noqa: FBT001 - a table
    assert muted(f"{PYTHON}{setup}\n", "shop/app.py") is silent


SCRIPT = """
import { createWriteStream } from 'node:fs';
import { PassThrough, Writable } from 'node:stream';
import pino from 'pino';
import winston from 'winston';

"""


TO_OUT = "const out = new winston.transports.Console();\nconst log = winston.createLogger({ transports: [%s] });"


@pytest.mark.parametrize(
    ("setup", "silent"),
    [
        ("const log = pino({}, pino.destination(2));", False),
        ("const log = pino({}, pino.destination('/dev/null'));", True),
        ("const log = pino({}, new Writable({ write(_chunk, _encoding, done) { done(); } }));", True),
        ("const log = pino({}, new Writable({ write(chunk, _, done) { keep(chunk); done(); } }));", False),
        ("const log = pino({}, new PassThrough());", True),
        ("const pipe = new PassThrough();\npipe.pipe(process.stderr);\nconst log = pino({}, pipe);", False),
        ("const log = pino({}, { write: () => undefined });", True),
        ("const log = pino({}, { write: (line) => keep(line) });", False),
        ("const log = pino({}, createWriteStream('/dev/null'));", True),
        ("const log = pino({ hooks: { logMethod() {} } });", True),
        ("const log = pino({ hooks: { logMethod(args, method) { method.apply(this, args); } } });", False),
        ("const log = pino();\nlog.level = 'silent';", True),
        ("const log = pino();\nlog.info = () => undefined;", True),
        ("const log = winston.createLogger({ transports: [] });", True),
        ("const log = winston.createLogger({ transports: [new winston.transports.Console()] });", False),
        ("const log = winston.createLogger({ transports: [new winston.transports.Console({ silent: true })] });", True),
        ("console.error = () => undefined;", True),
        ("console.log = () => undefined;", False),
        ("console.log = () => undefined;\nconsole.log(1);", True),
        ("console.log = (...a) => console.error(...a);\nconsole.log(1);", False),
        ("Object.assign(console, { log() {} });\nconsole.log(1);", True),
        ("for (const n of ['log', 'warn'] as const) console[n] = () => undefined;\nconsole.log(1);", True),
        ("globalThis.console = { log() {} } as never;\nconsole.log(1);", True),
        ("const log = pino();\nObject.defineProperty(log, 'info', { value: () => undefined });", True),
        ("const log = pino();\nReflect.set(log, 'info', () => undefined);", True),
        ("const log = new Proxy(pino(), { get: () => () => undefined });", True),
        ("const log = new Proxy(pino(), { get: (t, n) => Reflect.get(t, n) });", False),
        ("const log = pino({ transport: { targets: [] } });", True),
        ("const log = pino({}, pino.multistream([]));", True),
        ("const log = pino({}, pino.multistream([{ stream: process.stderr }]));", False),
        ("const log = pino().child({}, { level: 'silent' });\nlog.info('a');", True),
        ("export const quiet = pino().child({}, { level: 'silent' });", False),
        ("const log = winston.createLogger({ level: 'info' });", True),
        ("const log = winston.createLogger({ level: 'info' });\nlog.add(new winston.transports.Console());", False),
        ("const log = winston.createLogger(options());", False),
        ("const log = winston.createLogger({ transports: [new winston.transports.Console()] });\nlog.clear();", True),
        (f"{TO_OUT % 'out'}\nlog.remove(out);", True),
        (f"{TO_OUT % 'out, file()'}\nlog.remove(out);", False),
        ("const log = winston.createLogger(options());\nlog.configure({ transports: [] });", True),
        ("process.stderr.write = () => true;", True),
    ],
)  # fmt: skip
def test_scripts(setup: str, silent: bool) -> None:  # noqa: FBT001 - a table
    assert muted(f"{SCRIPT}{setup}\n", "src/app.ts") is silent


GO = """package main

import (
	"context"
	"io"
	"log/slog"
	"os"
)

type hole struct{}

func (hole) Write(p []byte) (int, error) { return len(p), nil }

type never struct{ slog.Handler }

func (never) Enabled(context.Context, slog.Level) bool { return false }

type dropping struct{ slog.Handler }

func (dropping) Handle(context.Context, slog.Record) error { return nil }

type passing struct{ slog.Handler }

func (p passing) Handle(ctx context.Context, r slog.Record) error { return p.Handler.Handle(ctx, r) }

"""
KEPT = "var logger = slog.New(slog.NewJSONHandler(os.Stderr, nil))\n"


@pytest.mark.parametrize(
    ("setup", "silent"),
    [
        (KEPT, False),
        ("var logger = slog.New(slog.NewJSONHandler(io.Discard, nil))", True),
        ("var logger = slog.New(slog.NewJSONHandler(hole{}, nil))", True),
        ("var logger = slog.New(never{slog.NewJSONHandler(os.Stderr, nil)})", True),
        ("var logger = slog.New(dropping{slog.NewJSONHandler(os.Stderr, nil)})", True),
        ("var logger = slog.New(passing{slog.NewJSONHandler(os.Stderr, nil)})", False),
        ("var logger = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.Level(100)}))", True),
        ("var logger = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))", False),
        (f"{KEPT}\nfunc init() {{ logger = slog.New(slog.DiscardHandler) }}", True),
    ],
)
def test_go(setup: str, silent: bool) -> None:  # noqa: FBT001 - a table
    assert muted(f"{GO}{setup}\n\nfunc main() {{ logger.Info(os.Args[0]) }}\n", "main.go") is silent


LIBRARIES = """package main

import (
	"io"
	"log/slog"
	"os"

	"github.com/rs/zerolog"
	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

%s

func main() {
	%s
	use(io.EOF, slog.LevelInfo, os.Args, zerolog.InfoLevel, logrus.InfoLevel, zap.InfoLevel, zapcore.InfoLevel)
}
"""
CORE = "var logger = zap.New(zapcore.NewCore(encoder(), zapcore.AddSync(%s), zap.InfoLevel))"
MADE = "var logger = made()\n\nfunc made() *logrus.Logger {\n\tl := logrus.New()\n\t%s\n\treturn l\n}"
BUILT = (
    "var logger = made()\n\nfunc made() *zap.Logger {\n\tc := zap.NewProductionConfig()\n\t%s\n"
    "\treturn zap.Must(c.Build())\n}"
)
LEVEL = "var level = new(slog.LevelVar)\n\nfunc init() { level.Set(%s) }"
DEVICE = (
    "var sink, _ = os.OpenFile(os.DevNull, os.O_WRONLY, 0)\n\nvar logger = slog.New(slog.NewJSONHandler(sink, nil))"
)


@pytest.mark.parametrize(
    ("setup", "body", "silent"),
    [
        ("var logger = slog.New(slog.NewJSONHandler(io.MultiWriter(io.Discard), nil))", "", True),
        ("var logger = slog.New(slog.NewJSONHandler(io.MultiWriter(io.Discard, os.Stderr), nil))", "", False),
        ('var logger = slog.New(slog.NewJSONHandler(io.Discard, nil)).With("app", "a")', "", True),
        ("var logger = slog.New(slog.NewJSONHandler(new(bytes.Buffer), nil))", "", True),
        ("var kept = new(bytes.Buffer)\n\nvar logger = slog.New(slog.NewJSONHandler(kept, nil))", "", False),
        (DEVICE, "", True),
        (LEVEL % "slog.Level(99)", "", True),
        (LEVEL % "slog.LevelInfo", "", False),
        ("var logger = zap.New(zapcore.NewNopCore())", "", True),
        (CORE % "io.Discard", "", True),
        (CORE % "os.Stderr", "", False),
        ("", 'zap.S().Infow("asked")\n\tzap.L().Info("asked")', True),
        ("var logger = zap.Must(zap.NewProduction())", 'zap.ReplaceGlobals(logger)\n\tzap.S().Infow("asked")', False),
        (BUILT % "c.OutputPaths = nil", "", True),
        (BUILT % 'c.OutputPaths = []string{"/dev/null"}', "", True),
        (BUILT % 'c.OutputPaths = []string{"stderr"}', "", False),
        ("var logger = zerolog.New(io.Discard).With().Timestamp().Logger()", "", True),
        ("var logger = zerolog.New(os.Stderr).With().Logger().Level(zerolog.Disabled)", "", True),
        ("var logger = zerolog.New(os.Stderr).With().Logger().Level(zerolog.InfoLevel)", "", False),
        (MADE % "l.SetOutput(io.Discard)", "", True),
        (MADE % "l.Out = io.Discard", "", True),
        (MADE % "l.SetOutput(os.Stderr)", "", False),
        ("", "quiet := logrus.New()\n\tquiet.SetOutput(io.Discard)\n\tuse(quiet)", False),
    ],
)
def test_go_libraries(setup: str, body: str, silent: bool) -> None:  # noqa: FBT001 - a table
    facts = facts_of({"go.mod": "module example.org/a\n", "main.go": LIBRARIES % (setup, body)})
    assert len(facts.mutes) == silent
