"""Units of systemd, and platforms whose own settings decide what becomes of the output."""

from collections.abc import Iterator

from skillaudit.configuration import Document, Node, Text, at, children, every, pairs, raw, text, truthy
from skillaudit.forward import ChainLink, Stage
from skillaudit.forwarding.drivers import firelens
from skillaudit.forwarding.parts import Target, Workload, broken, ok
from skillaudit.forwarding.redirects import STDOUT, redirected

_OFF = {"null", "/dev/null"}


def _thrown_away(document: Document, service: Node | None, setting: str) -> Iterator[ChainLink]:
    """Output that leads nowhere; errors go the same way unless ``StandardError`` says otherwise."""
    place, errors = document.at(at(service, "StandardOutput")), at(service, "StandardError")
    if errors is None or raw(errors) in {*_OFF, "inherit"}:
        yield broken(place, Stage.DRIVER, setting, "systemd throws it away")
    else:
        yield broken(place, Stage.DRIVER, f"the command's {STDOUT}: {setting}", "systemd throws it away")
        yield ok(document.at(errors), Stage.DRIVER, "systemd takes what goes to standard error to the journal")


def unit(document: Document) -> Iterator[Workload]:
    """A service; its output goes to the journal unless it says otherwise."""
    service = at(document.root, "service")
    start = at(service, "ExecStart")
    if start is None:
        return
    output = at(service, "StandardOutput")
    written = raw(output)
    links: list[ChainLink] = list(redirected(raw(start), ok(document.at(start), Stage.SOURCE, "")))
    driver = Target(document.at(output or service), "journald")
    if written in _OFF:
        links.extend(_thrown_away(document, service, f"StandardOutput={written}"))
    elif written.startswith(("file:", "append:", "truncate:")):
        path = written.partition(":")[2]
        links.append(ok(document.at(output), Stage.SOURCE, f"the command's output goes to the file {path}"))
    else:
        links.append(ok(document.at(output or service), Stage.DRIVER, "systemd takes the output to the journal"))
    environment = [raw(node).strip('"').partition("=") for node in every(service, "Environment")]
    name = raw(start).partition(" ")[0].rpartition("/")[2]
    yield Workload(
        document.at(start), "systemd", name, document.package,
        driver=driver, links=tuple(links), scope=document.path, body=document.root,
        environment=tuple((name, _text(document, value)) for name, _, value in environment),
    )  # fmt: skip


def _text(document: Document, value: str) -> Node:
    return Text(document.root.line, value)


def worker(document: Document) -> Iterator[Workload]:
    """A Cloudflare worker: observability, logpush or a tail consumer take its records."""
    root = document.root
    driver, link = None, None
    observed = at(root, "observability")
    consumers = children(root, "tail_consumers")
    logs_off = text(observed, "logs", "enabled").lower() == "false"
    if (truthy(observed, "enabled") or truthy(observed, "logs", "enabled")) and not logs_off:
        place = document.at(observed)
        driver = Target(place, "cloudflare", "", "", encrypted=True)
        link = ok(place, Stage.DRIVER, "the platform keeps the worker's records")
        if _sampled_out(observed):
            link = broken(place, Stage.DRIVER, "head_sampling_rate", "no record is sampled")
    elif truthy(root, "logpush") or consumers:
        place = document.at(at(root, "logpush") or consumers[0])
        driver = Target(place, "hosted", "Logpush" if truthy(root, "logpush") else "a tail worker", "", encrypted=True)
        link = ok(place, Stage.DRIVER, "the platform pushes the worker's records on")
    links = (link,) if link is not None else ()
    name = raw(root, "name")
    yield Workload(document.at(), "platform", name, document.package, driver=driver, links=links, scope=document.path)


def _sampled_out(observed: Node | None) -> bool:
    rates = (text(observed, "logs", "head_sampling_rate"), text(observed, "head_sampling_rate"))
    return any(rate in {"0", "0.0"} for rate in rates)


def app_engine(document: Document) -> Iterator[Workload]:
    """App Engine takes the output to Cloud Logging by itself."""
    place = document.at()
    link = ok(place, Stage.DRIVER, "App Engine takes the output")
    name = raw(document.root, "service") or "default"
    yield Workload(place, "cloud", name, document.package, driver=Target(place, "google", "", "", encrypted=True),
                   links=(link,), role=raw(document.root, "service_account"), scope=document.path)  # fmt: skip


def app_runner(document: Document) -> Iterator[Workload]:
    """App Runner takes the output to CloudWatch by itself."""
    place = document.at()
    target = Target(place, "cloudwatch", "", "", encrypted=True)
    link = ok(place, Stage.DRIVER, "App Runner takes the output")
    yield Workload(place, "cloud", "App Runner", document.package, driver=target, links=(link,), scope=document.path)


def copilot(document: Document) -> Iterator[Workload]:
    """Copilot gives every service a log group; what ``logging`` names besides is an output of FireLens."""
    place = document.at(at(document.root, "logging"))
    name = raw(document.root, "name")
    options = at(document.root, "logging", "destination")
    if pairs(options):
        driver = firelens(document.at(options), options)
        link = ok(driver.location, Stage.DRIVER, f"FireLens takes the streams of {name}")
    else:
        kept = at(document.root, "logging", "retention")
        days = (document.at(kept), raw(kept)) if kept is not None else None
        driver = Target(place, "cloudwatch", f"/copilot/{name}", "", encrypted=True, days=days)
        link = ok(place, Stage.DRIVER, f"Copilot sends the output of {name} to a log group")
    yield Workload(place, "ecs", name, document.package, driver=driver, links=(link,), scope=document.path,
                   body=document.root)  # fmt: skip


def hosted(document: Document) -> Iterator[Workload]:
    """Fly, Render, Vercel, Heroku: unless a drain is declared, their records stay with the platform for a while."""
    name = raw(document.root, "app") or raw(document.root, "name") or text(document.root, "platform") or next(
        (raw(one, "name") for one in children(document.root, "services")), ""
    )  # fmt: skip
    variables = tuple((key, node) for key, node in pairs(document.root, "env"))
    yield Workload(document.at(), "platform", name, document.package, raw(document.root, "build", "image"),
                   environment=variables, scope=document.path)  # fmt: skip
