using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Exchange.Directory;

/// <summary>The list of nodes that trust each other, as its root signed it. Immutable.</summary>
/// <remarks>Comes from <see cref="Read"/> only, so that whoever holds one holds one whose signature and rules were
/// checked (docs/spec/directory.md).</remarks>
public sealed class NodeDirectory
{
    /// <summary>Largest signed directory, in bytes.</summary>
    public const int SizeBytesMax = 32 * 1024 * 1024;

    /// <summary>Most nodes in a directory.</summary>
    public const int NodesMax = 10_000;

    /// <summary>Longest life of a directory, in days: six months.</summary>
    public const int LifetimeDaysMax = 184;

    /// <summary>Label of the signature (docs/spec/referral-packet.md, the one signing rule).</summary>
    internal const string Label = "directory";

    private readonly FrozenDictionary<NodeId, DirectoryNode> _byId;
    private readonly FrozenDictionary<Digest, DirectoryNode> _byPin;
    private readonly FrozenDictionary<KeyId, (DirectoryNode Node, DirectoryKey Key)> _byKid;

    internal NodeDirectory(
        ulong version,
        DateTimeOffset issuedAt,
        DateTimeOffset expiresAt,
        IReadOnlyList<DirectoryNode> nodes,
        Digest digest)
    {
        (Version, IssuedAt, ExpiresAt, Nodes, Digest) = (version, issuedAt, expiresAt, nodes, digest);
        _byId = nodes.ToFrozenDictionary(node => node.Id);
        _byPin = nodes
            .SelectMany(node => node.Pins.Select(pin => (Pin: pin, Node: node)))
            .ToFrozenDictionary(pair => pair.Pin, pair => pair.Node);
        _byKid = nodes
            .SelectMany(node => node.Keys.Select(key => (Node: node, Key: key)))
            .ToFrozenDictionary(pair => pair.Key.Kid);
    }

    /// <summary>No directory yet: version 0, without nodes, expired since ever.</summary>
    public static NodeDirectory Empty { get; } =
        new(0, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, [], default);

    /// <summary>Counted from 1; 0 for <see cref="Empty"/>.</summary>
    public ulong Version { get; }

    /// <summary>When the root made it, in UTC.</summary>
    public DateTimeOffset IssuedAt { get; }

    /// <summary>When it ends, in UTC; this moment itself is outside.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>The nodes in ascending order of id, this one among them.</summary>
    public IReadOnlyList<DirectoryNode> Nodes { get; }

    /// <summary>D("directory", body): tells two directories of one version apart.</summary>
    public Digest Digest { get; }

    /// <summary>Reads a signed directory: signature first, then form and rules.</summary>
    /// <param name="file">The file's bytes, at most <see cref="SizeBytesMax"/>.</param>
    /// <param name="root">Whose signature it must bear.</param>
    /// <returns>The directory, which may have ended, or a refusal with <see cref="RefusalCode.DirectoryMalformed"/> or
    /// <see cref="RefusalCode.DirectorySignatureWrong"/>.</returns>
    public static Result<NodeDirectory> Read(ReadOnlyMemory<byte> file, VerifyingKey root) =>
        DirectoryReader.Read(file, root);

    /// <summary>Says whether it has ended.</summary>
    public bool IsExpiredAt(DateTimeOffset moment) => moment >= ExpiresAt;

    /// <summary>Finds a node, suspended or not.</summary>
    public bool TryFind(NodeId id, [NotNullWhen(true)] out DirectoryNode? node) => _byId.TryGetValue(id, out node);

    /// <summary>Finds the node that a TLS key is pinned for, suspended or not.</summary>
    /// <param name="pin">SHA-256 of the SubjectPublicKeyInfo.</param>
    /// <param name="node">The node, or null.</param>
    public bool TryFindByPin(Digest pin, [NotNullWhen(true)] out DirectoryNode? node) =>
        _byPin.TryGetValue(pin, out node);

    /// <summary>Finds an identity key and the node that it belongs to, in force or not.</summary>
    public bool TryFindByKid(
        KeyId kid, [NotNullWhen(true)] out DirectoryNode? node, [NotNullWhen(true)] out DirectoryKey? key)
    {
        var found = _byKid.TryGetValue(kid, out var pair);
        (node, key) = found ? pair : (null, null);
        return found;
    }
}
