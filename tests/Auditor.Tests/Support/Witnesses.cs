using CbssReturn.AuditLog;
using CbssReturn.Auditor.Watch;
using CbssReturn.Sealing;

namespace CbssReturn.Auditor.Tests;

/// <summary>Four witnesses, of which three make a quorum.</summary>
internal static class Witnesses
{
    public const int Count = 4;

    public const int Quorum = 3;

    private static readonly NoteKey[] Signers =
        [.. Enumerable.Range(0, Count).Select(i => Sample.Key((byte)(101 + i)))];

    public static IReadOnlyList<VerifierKey> Keys { get; } =
        [.. Signers.Select((key, place) => VerifierKey.OfWitness(NameOf(place), key.Public))];

    /// <summary>Makes an auditor ask for the quorum with each log.</summary>
    public static WatcherParts AskFor(WatcherParts parts) => parts with
    {
        Logs = [.. parts.Logs.Select(log => log with { Policy = WitnessPolicy.Of([log.Key], Keys, Quorum).Value })],
    };

    /// <summary>Puts cosignatures under the newest checkpoint of a log: of the first witness at the first moment, and
    /// so on.</summary>
    public static void Cosign(MemoryLog log, params DateTimeOffset[] moments)
    {
        var checkpoint = new Checkpoint(log.Origin, log.Size, log.Root);
        log.Note = log.Note!.With(
            [.. moments.Select((at, i) => Cosignature.Sign(checkpoint, NameOf(i), Signers[i], at))]).Value;
    }

    /// <summary>Signs a log and has a quorum cosign it at a moment.</summary>
    public static void Publish(MemoryLog log, DateTimeOffset at)
    {
        log.Publish();
        Cosign(log, at, at, at);
    }

    private static string NameOf(int place) => FormattableString.Invariant($"witness.example.org/xx/{place}");
}
