using System.CommandLine;
using CbssReturn.Auditor.Watch;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Commands;

/// <summary>The option that names <c>auditor.json</c>.</summary>
internal sealed class ConfigOption
{
    private readonly Option<string?> _config;

    /// <summary>Makes the option.</summary>
    /// <param name="isRequired">Whether the command does nothing without it.</param>
    public ConfigOption(bool isRequired) => _config = new Option<string?>("--config")
    {
        Description = "Configuration, auditor.json; cbss-node directory auditor-config writes one.",
        HelpName = "FILE",
        Required = isRequired,
    };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Add(_config);

    /// <summary>Says whether a configuration is named.</summary>
    public bool IsNamed(ParseResult parsed) => parsed.GetValue(_config) is not null;

    /// <summary>Opens what the configuration names.</summary>
    /// <returns>The session, which the caller disposes, or a refusal.</returns>
    public Result<AuditorSession> Open(ParseResult parsed, TimeProvider time) =>
        parsed.GetValue(_config) is { } path
            ? AuditorSession.Open(path, time)
            : new Refusal(RefusalCode.UsageWrong, "The option --config is missing.", "--config");
}
