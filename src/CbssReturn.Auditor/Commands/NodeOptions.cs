using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using CbssReturn.Auditor.Nodes;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Commands;

/// <summary>The options that say how a node is called.</summary>
internal sealed class NodeOptions
{
    private readonly Option<string?> _node = new("--node")
    {
        Description = "Node that is asked, host:port.",
        HelpName = "ENDPOINT",
    };

    private readonly Option<string[]> _pins = new("--pin")
    {
        Description = "SHA-256 of the node's TLS public key in 64 hexadecimal digits; once or twice.",
        HelpName = "SHA256",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _certificate = new("--client-cert")
    {
        Description = "Certificate to call with, a PEM file; the directory must pin its key.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _key = new("--client-key")
    {
        Description = "Its key, a PEM file with mode 0600.",
        HelpName = "FILE",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_node);
        command.Add(_pins);
        command.Add(_certificate);
        command.Add(_key);
    }

    /// <summary>Says whether a node is named.</summary>
    public bool IsNamed(ParseResult parsed) => parsed.GetValue(_node) is not null;

    /// <summary>Prepares the way to the node.</summary>
    /// <returns>The way, which the caller disposes, or a refusal about the options or files.</returns>
    [SuppressMessage(
        "IDisposableAnalyzers.Correctness", "IDISP005", Justification = "The caller owns the value of the result.")]
    public Result<NodeLine> Open(ParseResult parsed, TimeProvider time)
    {
        if (parsed.GetValue(_node) is not { } node)
        {
            return Missing("--node");
        }

        if (parsed.GetValue(_certificate) is not { } certificate)
        {
            return Missing("--client-cert");
        }

        return parsed.GetValue(_key) is { } key
            ? NodeAddress.Parse(node, parsed.GetValue(_pins) ?? []).Then(
                address => ClientCertificate.Load(certificate, key).Then<NodeLine>(
                    own => new NodeLine(address, own, time)))
            : Missing("--client-key");
    }

    private static Refusal Missing(string option) =>
        new(RefusalCode.UsageWrong, $"The option {option} is missing.", option);
}
