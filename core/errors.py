"""The one base class of every refusal that the domain makes on purpose."""


class Refused(Exception):
    """The domain says no: the message tells what is wrong and what to do about it.

    Subclasses live beside their rule and set `code` (a stable word for API, command output and tests), `status` (the
    HTTP status of the answer) and, where one sentence fits every case, `message`. Pages show the message as it is, so
    it names no class, no table and no secret.
    """

    code: str = "refused"
    status: int = 409
    message: str = "This cannot be done now. Look at the page again and try once more."

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or type(self).message)

    def __str__(self) -> str:
        return str(self.args[0])
