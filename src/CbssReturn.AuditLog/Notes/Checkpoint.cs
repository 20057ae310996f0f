using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>What a log says of itself: how many entries it holds, and the root of the tree over them. Immutable; two
/// checkpoints of equal content are equal.</summary>
/// <remarks>
/// Text form: origin, size and base64 of the root, a line each (c2sp.org/tlog-checkpoint). Extension lines are refused,
/// because no auditor can check what they say (docs/spec/audit-log.md, section 4). The text alone proves nothing; it is
/// signed by <see cref="CheckpointSigning"/> and believed after <see cref="CheckpointReader"/>.
/// </remarks>
public sealed record Checkpoint
{
    private static readonly Digest EmptyRoot = Digest.Of([]);

    /// <summary>Puts a checkpoint together.</summary>
    /// <param name="origin">Names the log; no spaces, no plus sign, at most 255 bytes.</param>
    /// <param name="size">Number of entries, 0 or more.</param>
    /// <param name="root">Root of the tree; of an empty tree the hash of nothing.</param>
    /// <exception cref="ArgumentException">These do not fit together.</exception>
    public Checkpoint(string origin, long size, Digest root)
    {
        ArgumentNullException.ThrowIfNull(origin);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (!VerifierKey.IsName(origin))
        {
            throw new ArgumentException("This cannot be the origin of a log.", nameof(origin));
        }

        if (!IsRootOf(size, root))
        {
            throw new ArgumentException("An empty tree has one root, which is the hash of nothing.", nameof(root));
        }

        (Origin, Size, Root) = (origin, size, root);
    }

    /// <summary>Names the log, and is the name of its key.</summary>
    public string Origin { get; }

    /// <summary>Number of entries.</summary>
    public long Size { get; }

    /// <summary>Root of the tree over these entries (RFC 6962, section 2.1).</summary>
    public Digest Root { get; }

    /// <summary>Reads the text of a note.</summary>
    /// <returns>The checkpoint, or a refusal with <see cref="RefusalCode.CheckpointMalformed"/> when there are not
    /// exactly three lines, each in its one spelling, or an empty tree has another root than its own.</returns>
    public static Result<Checkpoint> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.Split('\n');
        return lines is [var origin, var size, var root, ""]
            && VerifierKey.IsName(origin)
            && StrictDecimal.TryParse(size, out var count)
            && StrictBase64.TryDecode(root, out var hash)
            && hash.Length == Digest.SizeBytes
            && IsRootOf(count, Digest.FromBytes(hash))
                ? new Checkpoint(origin, count, Digest.FromBytes(hash))
                : new Refusal(
                    RefusalCode.CheckpointMalformed, "A checkpoint is three lines: origin, size and root.");
    }

    /// <summary>Returns the text form, with the line feed at its end.</summary>
    public string ToText() =>
        $"{Origin}\n{StrictDecimal.Format(Size)}\n{StrictBase64.Encode(Root.ToArray())}\n";

    private static bool IsRootOf(long size, Digest root) => size > 0 || root == EmptyRoot;
}
