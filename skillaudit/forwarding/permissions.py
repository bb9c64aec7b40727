"""Whether the role that a server runs under may delete its records where they land."""

import re
from collections.abc import Iterator

import msgspec

from skillaudit.configuration import Node, at, children, every, pairs, raw, text
from skillaudit.forward import ChainLink, Stage
from skillaudit.forwarding.cloud import Cloud, Resource
from skillaudit.forwarding.matching import glob
from skillaudit.forwarding.parts import Target, Workload, broken, ok, unknown
from skillaudit.model import Location

_DELETING = {
    "cloudwatch": ("logs:deleteloggroup", "logs:deletelogstream"),
    "s3": ("s3:deleteobject", "s3:deleteobjectversion", "s3:deletebucket"),
}
_WRITING = {"cloudwatch": "logs:putlogevents", "s3": "s3:putobject"}
_FULL = {
    "AdministratorAccess": "*", "PowerUserAccess": "*", "CloudWatchLogsFullAccess": "logs:*",
    "CloudWatchFullAccess": "logs:*", "CloudWatchFullAccessV2": "logs:*", "AmazonS3FullAccess": "s3:*",
}  # fmt: skip
_WRITE = ("logs:createloggroup", "logs:createlogstream", "logs:putlogevents")
_NARROW = {
    "AWSLambdaBasicExecutionRole": _WRITE, "AWSLambdaVPCAccessExecutionRole": _WRITE,
    "AWSLambdaSQSQueueExecutionRole": _WRITE, "AWSLambdaDynamoDBExecutionRole": _WRITE,
    "AmazonECSTaskExecutionRolePolicy": _WRITE[1:], "AWSXRayDaemonWriteAccess": (), "AmazonS3ReadOnlyAccess": (),
    "AmazonDynamoDBReadOnlyAccess": (), "AmazonSSMReadOnlyAccess": (), "SecretsManagerReadWrite": (),
}  # fmt: skip
"""What policies of Amazon allow that let nobody delete records."""
_GOOGLE = {
    "google": {"roles/owner", "roles/logging.admin", "roles/editor"},
    "google-storage": {"roles/owner", "roles/storage.admin", "roles/storage.objectAdmin", "roles/editor"},
}
_AZURE = {
    "azure": {"Owner", "Contributor", "Log Analytics Contributor", "Monitoring Contributor"},
    "azure-storage": {"Owner", "Contributor", "Storage Account Contributor", "Storage Blob Data Owner",
                      "Storage Blob Data Contributor"},
}  # fmt: skip
_ADD_ONLY = {"splunk", "datadog", "syslog", "hosted", "cloudflare"}
_ACCOUNT = re.compile(r"^(?:serviceAccount|user):")


class _Grant(msgspec.Struct, frozen=True):
    """One statement: who (as written), what, on what; ``allows`` or denies."""

    location: Location
    holder: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    allows: bool


def permission(workload: Workload, target: Target, known: Cloud, *, by_agent: bool, locked: bool) -> ChainLink | None:
    """What the server's role may do to its records; None where the question does not arise.

    Args:
        workload: the server; its ``role`` is as written.
        target: where the records land.
        known: the cloud resources.
        by_agent: whether another workload ships them.
        locked: whether nobody can delete there before a date.
    """
    place, stage = target.location, Stage.PERMISSION
    if locked:
        return ok(place, stage, "the lock keeps every role from deleting")
    if target.kind in _ADD_ONLY:
        return ok(place, stage, "what the sender holds lets it add records and nothing else")
    if target.kind in _DELETING:
        return _aws(workload, target, known, by_agent=by_agent)
    if target.kind in _GOOGLE:
        return _bound(workload, target, _google_bindings(known), known, _GOOGLE[target.kind])
    if target.kind in _AZURE:
        return _bound(workload, target, _azure_bindings(known), known, _AZURE[target.kind])
    return None


def _aws(workload: Workload, target: Target, known: Cloud, *, by_agent: bool) -> ChainLink:
    place, stage = target.location, Stage.PERMISSION
    role = known.named(workload.role, "aws_iam_role", "AWS::IAM::Role", "AWS::Serverless::Function")
    grants = list(_grants(known))
    held = [one for one in grants if role is not None and (role.names(one.holder) or one.holder == role.label)]
    held += [one for one in grants if one.holder and one.holder == workload.scope]
    loose = [one for one in grants if one.holder == "" and any(_fits(a, _WRITING[target.kind]) for a in one.actions)]
    for one in held or loose:
        action = _deletes(one, target, held or loose)
        if action:
            own = "the server's role" if held else "the policy that lets the server write"
            whose = f"the role {role.label}" if role is not None else own
            return broken(one.location, stage, f"{whose} allows {action}", "the server can delete its own records")
    if held and not any("?" in one.actions for one in held):
        name = f"the role {role.label}" if role is not None else "the server's role"
        return ok(role.location if role is not None else held[0].location, stage, f"{name} may not delete there")
    if any("?" in one.actions for one in held) or (workload.role and not held):
        return unknown(place, stage, f"the role {workload.role or 'of the server'}", "its policies are not in the tree")
    if by_agent and not workload.role and workload.platform in {"compose", "kubernetes", "systemd"}:
        return ok(place, stage, "another workload ships the records; the server holds no role there")
    if loose:
        return ok(loose[0].location, stage, "the policy that lets the server write lets it not delete")
    return unknown(place, stage, "the server's role", "the tree does not say what it may do")


def _deletes(grant: _Grant, target: Target, all_grants: list[_Grant]) -> str:
    """The action by which a grant lets its holder delete at the target, unless another statement denies it."""
    if not grant.allows or not any(_covers(one, target) for one in grant.resources):
        return ""
    denied = [one for one in all_grants if not one.allows and any(_covers(r, target) for r in one.resources)]
    for wanted in _DELETING[target.kind]:
        action = next((one for one in grant.actions if _fits(one, wanted)), "")
        if action and not any(_fits(one, wanted) for refusal in denied for one in refusal.actions):
            return action
    return ""


def _fits(pattern: str, action: str) -> bool:
    return glob(pattern.lower(), action)


def _covers(resource: str, target: Target) -> bool:
    """Whether a statement's resource takes in the target: everything, its name, or the reference that names it."""
    if resource in {"*", ""} or not target.name:
        return True
    service = ":logs:" if target.kind == "cloudwatch" else ":s3:"
    if resource.startswith("arn:") and resource.split(":")[2:3] not in ([service.strip(":")], ["*"]):
        return False
    name = re.sub(r"^\$\{|\}$|\.(?:name|id|bucket|arn)\}?$", "", target.name)
    return name in resource or resource.endswith((":*", "log-group:*", ":::*", ":::*/*"))


def _grants(known: Cloud) -> Iterator[_Grant]:
    """Every statement of every policy, with whoever holds it."""
    for one in known.of("aws_iam_role_policy", "aws_iam_user_policy"):
        yield from _policy(one, one.read("role", "user"), one.node("policy"), known)
    for one in known.of("aws_iam_policy"):
        for attached in known.of("aws_iam_role_policy_attachment", "aws_iam_policy_attachment"):
            if one.names(attached.read("policy_arn")):
                holder = attached.read("role") or next((raw(x) for x in children(attached.node("roles"))), "")
                yield from _policy(one, holder, one.node("policy"), known)
    yield from _roles(known)
    yield from _templates(known)
    for document in known.policies:
        for node in children(document.root, "Statement"):
            yield _statement(document.at(node), "", node)
        for path in (("provider", "iam", "role", "statements"), ("provider", "iamRoleStatements")):
            for node in children(document.root, *path):
                yield _statement(document.at(node), document.path, node)


def _roles(known: Cloud) -> Iterator[_Grant]:
    """What Terraform's roles spell out themselves, and Amazon's own policies that are attached to them."""
    for one in known.of("aws_iam_role_policy_attachment"):
        for name in _each(one, "policy_arn"):
            yield from _managed(one.location, one.read("role"), name)
    for one in known.of("aws_iam_role"):
        for inline in every(one.body, "inline_policy"):
            yield from _policy(one, f"{one.kind}.{one.label}", at(inline, "policy"), known)
        for arn in children(one.node("managed_policy_arns")):
            yield from _managed(one.document.at(arn), f"{one.kind}.{one.label}", raw(arn))


def _templates(known: Cloud) -> Iterator[_Grant]:
    """CloudFormation's roles, policies and SAM functions."""
    for one in known.of("AWS::IAM::Role", "AWS::Serverless::Function"):
        for node in children(one.node("Policies")):
            if isinstance(arn := raw(node), str) and arn:
                yield from _managed(one.document.at(node), one.label, arn)
            body = at(node, "PolicyDocument") or node
            for statement in children(body, "Statement"):
                yield _statement(one.document.at(statement), one.label, statement)
        for arn_node in children(one.node("ManagedPolicyArns")):
            yield from _managed(one.document.at(arn_node), one.label, raw(arn_node))
    for one in known.of("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"):
        for holder in children(one.node("Roles")):
            for statement in children(one.node("PolicyDocument"), "Statement"):
                yield _statement(one.document.at(statement), raw(holder).partition(".")[0], statement)


def _policy(resource: Resource, holder: str, node: Node | None, known: Cloud) -> Iterator[_Grant]:
    """A policy as a tree, or as the reference to a data source that spells it out."""
    statements = children(node, "Statement")
    for one in statements:
        yield _statement(resource.document.at(one), holder, one)
    if statements:
        return
    source = known.named(raw(node).removesuffix(".json"), "data.aws_iam_policy_document")
    for one in every(source.body, "statement") if source is not None else ():
        yield _statement(source.document.at(one) if source is not None else resource.location, holder, one)
    if source is None:
        yield _Grant(resource.location, holder, ("?",), ("?",), allows=True)


def _statement(location: Location, holder: str, node: Node) -> _Grant:
    actions = tuple(raw(one) for one in (*children(node, "Action"), *children(node, "actions")))
    resources = tuple(raw(one) for one in (*children(node, "Resource"), *children(node, "resources")))
    effect = text(node, "Effect") or text(node, "effect") or "Allow"
    conditional = bool(pairs(node, "Condition")) or at(node, "condition") is not None
    if conditional and effect != "Allow":
        actions = ()  # what is denied only at times keeps nobody from deleting
    return _Grant(location, holder, actions, resources or ("*",), effect == "Allow")


def _managed(location: Location, holder: str, arn: str) -> Iterator[_Grant]:
    name = arn.rpartition("/")[2]
    if name in _FULL:
        yield _Grant(location, holder, (_FULL[name],), ("*",), allows=True)
    elif name in _NARROW:
        yield _Grant(location, holder, _NARROW[name], ("*",), allows=True)


class _Binding(msgspec.Struct, frozen=True):
    location: Location
    holder: str
    role: str


def _google_bindings(known: Cloud) -> Iterator[_Binding]:
    kinds = ("google_project_iam_member", "google_project_iam_binding", "google_storage_bucket_iam_member",
             "google_storage_bucket_iam_binding", "google_folder_iam_member")  # fmt: skip
    for one in known.of(*kinds):
        members = [one.read("member"), *(raw(node) for node in children(one.node("members")))]
        for member in filter(None, members):
            for role in _each(one, "role"):
                yield _Binding(one.location, _ACCOUNT.sub("", member), role)


def _each(one: Resource, name: str) -> tuple[str, ...]:
    """A property, or what it is for each element of the list that the resource is made for."""
    written = one.read(name)
    listed = children(one.node("for_each")) if written in {"each.value", "each.key"} else ()
    return tuple(raw(node) for node in listed) or (written,)


def _azure_bindings(known: Cloud) -> Iterator[_Binding]:
    for one in known.of("azurerm_role_assignment"):
        yield _Binding(one.location, one.read("principal_id"), one.read("role_definition_name"))


def _bound(
    workload: Workload, target: Target, bindings: Iterator[_Binding], known: Cloud, deleting: set[str]
) -> ChainLink:
    """Roles bound to the identity that a workload runs under."""
    stage = Stage.PERMISSION
    account = known.named(workload.role, "google_service_account", "azurerm_user_assigned_identity")
    label = f".{workload.name}.identity"
    own = [
        one
        for one in bindings
        if (account is not None and account.names(one.holder))
        or label in one.holder
        or (workload.role == one.holder != "")
    ]
    for one in own:
        if one.role in deleting:
            return broken(
                one.location, stage, f"the server's identity holds {one.role}", "it can delete its own records"
            )
    open_roles = [one for one in own if "${" in one.role or one.role.startswith(("each.", "var.", "local."))]
    if own and not open_roles:
        return ok(own[0].location, stage, f"the server's identity holds {own[0].role}, which cannot delete there")
    if open_roles:
        return unknown(open_roles[0].location, stage, "the server's identity", "its role is set outside the tree")
    return unknown(target.location, stage, "the server's identity", "the tree does not say what it may do")
