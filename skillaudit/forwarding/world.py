"""What the tree says beside the chains themselves: its resources, its services, what runs in the same stack."""

import msgspec

from skillaudit.configuration import Document, Documents
from skillaudit.environment import deployed
from skillaudit.forward import Reach
from skillaudit.forwarding.cloud import Cloud, Resource
from skillaudit.forwarding.parts import Target
from skillaudit.forwarding.reach import reach_of

BUCKETS = ("aws_s3_bucket", "AWS::S3::Bucket")
GROUPS = ("aws_cloudwatch_log_group", "AWS::Logs::LogGroup")


class World(msgspec.Struct, frozen=True):
    """What the tree says beside the chain itself."""

    documents: Documents
    cloud: Cloud
    neighbours: frozenset[str]

    def bucket(self, written: str) -> Resource | None:
        """The bucket that a text means."""
        return self.cloud.named(written.removeprefix("arn:aws:s3:::"), *BUCKETS)

    def local(self, kind: str, target: Target) -> list[Document]:
        """The configurations of a service that runs in the same stack as its senders."""
        if reach_of(target.url, self.neighbours) is not Reach.LOCAL:
            return []
        return [one for one in self.documents.of(kind) if deployed(one)]
