using System.Text;
using CbssReturn.AuditLog;

namespace CbssReturn.Auditor.Keys;

/// <summary>A policy for one log.</summary>
internal static class LogPolicy
{
    /// <summary>Gives a policy with the same witnesses and the same quorum, and with this log alone.</summary>
    public static WitnessPolicy Of(VerifierKey log, WitnessPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(policy);
        var lines = Encoding.Latin1.GetString(policy.ToBytes())
            .Split('\n')
            .Where(line => !line.StartsWith("log ", StringComparison.Ordinal));
        var rest = Encoding.Latin1.GetBytes(string.Join('\n', lines));

        // These are the lines of a policy and the key of a log, so they are a policy.
        return WitnessPolicy.Parse([.. Encoding.UTF8.GetBytes($"log {log}\n"), .. rest]).Value;
    }
}
