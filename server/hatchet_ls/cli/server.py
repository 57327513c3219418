"""``hatchet-ls server``."""

from __future__ import annotations

import click


@click.command("server")
@click.option("--stdio", is_flag=True, help="Talk over stdin and stdout (the default).")
@click.option("--tcp", is_flag=True, help="Wait for one client on a TCP port.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on, with --tcp.")
@click.option(
    "--port",
    default=0,
    show_default="any free one",
    type=click.IntRange(0, 65535),
    help="The port to listen on, with --tcp.",
)
@click.option(
    "--position-encoding",
    default="utf-16",
    show_default=True,
    type=click.Choice(["utf-8", "utf-16", "utf-32"]),
    help="How a client counts columns that does not say it itself.",
)
@click.pass_context
def command(ctx: click.Context, stdio: bool, tcp: bool, host: str, port: int, position_encoding: str) -> int:
    """Run the language server."""
    from hatchet_ls.lsp.serve import CannotListenError, serve_stdio, serve_tcp

    if stdio and tcp:
        raise click.UsageError("--stdio and --tcp exclude each other.")
    if tcp:
        try:
            return serve_tcp(host, port, position_encoding)
        except CannotListenError as error:
            raise click.ClickException(str(error)) from error
    given = [name for name in ("host", "port") if ctx.get_parameter_source(name) is not _DEFAULT]
    if given:
        raise click.UsageError(f"--{given[0]} needs --tcp.")
    return serve_stdio(position_encoding)


_DEFAULT = click.core.ParameterSource.DEFAULT
