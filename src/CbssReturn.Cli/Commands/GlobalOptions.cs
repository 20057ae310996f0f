using System.CommandLine;

namespace CbssReturn.Cli.Commands;

/// <summary>The options that every command takes.</summary>
internal sealed class GlobalOptions
{
    private readonly TimeProvider _clock;

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Write one JSON line instead of text; errors too.",
        Recursive = true,
    };

    private readonly Option<bool> _quiet = new("--quiet")
    {
        Description = "Write only the one value that a script wants, such as an id.",
        Recursive = true,
    };

    private readonly Option<bool> _noColor = new("--no-color")
    {
        Description = "Write without colours. NO_COLOR in the environment does the same.",
        Recursive = true,
    };

    private readonly Option<bool> _yes = new("--yes")
    {
        Description = "Ask no question before something that cannot be undone.",
        Recursive = true,
    };

    private readonly Option<string> _config = new("--config")
    {
        Description = "The node's configuration, node.json; it names the desk socket. Default: CBSS_CONFIG.",
        HelpName = "FILE",
        Recursive = true,
    };

    private readonly Option<string> _socket = new("--socket")
    {
        Description = "The node's desk socket, if not the one in the configuration. Default: CBSS_SOCKET.",
        HelpName = "PATH",
        Recursive = true,
    };

    private readonly Option<string> _token = new("--token-file")
    {
        Description = "A file with your token that only you can read. Default: CBSS_TOKEN_FILE.",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>Makes the options.</summary>
    /// <param name="clock">The clock that sessions get.</param>
    public GlobalOptions(TimeProvider clock) => _clock = clock;

    /// <summary>Adds them to the root.</summary>
    public void AddTo(Command root)
    {
        root.Add(_json);
        root.Add(_quiet);
        root.Add(_noColor);
        root.Add(_yes);
        root.Add(_config);
        root.Add(_socket);
        root.Add(_token);
    }

    /// <summary>Opens a session for one parsed command line.</summary>
    public Session Open(ParseResult parsed)
    {
        var output = parsed.InvocationConfiguration.Output;
        var isConsole = ReferenceEquals(output, Console.Out);
        return new Session
        {
            Output = output,
            Error = parsed.InvocationConfiguration.Error,
            Clock = _clock,
            IsTerminal = isConsole && !Console.IsOutputRedirected,
            CanAsk = isConsole && !Console.IsInputRedirected && !Console.IsErrorRedirected,
            Json = parsed.GetValue(_json),
            Quiet = parsed.GetValue(_quiet),
            NoColor = parsed.GetValue(_noColor) || FromEnvironment("NO_COLOR") is not null,
            Yes = parsed.GetValue(_yes),
            GivenConfigPath = parsed.GetValue(_config),
            ConfigPath = parsed.GetValue(_config) ?? FromEnvironment("CBSS_CONFIG"),
            SocketPath = parsed.GetValue(_socket) ?? FromEnvironment("CBSS_SOCKET"),
            TokenPath = parsed.GetValue(_token) ?? FromEnvironment("CBSS_TOKEN_FILE"),
        };
    }

    private static string? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
