using System.Globalization;
using System.Text;
using CbssReturn.Outcomes;

namespace CbssReturn.AuditLog;

/// <summary>Whom a verifier trusts: which logs, which witnesses, and how many of them must have cosigned. Immutable.
/// </summary>
/// <remarks>
/// A file of lines <c>log</c>, <c>witness</c>, <c>group</c> and exactly one <c>quorum</c>, as c2sp.org/tlog-policy has
/// it. The policy is the verifier's own: a log without witnesses is accepted or not by its <c>quorum</c> line alone
/// (docs/spec/audit-log.md, section 6). Keys of types other than Ed25519 logs and cosignature/v1 witnesses are
/// refused, as nothing here could verify them.
/// </remarks>
public sealed record WitnessPolicy
{
    /// <summary>The quorum that asks for no witness.</summary>
    public const string QuorumNone = "none";

    /// <summary>Largest file, in bytes.</summary>
    public const int SizeBytesMax = 256 * 1024;

    /// <summary>Most logs, most witnesses and most groups, each. C2SP asks for 32 at least.</summary>
    public const int LinesMax = 256;

    internal WitnessPolicy(
        IReadOnlyList<PolicyLog> logs,
        IReadOnlyList<PolicyWitness> witnesses,
        IReadOnlyList<PolicyGroup> groups,
        string quorum) => (Logs, Witnesses, Groups, Quorum) = (logs, witnesses, groups, quorum);

    /// <summary>The logs; may be empty. One origin may have several keys.</summary>
    public IReadOnlyList<PolicyLog> Logs { get; }

    /// <summary>The witnesses; no two have one public key.</summary>
    public IReadOnlyList<PolicyWitness> Witnesses { get; }

    /// <summary>The groups, each after the groups that are its members.</summary>
    public IReadOnlyList<PolicyGroup> Groups { get; }

    /// <summary>Name of the witness or group that must have cosigned, or <see cref="QuorumNone"/>.</summary>
    public string Quorum { get; }

    /// <summary>How many of a number of witnesses must agree so that two views cannot both find enough, even when a
    /// third of the witnesses lie: 1 + ⌊2n/3⌋.</summary>
    /// <param name="witnesses">Number of witnesses, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no witness.</exception>
    public static int QuorumOf(int witnesses)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(witnesses, 1);
        return 1 + (int)(2L * witnesses / 3);
    }

    /// <summary>Makes the policy that asks for a number of witnesses, whichever they are.</summary>
    /// <param name="logs">The keys of the logs.</param>
    /// <param name="witnesses">The keys of the witnesses.</param>
    /// <param name="threshold">How many must have cosigned, 0 to their number.</param>
    /// <returns>The policy, or a refusal with <see cref="RefusalCode.PolicyMalformed"/> when a key stands twice or is
    /// of the wrong type, or there are too many.</returns>
    public static Result<WitnessPolicy> Of(
        IEnumerable<VerifierKey> logs, IReadOnlyList<VerifierKey> witnesses, int threshold)
    {
        ArgumentNullException.ThrowIfNull(logs);
        ArgumentNullException.ThrowIfNull(witnesses);
        ArgumentOutOfRangeException.ThrowIfNegative(threshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, witnesses.Count);
        string[] names = [.. witnesses.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"w{i + 1}"))];
        var draft = new WitnessPolicy(
            [.. logs.Select(log => new PolicyLog(log))],
            [.. witnesses.Select((key, i) => new PolicyWitness(names[i], key))],
            threshold == 0 ? [] : [new PolicyGroup("witnesses", threshold, names)],
            threshold == 0 ? QuorumNone : "witnesses");

        // One set of rules for what we make and for what we read.
        return Parse(draft.ToBytes());
    }

    /// <summary>Reads a policy.</summary>
    /// <param name="bytes">The whole file; at most <see cref="SizeBytesMax"/> bytes.</param>
    /// <returns>The policy, or a refusal with <see cref="RefusalCode.PolicyMalformed"/> whose message names the
    /// line.</returns>
    public static Result<WitnessPolicy> Parse(ReadOnlySpan<byte> bytes) => bytes.Length > SizeBytesMax
        ? new Refusal(RefusalCode.PolicyMalformed, $"A policy has at most {SizeBytesMax} bytes.")
        : new PolicyParser().Parse(Encoding.Latin1.GetString(bytes));

    /// <summary>Says whether enough witnesses have cosigned.</summary>
    /// <param name="cosigners">The keys whose cosignatures verify; others than the policy's count for nothing.</param>
    public bool IsMetBy(IEnumerable<VerifierKey> cosigners)
    {
        var keys = cosigners.ToHashSet();
        var met = Witnesses.Where(witness => keys.Contains(witness.Key)).Select(witness => witness.Name).ToHashSet();

        // A group stands after its members, so one pass settles them all.
        foreach (var group in Groups)
        {
            if (group.Members.Count(met.Contains) >= group.Threshold)
            {
                met.Add(group.Name);
            }
        }

        return Quorum == QuorumNone || met.Contains(Quorum);
    }

    /// <summary>Returns the file: one spelling for each policy, without comments.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder();
        foreach (var log in Logs)
        {
            AppendLine(text, ["log", VkeyOf(log.Key), .. UrlOf(log.Url)]);
        }

        foreach (var witness in Witnesses)
        {
            AppendLine(text, ["witness", witness.Name, VkeyOf(witness.Key), .. UrlOf(witness.Url)]);
        }

        foreach (var group in Groups)
        {
            AppendLine(text, ["group", group.Name, StrictDecimal.Format(group.Threshold), .. group.Members]);
        }

        AppendLine(text, ["quorum", Quorum]);
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static void AppendLine(StringBuilder text, IEnumerable<string> items) =>
        text.AppendJoin(' ', items).Append('\n');

    // A policy is a file of bytes: whatever is not ASCII travels through it one character a byte.
    private static string VkeyOf(VerifierKey key) => Encoding.Latin1.GetString(NoteText.Encode(key.ToString()));

    private static IEnumerable<string> UrlOf(string? url) => url is null ? [] : [url];
}
