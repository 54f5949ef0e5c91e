"""The balance of a conversion on the screen."""

from rich.console import Console
from rich.markup import escape

from icstip.findings import Balance, Report
from icstip.texts import text

_WIDTH = 60


def show_balance(
    console: Console, balance: Balance, report: Report, language: str, *, read: str = "cli.figures_read"
) -> None:
    """Show what became of every figure: a bar, and a line for each reason to set figures aside.

    Args:
        console: Where to show it.
        balance: The balance.
        report: The findings, whose titles name the reasons.
        language: One of the languages of the product.
        read: Id of the text that names what was read.
    """
    titles = {finding.code: finding.title(language) for finding in report.findings}
    rows = [("", text("cli.observations", language), balance.observations)]
    rows += [(code, titles.get(code, ""), count) for code, count in balance.set_aside.items()]
    filled = round(_WIDTH * balance.observations / balance.figures_read) if balance.figures_read else 0
    console.print(f"[green]{'█' * filled}[/][yellow]{'░' * (_WIDTH - filled)}[/]")
    width = len(f"{balance.figures_read:,}")
    console.print(f"{balance.figures_read:>{width},}  {text(read, language)}")
    for code, title, count in rows:
        console.print(f"{count:>{width},}  {escape(f'{title} ({code})' if code else title)}")
    verdict = "cli.adds_up" if balance.adds_up else "cli.does_not_add_up"
    console.print(text(verdict, language))
