"""Exclusions of Google Cloud Logging: a filter that takes in all that a service prints throws its records away."""

import re

from skillaudit.configuration import every, raw, text
from skillaudit.forward import ChainLink, Stage
from skillaudit.forwarding.cloud import Cloud, Resource
from skillaudit.forwarding.parts import broken

_TERM = re.compile(r"\s*(?P<key>[\w.\"-]{1,80})\s*=\s*\"?(?P<value>[\w./-]{1,200})\"?\s*(?:AND\b|$|\n)")
_SERVICE = ("resource.labels.service_name", "resource.labels.cluster_name", "resource.labels.function_name")
_TYPES = {
    "google_cloud_run_service": "cloud_run_revision", "google_cloud_run_v2_service": "cloud_run_revision",
    "google_container_cluster": "k8s_container", "google_cloudfunctions_function": "cloud_function",
    "google_cloudfunctions2_function": "cloud_run_revision",
}  # fmt: skip


def excluded(service: Resource, known: Cloud) -> ChainLink | None:
    """The exclusion that drops everything of a service, where no other sink copies its entries first."""
    sinks = list(known.of("google_logging_project_sink", "google_logging_folder_sink"))
    if any(one.read("name") != "_Default" for one in sinks):
        return None
    found = [(one, one.body) for one in known.of("google_logging_project_exclusion")]
    found += [(one, block) for one in sinks for block in every(one.body, "exclusions")]
    for one, node in found:
        if text(node, "disabled") != "true" and _takes_all(raw(node, "filter"), service):
            reason = "it drops every record of the service"
            return broken(one.location, Stage.ROUTE, f"the exclusion {one.label}", reason)
    return None


def _takes_all(written: str, service: Resource) -> bool:
    """Whether each term of a filter is only about which service it is, and means this one."""
    terms, place = [], 0
    while place < len(written):
        found = _TERM.match(written, place)
        if found is None:
            return False
        terms.append((found["key"].strip('"'), found["value"]))
        place = found.end()
    own = {service.read("name"), service.label}
    return bool(terms) and all(
        value == _TYPES.get(service.kind) if key == "resource.type" else key in _SERVICE and value in own
        for key, value in terms
    )
