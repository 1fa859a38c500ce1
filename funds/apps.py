from django.apps import AppConfig


class FundsConfig(AppConfig):
    """Where the money sits: designations, postings and entries."""

    name = "funds"

    def ready(self) -> None:
        from agencies import proofs
        from funds.proofs import prove_ledger

        proofs.register("ledger", prove_ledger)
