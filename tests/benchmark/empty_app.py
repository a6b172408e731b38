"""A Typer app with one command that does nothing: what every start of supportq is measured against."""

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def nothing() -> None:
    """Do nothing."""


if __name__ == "__main__":
    app()
