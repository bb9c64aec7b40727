import pytest

from skillaudit.facts import Level, Sink
from skillaudit.linking.knowledge.logapis import level_of, log_api


@pytest.mark.parametrize(
    ("path", "library", "level", "style"),
    [
        ("logging.info", "logging", Level.INFO, "format"),
        ("logging.getLogger().exception", "logging", Level.ERROR, "format"),
        ("logging.getLogger().getChild().warning", "logging", Level.WARNING, "format"),
        ("structlog.get_logger().bind().info", "structlog", Level.INFO, "fields"),
        ("loguru.logger.opt().success", "loguru", Level.INFO, "format"),
        ("logfire.warn", "logfire", Level.WARNING, "fields"),
        ("celery.utils.log.get_task_logger().error", "logging", Level.ERROR, "format"),
        ("pino().child().error", "pino", Level.ERROR, "object"),
        ("winston.createLogger().http", "winston", Level.INFO, "fields"),
        ("fastify.FastifyInstance().log.debug", "pino", Level.DEBUG, "object"),
        ("@nestjs/common.Logger().log", "nest", Level.INFO, "join"),
        ("log/slog.With().ErrorContext", "slog", Level.ERROR, "fields"),
        ("go.uber.org/zap.NewProduction().Sugar().Infof", "zap", Level.INFO, "format"),
        ("go.uber.org/zap.Config().Build().Warn", "zap", Level.WARNING, "fields"),
        ("go.uber.org/zap.Logger().Warn", "zap", Level.WARNING, "fields"),
        ("go.uber.org/zap.Logger().Named().With().Info", "zap", Level.INFO, "fields"),
        ("go.uber.org/zap.SugaredLogger().Infow", "zap", Level.INFO, "fields"),
        ("github.com/phuslu/log.Warn().Str().Msg", "zerolog", Level.WARNING, "format"),
        ("github.com/rs/zerolog.Logger().Print", "zerolog", Level.INFO, "format"),
        ("github.com/hashicorp/terraform-plugin-log/tflog.Info", "tflog", Level.INFO, "fields"),
        ("github.com/labstack/echo/v4.Context().Logger().Errorf", "gommon", Level.ERROR, "format"),
        ("apify.log.warning", "apify", Level.WARNING, "fields"),
        ("firebase-functions/logger.error", "firebase", Level.ERROR, "fields"),
        ("loguru.Logger().bind().info", "loguru", Level.INFO, "format"),
        ("github.com/rs/zerolog/log.Error().Str().Err().Msg", "zerolog", Level.ERROR, "format"),
        ("github.com/sirupsen/logrus.WithFields().Warnf", "logrus", Level.WARNING, "format"),
        ("k8s.io/klog/v2.V().InfoS", "klog", Level.INFO, "fields"),
        ("sigs.k8s.io/controller-runtime/pkg/log.FromContext().Error", "logr", Level.ERROR, "fields"),
        ("log.Fatalf", "go log", Level.ERROR, "format"),
        ("acme.get_logger().info", "acme", Level.INFO, "fields"),
        ("npmlog.warn", "npmlog", Level.WARNING, "join"),
        ("k8s.io/klog/v2.LoggerWithValues().Info", "klog", Level.INFO, "fields"),
    ],
)
def test_calls_of_loggers(path: str, library: str, level: Level, style: str) -> None:
    found = log_api(path)
    assert found is not None
    assert (found.library, found.level, found.style, found.sink) == (library, level, style, Sink.LOGGER)


@pytest.mark.parametrize(
    ("path", "sink"),
    [
        ("print", Sink.STDOUT),
        ("console.log", Sink.STDOUT),
        ("console.error", Sink.STDERR),
        ("process.stderr.write", Sink.STDERR),
        ("Deno.stdout.write", Sink.STDOUT),
        ("traceback.print_exception", Sink.STDERR),
        ("fmt.Println", Sink.STDOUT),
        ("mcp.server.fastmcp.Context().info", Sink.CLIENT),
        ("sdk.Server().sendLoggingMessage", Sink.CLIENT),
    ],
)
def test_where_it_writes(path: str, sink: Sink) -> None:
    found = log_api(path)
    assert found is not None
    assert found.sink is sink


@pytest.mark.parametrize(
    "path",
    [
        "github.com/rs/zerolog/log.Info",
        "github.com/rs/zerolog.Logger().Error",
        "Math.log",
        "logging.getLogger",
        "pino",
        "requests.get().text",
        "errors.New",
        "math.Log",
    ],
)
def test_what_only_looks_like_it(path: str) -> None:
    assert log_api(path) is None


@pytest.mark.parametrize(
    ("path", "skip"),
    [
        ("logging.getLogger().log", 1),
        ("console.log", 0),
        ("@nestjs/common.Logger().log", 0),
        ("log/slog.InfoContext", 1),
        ("log/slog.Logger().Log", 2),
        ("k8s.io/klog/v2.ErrorS", 1),
    ],
)
def test_leading_arguments_that_are_no_message(path: str, skip: int) -> None:
    found = log_api(path)
    assert found is not None
    assert found.skip == skip


@pytest.mark.parametrize(
    ("method", "level"),
    [
        ("Warnf", Level.WARNING),
        ("DebugContext", Level.DEBUG),
        ("Infow", Level.INFO),
        ("silly", Level.DEBUG),
        ("send", None),
    ],
)
def test_levels_of_methods(method: str, level: Level | None) -> None:
    assert level_of(method) is level
