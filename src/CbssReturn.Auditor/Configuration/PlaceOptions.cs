namespace CbssReturn.Auditor.Configuration;

/// <summary>Where something is read: a node, or a folder.</summary>
internal sealed class PlaceOptions
{
    /// <summary>Node, <c>host:port</c>; absent for a folder.</summary>
    public string? Endpoint { get; init; }

    /// <summary>With a node: SHA-256 of its TLS public keys, 64 hexadecimal digits each; 1 or 2.</summary>
    public IReadOnlyList<string> Pins { get; init; } = [];

    /// <summary>Exported log in a folder; absent for a node.</summary>
    public string? Folder { get; init; }
}
