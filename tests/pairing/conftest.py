from tests.cloud.conftest import ledger, rig

__all__ = ["ledger", "rig"]
