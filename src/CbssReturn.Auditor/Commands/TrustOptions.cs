using System.CommandLine;
using CbssReturn.AuditLog;
using CbssReturn.Auditor.Files;
using CbssReturn.Auditor.Keys;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Commands;

/// <summary>The options that say whose signatures count.</summary>
internal sealed class TrustOptions
{
    private readonly Option<string?> _vkeys = new("--vkeys")
    {
        Description = "File of verifier keys, one a line: the log's first, then those of the witnesses.",
        HelpName = "FILE",
    };

    private readonly Option<int?> _quorum = new("--quorum")
    {
        Description = "How many of these witnesses must have cosigned. Default: more than two thirds of them.",
        HelpName = "K",
    };

    private readonly Option<string?> _policy = new("--policy")
    {
        Description = "Policy file in the form of c2sp.org/tlog-policy, instead of --vkeys.",
        HelpName = "FILE",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_vkeys);
        command.Add(_quorum);
        command.Add(_policy);
    }

    /// <summary>Reads what they name.</summary>
    /// <returns>The policy, or a refusal about the options or files.</returns>
    public Result<WitnessPolicy> Read(ParseResult parsed) =>
        (parsed.GetValue(_vkeys), parsed.GetValue(_policy), parsed.GetValue(_quorum)) switch
        {
            ({ } vkeys, null, var quorum) => VerifierKeyFile.Read(vkeys, quorum),
            (null, { } policy, null) => SmallFile.Read(policy, WitnessPolicy.SizeBytesMax)
                .Then(bytes => WitnessPolicy.Parse(bytes)),
            (null, { }, { }) => Wrong("The quorum stands in the policy file.", "--quorum"),
            _ => Wrong("Name either a file of verifier keys or a policy file.", "--vkeys"),
        };

    private static Refusal Wrong(string message, string field) => new(RefusalCode.UsageWrong, message, field);
}
