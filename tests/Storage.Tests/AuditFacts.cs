using CbssReturn.Sealing;

namespace CbssReturn.Storage.Tests;

/// <summary>What a node knows of its audit log without looking: what it was told, and what it tried.</summary>
internal sealed record AuditFacts
{
    /// <summary>Digests of all rows that were ever handed over.</summary>
    public HashSet<Digest> Sent { get; init; } = [];

    /// <summary>Those of which the node was told that they are kept.</summary>
    public HashSet<Digest> Acknowledged { get; init; } = [];

    /// <summary>Root by size of what may have been signed.</summary>
    public Dictionary<long, Digest> Signed { get; init; } = [];

    /// <summary>Entries whose details are told to be erased.</summary>
    public HashSet<long> Erased { get; init; } = [];

    /// <summary>The size that was cosigned last.</summary>
    public long Cosigned { get; set; }

    /// <summary>How much is told to be mirrored.</summary>
    public long Mirrored { get; set; }

    /// <summary>What is known right now, for good.</summary>
    public AuditFacts Copy() => this with
    {
        Sent = [.. Sent],
        Acknowledged = [.. Acknowledged],
        Signed = new(Signed),
        Erased = [.. Erased],
    };
}
