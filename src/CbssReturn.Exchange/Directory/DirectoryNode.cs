using CbssReturn.Casework.Common;
using CbssReturn.Sealing;

namespace CbssReturn.Exchange.Directory;

/// <summary>One node as the directory describes it. Immutable; everything in it kept the rules when it was read
/// (docs/spec/directory.md, section 3).</summary>
public sealed record DirectoryNode
{
    /// <summary>Most identity keys of one node, in force or not.</summary>
    public const int KeysMax = 16;

    /// <summary>Most identity keys in force at a time: two overlap during a rotation.</summary>
    public const int ActiveKeysMax = 2;

    /// <summary>Most TLS pins: the current key and the next one.</summary>
    public const int PinsMax = 2;

    /// <summary>Names the node; never all zero.</summary>
    public required NodeId Id { get; init; }

    /// <summary>ISO 3166-1 alpha-2, upper case.</summary>
    public required string Country { get; init; }

    /// <summary>What the node is; never Unspecified.</summary>
    public required NodeKind Kind { get; init; }

    /// <summary>Its identity keys: 1 or 2 in force, 16 in all.</summary>
    public required IReadOnlyList<DirectoryKey> Keys { get; init; }

    /// <summary>Its identity keys in force, 1 or 2.</summary>
    public IEnumerable<VerifyingKey> ActiveKeys =>
        Keys.Where(key => key.State == DirectoryKeyState.Active).Select(key => key.Key);

    /// <summary>SHA-256 of the SubjectPublicKeyInfo of its TLS keys; 1 or 2.</summary>
    public required IReadOnlyList<Digest> Pins { get; init; }

    /// <summary>Where it can be called; null for a node without an inbound port.</summary>
    public PeerEndpoint? Endpoint { get; init; }

    /// <summary>Lowest suite accepted from it, at least 1.</summary>
    public ushort SuiteMin { get; init; } = Suite.One;

    /// <summary>Highest manifest format that it reads, at least 1.</summary>
    public int ManifestFormatMax { get; init; } = 1;

    /// <summary>Whether it is shut out: nothing is taken from it or sent to it.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>Its audit log; null for a node that keeps none.</summary>
    public DirectoryLog? Log { get; init; }
}
