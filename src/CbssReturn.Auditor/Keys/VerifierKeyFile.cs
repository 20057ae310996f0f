using System.Text;
using CbssReturn.AuditLog;
using CbssReturn.Auditor.Files;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Keys;

/// <summary>A file of verifier keys, one a line: the log's first, then those of the witnesses that count.</summary>
internal static class VerifierKeyFile
{
    /// <summary>Largest file, in bytes.</summary>
    public const int SizeBytesMax = 64 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; every line ends with a line feed, the last may lack it.</param>
    /// <param name="quorum">How many of the witnesses must have cosigned; null for <see
    /// cref="WitnessPolicy.QuorumOf"/>, which is none when there are none.</param>
    /// <returns>The policy, or a refusal with a code of files, or with <see cref="RefusalCode.KeyMalformed"/> or
    /// <see cref="RefusalCode.KeyWeak"/> that names the line, or with <see cref="RefusalCode.PolicyMalformed"/> or
    /// <see cref="RefusalCode.NumberOutOfRange"/>.</returns>
    public static Result<WitnessPolicy> Read(string path, int? quorum) =>
        SmallFile.Read(path, SizeBytesMax)
            .Then(bytes => Parse(Encoding.UTF8.GetString(bytes), path))
            .Then(keys => PolicyOf(keys, quorum));

    private static Result<List<VerifierKey>> Parse(string text, string path)
    {
        List<VerifierKey> keys = [];
        foreach (var line in (text.EndsWith('\n') ? text[..^1] : text).Split('\n'))
        {
            var place = FormattableString.Invariant($"{path}, line {keys.Count + 1}");
            if (!VerifierKey.Parse(line).TryGet(out var key, out var refusal))
            {
                return new Refusal(refusal.Code, refusal.Message, place);
            }

            if (key.Type != (keys.Count == 0 ? NoteKeyType.Ed25519 : NoteKeyType.CosignatureV1))
            {
                return new Refusal(
                    RefusalCode.KeyMalformed, "The first key is the log's, and all others are of witnesses.", place);
            }

            keys.Add(key);
        }

        return keys;
    }

    private static Result<WitnessPolicy> PolicyOf(List<VerifierKey> keys, int? quorum)
    {
        var witnesses = keys[1..];
        var needed = quorum ?? (witnesses.Count == 0 ? 0 : WitnessPolicy.QuorumOf(witnesses.Count));
        return needed >= 0 && needed <= witnesses.Count
            ? WitnessPolicy.Of(keys[..1], witnesses, needed)
            : new Refusal(
                RefusalCode.NumberOutOfRange,
                FormattableString.Invariant($"A quorum is 0 to {witnesses.Count}, the number of witnesses."),
                "quorum");
    }
}
