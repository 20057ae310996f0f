using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>Finds that a log has signed two trees of which neither continues the other, and checks what others say they
/// found.</summary>
/// <remarks>
/// Two signed notes of one size with two roots are evidence by themselves. Two of different sizes are, when there is
/// also the root that the larger tree has at the smaller size, and the consistency proof between those two: it shows
/// what the larger checkpoint says of the smaller tree, and the smaller checkpoint says otherwise. A proof that fails
/// is no evidence: anybody can write one under two honest notes. Source: RFC 6962, section 2.1.2;
/// docs/spec/audit-log.md, section 7.
/// </remarks>
public static class SplitView
{
    /// <summary>Compares two checkpoints of one log of equal size.</summary>
    /// <param name="one">The one that was seen first.</param>
    /// <param name="other">The other.</param>
    /// <returns>The alarm, or null when the sizes differ or the roots are equal.</returns>
    /// <exception cref="ArgumentException">They are of two logs.</exception>
    public static AuditAlarm? Find(VerifiedCheckpoint one, VerifiedCheckpoint other)
    {
        CheckOrigins(one, other);
        return one.Checkpoint.Size == other.Checkpoint.Size && one.Checkpoint.Root != other.Checkpoint.Root
            ? Alarm(one, other, "The log has signed two roots for one size.", [])
            : null;
    }

    /// <summary>Asks whether a larger checkpoint continues a smaller one, given the log's own consistency proof.
    /// </summary>
    /// <param name="older">The smaller one.</param>
    /// <param name="newer">The larger one, or one of equal size.</param>
    /// <param name="proof">The proof that the log or its mirror gave.</param>
    /// <returns>The alarm, or null when the proof joins the two. Of different sizes it is as much about who gave the
    /// proof, so its level is <see cref="AlarmLevel.High"/>: ask a mirror what the larger tree holds, and call <see
    /// cref="FindByPrefix"/>.</returns>
    /// <exception cref="ArgumentException">They are of two logs, or the newer is smaller.</exception>
    public static AuditAlarm? Find(VerifiedCheckpoint older, VerifiedCheckpoint newer, IReadOnlyList<Digest> proof)
    {
        CheckOrigins(older, newer);
        ArgumentNullException.ThrowIfNull(proof);
        var (old, @new) = (older.Checkpoint, newer.Checkpoint);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(old.Size, @new.Size, nameof(older));
        if (ConsistencyProof.Verify(old.Size, @new.Size, old.Root, @new.Root, proof).IsOk)
        {
            return null;
        }

        return old.Size == @new.Size && old.Root != @new.Root
            ? Find(older, newer)
            : Alarm(
                older,
                newer,
                "The proof that was given does not join two checkpoints of the log.",
                [(EvidenceName.Proof, Join(proof))]) with { Level = AlarmLevel.High };
    }

    /// <summary>Asks whether a larger checkpoint continues a smaller one, given what the larger tree holds.</summary>
    /// <param name="older">The smaller one.</param>
    /// <param name="newer">The larger one.</param>
    /// <param name="prefixRoot">The root of the first entries of the larger tree, as many as the smaller has; computed
    /// from tiles or entries that lead to the larger root.</param>
    /// <param name="proof">The consistency proof from <paramref name="prefixRoot"/> to the larger root.</param>
    /// <returns>The alarm, whose evidence stands alone; or null when <paramref name="prefixRoot"/> is the smaller root,
    /// or the proof does not join it to the larger one, which proves nothing.</returns>
    /// <exception cref="ArgumentException">They are of two logs, or the newer is not larger.</exception>
    public static AuditAlarm? FindByPrefix(
        VerifiedCheckpoint older, VerifiedCheckpoint newer, Digest prefixRoot, IReadOnlyList<Digest> proof)
    {
        CheckOrigins(older, newer);
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(older.Checkpoint.Size, newer.Checkpoint.Size);
        return IsContradiction(older.Checkpoint, newer.Checkpoint, prefixRoot, proof)
            ? Alarm(
                older,
                newer,
                "The log has signed two trees, and the larger does not continue the smaller.",
                [(EvidenceName.Proof, Join(proof)), (EvidenceName.PrefixRoot, prefixRoot.ToArray())])
            : null;
    }

    /// <summary>Checks the evidence of an alarm that somebody else raised, without believing him anything.</summary>
    /// <param name="evidence">The blobs of the alarm.</param>
    /// <param name="log">The key of the log that is accused.</param>
    /// <returns>Done when the log has signed two trees of which neither continues the other; a refusal of
    /// <see cref="CheckpointReader"/> for a note that it has not signed, or with <see
    /// cref="RefusalCode.ProofMalformed"/> or <see cref="RefusalCode.ConsistencyWrong"/> when the rest does not prove
    /// it.</returns>
    public static Result<Done> Check(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> evidence, VerifierKey log)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(log);
        return Read(evidence, EvidenceName.Checkpoint, log).Then(one =>
            Read(evidence, EvidenceName.OtherCheckpoint, log).Then(other => CheckPair(evidence, one, other)));
    }

    private static Result<Done> CheckPair(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> evidence, Checkpoint one, Checkpoint other)
    {
        var (older, newer) = one.Size <= other.Size ? (one, other) : (other, one);
        if (older.Size == newer.Size)
        {
            return older.Root != newer.Root ? Done.Instance : Unproven();
        }

        return evidence.TryGetValue(EvidenceName.PrefixRoot, out var prefix)
            && prefix.Length == Digest.SizeBytes
            && evidence.TryGetValue(EvidenceName.Proof, out var proof)
            && proof.Length % Digest.SizeBytes == 0
            && proof.Length <= ProofText.HashesMax * Digest.SizeBytes
            && IsContradiction(older, newer, Digest.FromBytes(prefix.Span), Split(proof))
                ? Done.Instance
                : Unproven();
    }

    private static bool IsContradiction(
        Checkpoint older, Checkpoint newer, Digest prefixRoot, IReadOnlyList<Digest> proof) =>
        prefixRoot != older.Root
        && ConsistencyProof.Verify(older.Size, newer.Size, prefixRoot, newer.Root, proof).IsOk;

    private static Result<Checkpoint> Read(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> evidence, string name, VerifierKey log) =>
        evidence.TryGetValue(name, out var note)
            ? CheckpointReader.Read(note.Span, log, [], 0).Then<Checkpoint>(verified => verified.Checkpoint)
            : new Refusal(RefusalCode.ProofMalformed, $"The evidence has no {name}.", name);

    private static Refusal Unproven() =>
        new(RefusalCode.ConsistencyWrong, "The evidence does not prove that the checkpoints contradict each other.");

    private static AuditAlarm Alarm(
        VerifiedCheckpoint one,
        VerifiedCheckpoint other,
        string text,
        IEnumerable<(string Name, ReadOnlyMemory<byte> Blob)> more)
    {
        var evidence = new Dictionary<string, ReadOnlyMemory<byte>>
        {
            [EvidenceName.Checkpoint] = one.Note.ToBytes(),
            [EvidenceName.OtherCheckpoint] = other.Note.ToBytes(),
        };
        foreach (var (name, blob) in more)
        {
            evidence[name] = blob;
        }

        return new AuditAlarm
        {
            Kind = AlarmKind.SplitView,
            Level = AlarmLevel.Critical,
            Origin = one.Checkpoint.Origin,
            Text = text + FormattableString.Invariant(
                $" The sizes are {one.Checkpoint.Size} and {other.Checkpoint.Size}."),
            Evidence = evidence,
        };
    }

    private static byte[] Join(IReadOnlyList<Digest> hashes) => [.. hashes.SelectMany(hash => hash.ToArray())];

    private static Digest[] Split(ReadOnlyMemory<byte> hashes) =>
        [.. Enumerable.Range(0, hashes.Length / Digest.SizeBytes)
            .Select(i => Digest.FromBytes(hashes.Span.Slice(i * Digest.SizeBytes, Digest.SizeBytes)))];

    private static void CheckOrigins(VerifiedCheckpoint one, VerifiedCheckpoint other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        if (one.Checkpoint.Origin != other.Checkpoint.Origin)
        {
            throw new ArgumentException("The checkpoints are of two logs.", nameof(other));
        }
    }
}
