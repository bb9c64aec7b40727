"""Errors whose text may be shown to the caller."""


class VaultError(Exception):
    """Something the caller may know about."""


class Forbidden(VaultError):
    """The caller may not do this."""


class LimitExceeded(VaultError):
    """A ceiling of this session was exceeded."""
