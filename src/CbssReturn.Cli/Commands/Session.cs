using CbssReturn.Cli.Desk;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Commands;

/// <summary>One run of one command: where it writes, and what the global options say.</summary>
internal sealed record Session
{
    /// <summary>Standard output.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Whether <see cref="Output"/> is a terminal.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether somebody can answer a question.</summary>
    public bool CanAsk { get; init; }

    /// <summary>--json: one JSON line instead of text.</summary>
    public bool Json { get; init; }

    /// <summary>--quiet: only the one value that a script wants.</summary>
    public bool Quiet { get; init; }

    /// <summary>--no-color, or NO_COLOR in the environment.</summary>
    public bool NoColor { get; init; }

    /// <summary>--yes: no question is asked.</summary>
    public bool Yes { get; init; }

    /// <summary>The configuration that the command line named; null for none, whatever the environment says.</summary>
    public string? GivenConfigPath { get; init; }

    /// <summary>--config or CBSS_CONFIG; null for none.</summary>
    public string? ConfigPath { get; init; }

    /// <summary>--socket or CBSS_SOCKET; null for none.</summary>
    public string? SocketPath { get; init; }

    /// <summary>--token-file or CBSS_TOKEN_FILE; null for none.</summary>
    public string? TokenPath { get; init; }

    /// <summary>Finds the desk that the options name.</summary>
    /// <returns>Its address, or a refusal about the options or files.</returns>
    public Result<DeskAddress> FindDesk() =>
        DeskLocation.Find(SocketPath, ConfigPath).Then(socket =>
            TokenFile.Read(TokenPath).Then<DeskAddress>(token => new DeskAddress(socket, token)));
}
