"""What runs on clouds: ECS tasks, Lambda functions, Cloud Run services, Azure's container apps."""

import re
from collections.abc import Callable, Iterator, Mapping

from msgspec.structs import replace

from skillaudit.configuration import Document, Documents, List, Node, at, children, every, pairs, raw, text
from skillaudit.environment import deployed, environment_of
from skillaudit.forward import ChainLink, Stage
from skillaudit.forwarding.cloud import Cloud, Resource
from skillaudit.forwarding.containers import words_of
from skillaudit.forwarding.drivers import described, driven, firelens
from skillaudit.forwarding.exclusions import excluded
from skillaudit.forwarding.parts import Target, Workload, broken, ok
from skillaudit.forwarding.programs import docker_container
from skillaudit.forwarding.redirects import redirected
from skillaudit.forwarding.world import GROUPS

_PRINTED = re.compile(r"Console|AppLogs|FunctionApp|ContainerLog|allLogs", re.IGNORECASE)
"""Categories of Azure that hold what programs print."""


def cloud_workloads(held: Documents, known: Cloud) -> Iterator[Workload]:
    """Containers and functions that cloud resources and task definitions declare."""
    for document in held.of("ecs"):
        if deployed(document):
            yield from _task(document, document.root, _lowered_first)
    for one in known.all:
        if (read := _RESOURCES.get(one.kind)) is not None:
            yield from read(one, known)
    for document in held.of("serverless"):
        if deployed(document) and (text(document.root, "provider", "name") or text(document.root, "provider")) == "aws":
            yield from _serverless(document)


def _lowered_first(name: str) -> str:
    return name


def _capital(name: str) -> str:
    """CloudFormation's spelling of a property."""
    return name[:1].upper() + name[1:]


def _ecs(resource: Resource, _: Cloud) -> Iterator[Workload]:
    if "::" in resource.kind:
        yield from _task(resource.document, resource.body, _capital)
    else:
        containers = resource.node("container_definitions")
        if isinstance(containers, List):
            role = resource.read("task_role_arn")
            yield from _containers(resource.document, containers, _lowered_first, role, resource.label)


def _task(document: Document, node: Node, spell: Callable[[str], str]) -> Iterator[Workload]:
    containers = at(node, spell("containerDefinitions"))
    role = raw(node, spell("taskRoleArn"))
    if containers is not None:
        yield from _containers(document, containers, spell, role, raw(node, spell("family")))


def _containers(
    document: Document, node: Node, spell: Callable[[str], str], role: str, scope: str
) -> Iterator[Workload]:
    for one in children(node):
        logging = at(one, spell("logConfiguration"))
        name = raw(logging, spell("logDriver"))
        options = at(logging, spell("options"))
        driver, link = driven(document.at(logging or one), name, options)
        if name == "awsfirelens":
            driver = firelens(document.at(options or logging or one), options)
            if not pairs(options):
                driver = Target(document.at(logging or one), "forward", "", "localhost:24224", encrypted=True)
        command = f"{words_of(at(one, spell('entryPoint')))} {words_of(at(one, spell('command')))}"
        place = ok(document.at(one), Stage.SOURCE, "")
        router = at(one, spell("firelensConfiguration")) is not None
        yield Workload(
            document.at(one),
            "ecs",
            raw(one, spell("name")),
            document.package,
            "fluent-bit" if router else raw(one, spell("image")),
            driver=driver,
            tag=f"{raw(one, spell('name'))}-firelens-x",
            links=(*redirected(command, place), *((link,) if link else ())),
            environment=tuple(environment_of(at(one, spell("environment")))),
            role=role,
            scope=scope,
            body=one,
        )


def _function(resource: Resource, known: Cloud) -> Iterator[Workload]:
    """Lambda sends the streams to the function's log group by itself."""
    named = resource.read("logging_config.log_group", "LoggingConfig.LogGroup") or _declared_group(resource, known)
    own = resource.read("function_name", "FunctionName")
    group = named or (f"/aws/lambda/{own}" if own and "$" not in own else f"/aws/lambda/{resource.label}")
    yield _managed(
        resource, "Lambda", Target(resource.location, "cloudwatch", group, "", encrypted=True), "role", "Role"
    )


def _declared_group(function: Resource, known: Cloud) -> str:
    """A log group that is declared under the name that Lambda gives it, put together from the function's."""
    for one in known.of(*GROUPS):
        name = one.read("name", "LogGroupName")
        if "/aws/lambda/" in name and "$" in name and function.names(name):
            return one.label if "::" in one.kind else f"{one.kind}.{one.label}"
    return ""


def _app_runner(resource: Resource, _: Cloud) -> Iterator[Workload]:
    target = Target(resource.location, "cloudwatch", "", "", encrypted=True)
    keys = ("instance_configuration.instance_role_arn", "InstanceConfiguration.InstanceRoleArn")
    yield _managed(resource, "App Runner", target, *keys)


def _cloud_run(resource: Resource, known: Cloud) -> Iterator[Workload]:
    target = Target(resource.location, "google", "", "", encrypted=True)
    keys = ("template.service_account", "template.spec.service_account_name", "service_account_email")
    found = _managed(resource, "Cloud Run", target, *keys)
    left_out = excluded(resource, known)
    yield replace(found, links=(*found.links, left_out)) if left_out is not None else found


def _gke(resource: Resource, known: Cloud) -> Iterator[Workload]:
    """A cluster sends what its pods print to Cloud Logging unless that is switched off."""
    if resource.read("logging_service") != "none":
        yield from _cloud_run(resource, known)


def _container_app(resource: Resource, known: Cloud) -> Iterator[Workload]:
    """An environment with a workspace collects what its apps print; others need a diagnostic setting."""
    environment = known.named(resource.read("container_app_environment_id"), "azurerm_container_app_environment")
    workspace = environment.read("log_analytics_workspace_id") if environment else ""
    settings = [
        one
        for one in known.of("azurerm_monitor_diagnostic_setting")
        if resource.names(one.read("target_resource_id"))
        or (environment is not None and environment.names(one.read("target_resource_id")))
    ]
    if settings:
        for one in settings:
            found = _managed(resource, "Azure Monitor", _diagnosed(one), "identity.principal_id")
            yield found if _takes_console(one) else replace(found, links=(*found.links, _left_out(one)))
    elif workspace and environment is not None:
        target = Target(environment.location, "azure", workspace, "", encrypted=True)
        yield _managed(resource, "the container environment", target, "identity.principal_id")


def _takes_console(setting: Resource) -> bool:
    """Whether a diagnostic setting takes what programs print; one without categories is taken to do so."""
    nodes = [node for name in ("enabled_log", "log") for node in every(setting.body, name)]
    named = [raw(node, "category") or raw(node, "category_group") for node in nodes]
    return not nodes or any("$" in one or "." in one or _PRINTED.search(one) for one in named)


def _left_out(setting: Resource) -> ChainLink:
    reason = "none of its categories holds what programs print"
    return broken(setting.location, Stage.ROUTE, f"the diagnostic setting {setting.label}", reason)


def _diagnosed(setting: Resource) -> Target:
    storage = setting.read("storage_account_id")
    workspace = setting.read("log_analytics_workspace_id")
    hub = setting.read("eventhub_name", "eventhub_authorization_rule_id")
    kind = "azure" if workspace else "azure-storage" if storage else "kafka" if hub else "null"
    return Target(setting.location, kind, workspace or storage or hub, "", encrypted=True)


def _managed(resource: Resource, what: str, target: Target, *roles: str) -> Workload:
    link = ChainLink(resource.location, Stage.DRIVER, f"{what} takes the streams of {resource.label}")
    away = [one for command in _commands(resource) for one in redirected(*command)]
    return Workload(
        resource.location,
        "cloud",
        resource.label,
        resource.document.package,
        driver=target,
        links=(*away, link),
        environment=tuple(environment_of(resource.node("environment.variables", "Environment.Variables"))),
        role=resource.read(*roles) or (resource.label if "Serverless" in resource.kind else ""),
        scope=resource.scope,
        body=resource.body,
    )


def _commands(resource: Resource) -> Iterator[tuple[str, ChainLink]]:
    """What the containers of a service run, where that is set, each with its place."""
    for path in ("template.containers", "template.container", "template.spec.containers"):
        for container in children(resource.node(path)):
            held = [node for key in ("command", "args") if (node := at(container, key)) is not None]
            if held:
                place = ok(resource.document.at(held[0]), Stage.SOURCE, "")
                yield " ".join(words_of(node) for node in held), place


def _serverless(document: Document) -> Iterator[Workload]:
    for name, node in pairs(document.root, "functions"):
        place = document.at(node)
        group = described(node, "logGroup") or f"/aws/lambda/{raw(document.root, 'service')}-{name}"
        kept = at(node, "logRetentionInDays") or at(document.root, "provider", "logRetentionInDays")
        days = (document.at(kept), raw(kept)) if kept is not None else None
        target = Target(place, "cloudwatch", group, "", encrypted=True, days=days)
        link = ChainLink(place, Stage.DRIVER, f"Lambda takes the streams of {name}")
        disabled = (
            text(node, "disableLogs").lower() == "true" or text(document.root, "provider", "disableLogs") == "true"
        )
        if disabled:
            yield Workload(place, "cloud", name, document.package, scope=document.path, body=node)
        else:
            yield Workload(place, "cloud", name, document.package, driver=target, links=(link,), scope=document.path,
                           role=raw(document.root, "provider", "iam", "role"), body=node)  # fmt: skip


_RESOURCES: Mapping[str, Callable[[Resource, Cloud], Iterator[Workload]]] = {
    "aws_ecs_task_definition": _ecs,
    "AWS::ECS::TaskDefinition": _ecs,
    "aws_lambda_function": _function,
    "AWS::Lambda::Function": _function,
    "AWS::Serverless::Function": _function,
    "aws_apprunner_service": _app_runner,
    "AWS::AppRunner::Service": _app_runner,
    "docker_container": docker_container,
    "google_cloud_run_service": _cloud_run,
    "google_cloud_run_v2_service": _cloud_run,
    "google_cloudfunctions2_function": _cloud_run,
    "google_cloudfunctions_function": _cloud_run,
    "google_container_cluster": _gke,
    "azurerm_container_app": _container_app,
    "azurerm_linux_web_app": _container_app,
    "azurerm_kubernetes_cluster": _container_app,
}
