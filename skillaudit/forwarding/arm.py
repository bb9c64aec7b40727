"""Azure's own templates (ARM, as JSON), in the words of Terraform's provider, so that one reading serves both.

An expression is not evaluated: a reference means the resource whose type and name expression stand in it.
"""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from skillaudit.configuration import Document, List, Map, Node, Text, at, children, pairs, raw, text

_KINDS: Final = {
    "Microsoft.App/containerApps": "azurerm_container_app",
    "Microsoft.App/managedEnvironments": "azurerm_container_app_environment",
    "Microsoft.Web/sites": "azurerm_linux_web_app",
    "Microsoft.OperationalInsights/workspaces": "azurerm_log_analytics_workspace",
    "Microsoft.Storage/storageAccounts": "azurerm_storage_account",
    "Microsoft.Insights/diagnosticSettings": "azurerm_monitor_diagnostic_setting",
    "Microsoft.Authorization/roleAssignments": "azurerm_role_assignment",
}
_ROLES: Final = {
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
    "b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
    "acdd72a7-3385-48ef-bd42-f606fba81ae7": "Reader",
    "92aaf0da-9dab-42b6-94a3-d43ce8d16293": "Log Analytics Contributor",
    "73c42c96-874c-492b-b04d-ab87d138a893": "Log Analytics Reader",
    "749f88d5-cbae-40b8-bcfc-e573ddc772fa": "Monitoring Contributor",
    "3913510d-42f4-4e42-8a64-420c390055eb": "Monitoring Metrics Publisher",
    "ba92f5b4-2d11-453d-a403-e96b0029c9fe": "Storage Blob Data Contributor",
    "b7e6dc6d-f1e8-4753-8033-0f276bb0955b": "Storage Blob Data Owner",
}
"""Built-in roles by the identifiers that templates name them by."""
_ROLE: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOST = 500


class _Named(msgspec.Struct, frozen=True):
    """One resource: its type, the expression of its name, and what it is called here."""

    type: str
    expression: str
    kind: str
    label: str


def arm_resources(document: Document) -> Iterator[tuple[str, str, Node]]:
    """Kind, label and body of each resource that matters here."""
    held = list(_resources(document.root))[:_MOST]
    named = [
        _Named(text(one, "type"), _expression(one), kind, _label(one))
        for one in held
        if (kind := _KINDS.get(text(one, "type")))
    ]
    for one in held:
        if kind := _KINDS.get(text(one, "type")):
            yield kind, _label(one), _body(kind, one, named)


def _resources(root: Node) -> Iterator[Node]:
    """The resources of a template: a list, or a map in its newer form; with those inside them."""
    listed = at(root, "resources")
    for one in listed.items if isinstance(listed, List) else [node for _, node in pairs(listed)]:
        yield one
        yield from _resources(one)


def _expression(node: Node) -> str:
    """The last part of a name, without the brackets of an expression."""
    return raw(node, "name").strip("[]").rpartition("/")[2]


def _label(node: Node) -> str:
    """A name as Terraform could refer to it."""
    return re.sub(r"\W+", "-", _expression(node)).strip("-")


def _body(kind: str, node: Node, named: list[_Named]) -> Map:
    """The properties that are read, under the names of Terraform's provider."""
    held = at(node, "properties")

    def reference(*path: str) -> Node | None:
        found = at(held, *path)
        return Text(found.line, _meant(raw(found), named)) if found is not None else None

    given: dict[str, Node | None] = {"name": at(node, "name")}
    match kind:
        case "azurerm_container_app":
            given["container_app_environment_id"] = reference("managedEnvironmentId") or reference("environmentId")
            given["template"] = _containers(at(held, "template"))
        case "azurerm_container_app_environment":
            if text(held, "appLogsConfiguration", "destination") in {"log-analytics", ""}:
                given["log_analytics_workspace_id"] = reference(
                    "appLogsConfiguration", "logAnalyticsConfiguration", "customerId"
                )
        case "azurerm_log_analytics_workspace":
            given["retention_in_days"] = at(held, "retentionInDays")
        case "azurerm_storage_account":
            state = at(held, "immutableStorageWithVersioning", "immutabilityPolicy", "state")
            given["immutability_policy"] = Map(state.line, (("state", state),)) if state is not None else None
        case "azurerm_monitor_diagnostic_setting":
            scope = at(node, "scope")
            given["target_resource_id"] = Text(scope.line, _meant(raw(scope), named)) if scope is not None else None
            given["log_analytics_workspace_id"] = reference("workspaceId")
            given["storage_account_id"] = reference("storageAccountId")
            given["eventhub_name"] = at(held, "eventHubName")
        case _:
            role = _ROLE.search(raw(held, "roleDefinitionId"))
            given["role_definition_name"] = Text(node.line, _ROLES.get(role[0], role[0]) if role is not None else "")
            given["principal_id"] = _principal(at(held, "principalId"), named)
    logs = [("enabled_log", one) for one in children(held, "logs") if text(one, "enabled").lower() != "false"]
    return Map(node.line, (*((key, one) for key, one in given.items() if one is not None), *logs))


def _containers(template: Node | None) -> Node | None:
    """Containers under the name that Terraform's blocks have."""
    listed = at(template, "containers")
    return Map(listed.line, (("container", listed),)) if listed is not None else None


def _principal(node: Node | None, named: list[_Named]) -> Node | None:
    """The identity of a resource, as Terraform refers to it."""
    if node is None:
        return None
    meant = _meant(raw(node), named)
    return Text(node.line, meant.removesuffix(".id}") + ".identity[0].principal_id}" if meant != raw(node) else meant)


def _meant(written: str, named: list[_Named]) -> str:
    """A reference to the resource that an expression names, the expression itself where it names none."""
    fitting = [one for one in named if one.type in written and one.expression and one.expression in written]
    best = max(fitting, key=lambda one: (len(one.type), len(one.expression)), default=None)
    return f"${{{best.kind}.{best.label}.id}}" if best is not None else written
