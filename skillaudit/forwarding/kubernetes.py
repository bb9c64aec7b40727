"""Pods of Kubernetes manifests, and the names that services have inside the cluster."""

from collections.abc import Iterator
from typing import Final

from skillaudit.configuration import Document, Documents, Node, at, children, pairs, raw, text
from skillaudit.environment import deployed, environment_of
from skillaudit.forward import Stage
from skillaudit.forwarding.containers import printed, words_of
from skillaudit.forwarding.parts import Target, Workload, ok
from skillaudit.forwarding.redirects import redirected

_TEMPLATES = {
    "Deployment": ("spec", "template"), "StatefulSet": ("spec", "template"), "DaemonSet": ("spec", "template"),
    "ReplicaSet": ("spec", "template"), "Job": ("spec", "template"), "Pod": (), "Rollout": ("spec", "template"),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
}  # fmt: skip
_IDENTITIES = ("eks.amazonaws.com/role-arn", "iam.gke.io/gcp-service-account", "azure.workload.identity/client-id")


def pods(document: Document, held: Documents) -> Iterator[Workload]:
    """The containers of a manifest; its kind says where the pod's template stands."""
    root = document.root
    path = _TEMPLATES.get(text(root, "kind"))
    knative = text(root, "apiVersion").startswith("serving.knative.dev/")
    if knative:
        path = ("spec", "template")
    if path is None:
        return
    place = document.at(at(root, *path))
    driver = Target(place, "google", "", "", encrypted=True) if knative and _runs_on_google(root) else None
    taken = (ok(place, Stage.DRIVER, "Cloud Run takes the output"),) if driver is not None else ()
    pod = at(root, *path, "spec") if path else at(root, "spec")
    name = raw(root, "metadata", "name")
    claims = {text(one, "name"): _backing(one, name) for one in children(pod, "volumes")}
    lasting = (one for one in children(pod, "initContainers") if text(one, "restartPolicy") == "Always")
    for node in (*children(pod, "containers"), *lasting):
        if not text(node, "name") and not raw(node, "image"):
            continue
        command = f"{words_of(at(node, 'command'))} {words_of(at(node, 'args'))}"
        begun = ok(document.at(at(node, "command") or node), Stage.SOURCE, "")
        mounts = children(node, "volumeMounts")
        yield Workload(
            document.at(node),
            "kubernetes",
            f"{name}/{raw(node, 'name')}",
            document.package,
            raw(node, "image"),
            driver=driver,
            links=(*redirected(command, begun), *taken),
            environment=tuple(environment_of(at(node, "env"))),
            volumes=tuple((claims.get(text(one, "name"), ""), raw(one, "mountPath")) for one in mounts),
            role=_identity(held, text(pod, "serviceAccountName")),
            scope=name,
            prints=printed(command),
            body=root,
        )


def _runs_on_google(root: Node) -> bool:
    """Whether a Knative service is one of Cloud Run, by the annotations that only Cloud Run reads."""
    notes = (*pairs(root, "metadata", "annotations"), *pairs(root, "spec", "template", "metadata", "annotations"))
    return any(key.startswith(("run.googleapis.com/", "autoscaling.knative.dev/")) for key, _ in notes)


def _backing(volume: Node, pod: str) -> str:
    """What a volume is: a folder of the node, a claim, a ConfigMap, or something of the pod alone."""
    config = raw(volume, "configMap", "name") or raw(volume, "secret", "secretName")
    return (
        raw(volume, "hostPath", "path")
        or raw(volume, "persistentVolumeClaim", "claimName")
        or (f"{CONFIG_MAP}{config}" if config else f"pod:{pod}:{text(volume, 'name')}")
    )


CONFIG_MAP: Final = "config:"
"""What stands before the name of a ConfigMap, or a Secret, that is mounted."""


def holder_of(document: Document, held: Documents) -> str:
    """The name of the ConfigMap or Secret in whose data a document stands; empty where it stands in a file."""
    around = [
        one for one in held.of("kubernetes")
        if one.path == document.path and one.root.line <= document.root.line
        and text(one.root, "kind") in {"ConfigMap", "Secret"}
    ]  # fmt: skip
    last = max(around, key=lambda one: one.root.line, default=None)
    return raw(last.root, "metadata", "name") if last is not None else ""


def _identity(held: Documents, account: str) -> str:
    """The cloud role that a service account stands for."""
    for document in held.of("kubernetes"):
        if text(document.root, "kind") == "ServiceAccount" and raw(document.root, "metadata", "name") == account:
            notes = at(document.root, "metadata", "annotations")
            return next((found for key in _IDENTITIES if (found := raw(notes, key))), "")
    return ""


def neighbours(held: Documents) -> frozenset[str]:
    """Names under which services are reached inside a compose network or a cluster that the tree describes."""
    names: set[str] = set()
    for document in held.all:
        if not deployed(document):
            continue
        if document.kind == "compose":
            for name, node in pairs(document.root, "services"):
                names |= {name.lower(), raw(node, "container_name").lower(), raw(node, "hostname").lower()}
        elif document.kind == "kubernetes" and text(document.root, "kind") == "Service":
            names.add(raw(document.root, "metadata", "name").lower())
    return frozenset(names - {""})
