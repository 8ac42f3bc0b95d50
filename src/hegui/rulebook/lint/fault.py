"""What a validator finds."""

from hegui.rulebook.text import RuleModel


class Fault(RuleModel):
    """Something wrong, and where: a file, or an entry such as `network-security N04`."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


def fault(where: str, message: str) -> Fault:
    return Fault(where=where, message=message)
