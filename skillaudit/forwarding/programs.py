"""Deployments that the tree names and does not spell out: programs, modules from elsewhere, roles of playbooks.

What they do with the output is *unknown*: a program is not run, and a module that is not in the tree is not read.
"""

import re
from collections.abc import Iterator

from skillaudit.configuration import Document, Node, at, children, pairs, raw, text, walk
from skillaudit.forward import Stage
from skillaudit.forwarding.cloud import Cloud, Resource
from skillaudit.forwarding.drivers import driven
from skillaudit.forwarding.parts import Target, Workload, ok, unknown
from skillaudit.model import Location

MODULE = "module"
"""The kind of a resource that stands for a module from elsewhere."""
_RUNS = ("image", "container_image", "image_uri", "image_identifier", "containers", "container_definitions", "handler",
         "source_path", "docker_image", "app_image", "task_container_image")  # fmt: skip
"""Arguments that only a module which runs something takes."""
_LAMBDA = re.compile(r"^terraform-aws-modules/lambda/aws\b")
_ECS = re.compile(r"^terraform-aws-modules/ecs/aws//modules/(?:service|container-definition)\b")
_APP_RUNNER = re.compile(r"^terraform-aws-modules/app-runner/aws\b")
_CLOUD_RUN = re.compile(r"^(?:GoogleCloudPlatform|terraform-google-modules)/cloud-(?:run|functions)/google\b")
_CONTAINERS = re.compile(r"^(?:community\.docker\.)?docker_container$")


def program(document: Document) -> Iterator[Workload]:
    """A program that makes the deployment. It may stand in a package of its own, and deploys what is around it."""
    tool = text(document.root, "tool")
    link = unknown(document.at(), Stage.DRIVER, f"{tool} deploys the server", "what it makes is not in the tree")
    yield Workload(document.at(), "cloud", tool, "", links=(link,), scope=document.path)


def modules(known: Cloud) -> Iterator[Workload]:
    """Calls of Terraform modules that are not in the tree: those of well-known ones, and any that runs an image."""
    for one in known.of(MODULE):
        source = one.read("source")
        if _LAMBDA.match(source):
            name = one.read("function_name") or one.label
            kept = one.node("cloudwatch_logs_retention_in_days")
            yield _taken(one, "Lambda", "cloudwatch", f"/aws/lambda/{name}", kept)
        elif _APP_RUNNER.match(source):
            yield _taken(one, "App Runner", "cloudwatch", "")
        elif _CLOUD_RUN.match(source):
            yield _taken(one, "Cloud Run", "google", "")
        elif _ECS.match(source):
            yield from _service(one)
        elif any(one.node(name) is not None for name in _RUNS):
            reason = f"its source {source} is not in the tree"
            link = unknown(one.location, Stage.DRIVER, f"the module {one.label} runs the server", reason)
            yield Workload(one.location, "cloud", one.label, one.document.package, links=(link,), scope=one.scope)


def _service(one: Resource) -> Iterator[Workload]:
    """The module's containers have a log group each unless that is switched off."""
    for name, container in pairs(one.body, "container_definitions") or ((one.label, one.body),):
        off = text(container, "enable_cloudwatch_logging") == "false"
        settings = at(container, "log_configuration") or at(container, "logConfiguration")
        place = one.document.at(settings or container)
        if settings is not None and (off or raw(settings, "logDriver")):
            driver, link = driven(place, raw(settings, "logDriver"), at(settings, "options"))
        elif off:
            driver, link = None, None
        else:
            kept = at(container, "cloudwatch_log_group_retention_in_days")
            driver = Target(place, "cloudwatch", f"/aws/ecs/{name}", "", encrypted=True, days=_days(one, kept))
            link = ok(place, Stage.DRIVER, f"the module {one.label} sends the output to a log group")
        links = (link,) if link is not None else ()
        yield Workload(place, "ecs", name, one.document.package, raw(container, "image"), driver=driver, links=links,
                       scope=one.label, body=container)  # fmt: skip


def _taken(one: Resource, what: str, kind: str, name: str, kept: Node | None = None) -> Workload:
    target = Target(one.location, kind, name, "", encrypted=True, days=_days(one, kept))
    link = ok(one.location, Stage.DRIVER, f"{what} takes the streams of {one.label}")
    return Workload(one.location, "cloud", one.label, one.document.package, driver=target, links=(link,),
                    scope=one.scope, body=one.body)  # fmt: skip


def _days(one: Resource, node: Node | None) -> tuple[Location, str] | None:
    return (one.document.at(node), raw(node)) if node is not None and raw(node) not in {"", "0"} else None


def playbook(document: Document) -> Iterator[Workload]:
    """Containers that a playbook or a role of Ansible runs."""
    for task in walk(document.root):
        for key, node in pairs(task):
            if _CONTAINERS.match(key) and raw(node, "image"):
                place: Location = document.at(at(node, "log_driver") or node)
                driver, link = driven(place, raw(node, "log_driver"), at(node, "log_options"))
                yield Workload(document.at(node), "host", raw(node, "name"), document.package, raw(node, "image"),
                               driver=driver, links=(link,) if link is not None else (), scope=document.path,
                               body=node)  # fmt: skip


def docker_container(resource: Resource, _: Cloud) -> Iterator[Workload]:
    """A container that Terraform's Docker provider runs on a host."""
    place = resource.document.at(resource.node("log_driver") or resource.body)
    driver, link = driven(place, resource.read("log_driver"), resource.node("log_opts"))
    yield Workload(resource.location, "host", resource.label, resource.document.package, resource.read("image"),
                   driver=driver, links=(link,) if link is not None else (), scope=resource.scope,
                   body=resource.body)  # fmt: skip


def nomad(document: Document) -> Iterator[Workload]:
    """Tasks of a Nomad job; those of the Docker driver may name a logging driver."""
    for job, body in pairs(document.root, "job"):
        for group, inner in ((g, one) for name, held in pairs(body) if name == "group" for g, one in pairs(held)):
            for task, node in ((t, one) for name, held in pairs(inner) if name == "task" for t, one in pairs(held)):
                config = at(node, "config")
                logging = at(config, "logging")
                place = document.at(logging or node)
                options = next(iter(children(logging, "config")), None)
                driver, link = driven(place, raw(logging, "type") or raw(logging, "driver"), options)
                yield Workload(document.at(node), "nomad", f"{job}/{group}/{task}", document.package,
                               raw(config, "image"), driver=driver, links=(link,) if link is not None else (),
                               scope=document.path, body=node)  # fmt: skip
