namespace CbssReturn.AuditLog;

/// <summary>What an auditor tells people, with evidence that stands alone: whoever holds it and the public keys can
/// check it without the auditor. Immutable.</summary>
/// <remarks>No word of an alarm is about a person: it names logs, indexes and tags. For its JSON form see <see
/// cref="AlarmJson"/>.</remarks>
public sealed record AuditAlarm
{
    /// <summary>Longest text, in characters.</summary>
    public const int TextCharsMax = 1024;

    /// <summary>Most blobs of evidence.</summary>
    public const int EvidenceBlobsMax = 32;

    /// <summary>What was found.</summary>
    public required AlarmKind Kind { get; init; }

    /// <summary>How soon somebody must look.</summary>
    public required AlarmLevel Level { get; init; }

    /// <summary>The log that it is about.</summary>
    public required string Origin { get; init; }

    /// <summary>The entry that it is about, counted from 0; null when it is about no single entry.</summary>
    public long? Index { get; init; }

    /// <summary>What was found, in full sentences for who is on duty; at most <see cref="TextCharsMax"/>
    /// characters.</summary>
    public required string Text { get; init; }

    /// <summary>Bytes that prove it, under the names of <see cref="EvidenceName"/>; at most <see
    /// cref="EvidenceBlobsMax"/>.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Evidence { get; init; } =
        new Dictionary<string, ReadOnlyMemory<byte>>();

    /// <summary>Returns the kind, the level and the place, as a line of a log has them.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{AlarmJson.NameOf(Kind)} {AlarmJson.NameOf(Level)} {Origin}")
        + (Index is { } index ? FormattableString.Invariant($" at {index}") : string.Empty);
}
