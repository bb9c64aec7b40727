"""Where records land: how they get there, how long they are kept, and whether they can be changed."""

import msgspec
from msgspec.structs import replace

from skillaudit.configuration import at, raw, text
from skillaudit.forward import ChainLink, Reach, Stage, Standing
from skillaudit.forwarding.parts import Target, broken, ok, unknown
from skillaudit.forwarding.reach import host_of, reach_of
from skillaudit.forwarding.retention import kept_for
from skillaudit.forwarding.world import BUCKETS, GROUPS, World

_ADD_ONLY = {
    "splunk": "a HEC token can only add", "datadog": "an API key can only add", "syslog": "the protocol can only add",
    "hosted": "what the sender holds can only add", "cloudflare": "a worker cannot change what the platform keeps",
    "cloudwatch": "no call changes a record that was put", "google": "no call changes an entry that was written",
    "azure": "what was ingested cannot be changed",
}  # fmt: skip


class End(msgspec.Struct, frozen=True):
    """The last links of a chain; ``locked``: nobody can delete there before a date."""

    target: Target
    links: tuple[ChainLink, ...]
    locked: bool = False


def end_of(target: Target, world: World) -> End:
    """What is known of a destination."""
    if target.kind in {"null", "file", "console", "journald"}:
        reason = "it is thrown away" if target.kind == "null" else "it stays on the same host"
        return End(target, (broken(target.location, Stage.DESTINATION, target.title, reason),))
    target, passed = _followed(target, world)
    kept = tuple(kept_for(target, world))
    immutable, locked = _immutable(target, world)
    landing = ok(target.location, Stage.DESTINATION, _title(target, world))
    return End(target, (*passed, landing, _transport(target, world), *kept, immutable), locked)


def _title(target: Target, world: World) -> str:
    """The destination in words, with a resource's own name for a reference to it."""
    held = world.cloud.named(target.name, *GROUPS, *BUCKETS, "google_storage_bucket", "azurerm_log_analytics_workspace")
    own = held.read("name", "bucket", "LogGroupName", "BucketName") if held is not None else ""
    return replace(target, name=own or target.name).title


def _followed(target: Target, world: World) -> tuple[Target, tuple[ChainLink, ...]]:
    """Through a delivery stream or a project's sink to the bucket behind it."""
    if target.kind == "firehose":
        stream = world.cloud.named(
            target.name, "aws_kinesis_firehose_delivery_stream", "AWS::KinesisFirehose::DeliveryStream"
        )
        keys = (
            "extended_s3_configuration.bucket_arn",
            "ExtendedS3DestinationConfiguration.BucketARN",
            "S3DestinationConfiguration.BucketARN",
        )
        bucket = stream.read(*keys) if stream is not None else ""
        if stream is not None and bucket:
            link = ok(stream.location, Stage.ROUTE, f"the delivery stream {stream.label} writes into a bucket")
            return Target(target.location, "s3", bucket, "", encrypted=True), (link,)
    if target.kind == "google":
        for sink in world.cloud.of("google_logging_project_sink", "google_logging_folder_sink"):
            where = sink.read("destination")
            if where.startswith("storage.googleapis.com/"):
                if text(sink.body, "disabled") == "true":
                    return target, ()
                link = ok(sink.location, Stage.ROUTE, f"the sink {sink.label} copies entries into a bucket")
                return Target(sink.location, "google-storage", where.partition("/")[2], "", encrypted=True), (link,)
    return target, ()


def _transport(target: Target, world: World) -> ChainLink:
    """How records travel to the destination."""
    stage, secure = Stage.TRANSPORT, target.secured()
    reach = reach_of(target.url, world.neighbours) if target.url else Reach.UNKNOWN
    shown = host_of(target.url) or _title(target, world)
    if target.verified is False and reach is not Reach.LOCAL and secure is not False:
        why = "the certificate is not verified"
        return ChainLink(target.location, stage, f"TLS to {shown} without verification", Standing.BROKEN, why, reach)
    if secure:
        return ChainLink(target.location, stage, f"encrypted to {shown}", reach=reach)
    if reach is Reach.LOCAL:
        return ChainLink(target.location, stage, f"{shown} is in the same stack or on this host", reach=reach)
    if secure is False:
        return ChainLink(
            target.location, stage, f"clear text to {shown}", Standing.BROKEN, "nothing encrypts it", reach
        )
    if target.url and not host_of(target.url):
        return unknown(target.location, stage, "the address", "it is set outside the tree")
    return unknown(target.location, stage, f"the connection to {shown}", "nothing says whether it is encrypted")


def _immutable(target: Target, world: World) -> tuple[ChainLink, bool]:
    """Whether what landed can be changed, and whether a lock keeps everybody from deleting it."""
    stage = Stage.IMMUTABILITY
    locks = {"s3": _bucket_lock, "google-storage": _storage_lock, "azure-storage": _container_lock, "loki": _loki_store}
    if (judge := locks.get(target.kind)) is not None:
        return judge(target, world)
    if target.kind == "elasticsearch":
        if target.create_only:
            return ok(target.location, stage, "the writer can only create records"), False
        if target.create_only is False:
            reason = "the writer may overwrite: neither a data stream nor the create operation is set"
            return broken(target.location, stage, target.title, reason), False
    if target.kind in _ADD_ONLY:
        return ok(target.location, stage, _ADD_ONLY[target.kind]), False
    return unknown(target.location, stage, target.title, "the tree does not say how it keeps records"), False


def _bucket_lock(target: Target, world: World) -> tuple[ChainLink, bool]:
    stage, bucket = Stage.IMMUTABILITY, world.bucket(target.name)
    if bucket is None:
        return unknown(target.location, stage, f"the bucket {target.name}", "it is not declared in the tree"), False
    separate = [
        one for one in world.cloud.of("aws_s3_bucket_object_lock_configuration") if bucket.names(one.read("bucket"))
    ]
    places = [(one, one.read("rule.default_retention.mode")) for one in separate]
    keys = (
        "ObjectLockConfiguration.Rule.DefaultRetention.Mode",
        "object_lock_configuration.rule.default_retention.mode",
    )
    if own := bucket.read(*keys):
        places.append((bucket, own))
    for one, mode in places:
        if mode in {"COMPLIANCE", "GOVERNANCE"}:
            return ok(one.location, stage, f"object lock, {mode}"), mode == "COMPLIANCE"
        if "$" in mode or "." in mode:
            return unknown(one.location, stage, "object lock", "its mode is set outside the tree"), False
    return broken(bucket.location, stage, f"the bucket {bucket.label}", "it has no object lock with a retention"), False


def _storage_lock(target: Target, world: World) -> tuple[ChainLink, bool]:
    stage, bucket = Stage.IMMUTABILITY, world.cloud.named(target.name, "google_storage_bucket")
    if bucket is None:
        return unknown(target.location, stage, f"the bucket {target.name}", "it is not declared in the tree"), False
    if bucket.read("retention_policy.is_locked") == "true":
        return ok(bucket.location, stage, "a locked retention policy"), True
    return broken(bucket.location, stage, f"the bucket {bucket.label}", "its retention policy is not locked"), False


def _container_lock(target: Target, world: World) -> tuple[ChainLink, bool]:
    stage, account = Stage.IMMUTABILITY, world.cloud.named(target.name, "azurerm_storage_account")
    if account is None:
        return unknown(target.location, stage, "the storage account", "it is not declared in the tree"), False
    policies = list(world.cloud.of("azurerm_storage_container_immutability_policy"))
    if account.read("immutability_policy.state") == "Locked" or any(one.read("locked") == "true" for one in policies):
        return ok(account.location, stage, "a locked immutability policy"), True
    return broken(
        account.location, stage, f"the storage account {account.label}", "no immutability policy is locked"
    ), False


def _loki_store(target: Target, world: World) -> tuple[ChainLink, bool]:
    stage = Stage.IMMUTABILITY
    for document in world.local("loki", target):
        root = document.root
        keys = (("common", "storage", "s3", "bucketnames"), ("storage_config", "aws", "bucketnames"))
        bucket = next((found for path in keys if (found := raw(root, *path))), "")
        if bucket:
            return _bucket_lock(Target(document.at(), "s3", bucket), world)
        if (
            at(root, "common", "storage", "filesystem") is not None
            or at(root, "storage_config", "filesystem") is not None
        ):
            node = at(root, "common", "storage") or at(root, "storage_config")
            reason = "its chunks are plain files of the same stack"
            return broken(document.at(node), stage, "Loki's storage", reason), False
    return unknown(target.location, stage, "Loki's storage", "the tree does not hold its configuration"), False
