using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Auditor.Nodes;

/// <summary>Where a node is called, and by which TLS keys it is known.</summary>
internal sealed record NodeAddress
{
    /// <summary>Most pins: the key in use and the next one.</summary>
    public const int PinsMax = 2;

    private NodeAddress(Uri uri, IReadOnlyList<Digest> pins) => (Uri, Pins) = (uri, pins);

    /// <summary>Where: <c>https://host:port</c>.</summary>
    public Uri Uri { get; }

    /// <summary>SHA-256 of the SubjectPublicKeyInfo of each key; 1 or 2 (docs/spec/directory.md, section 3).</summary>
    public IReadOnlyList<Digest> Pins { get; }

    /// <summary>Reads an address.</summary>
    /// <param name="endpoint"><c>host:port</c> as the directory writes it.</param>
    /// <param name="pins">One or two pins of 64 hexadecimal digits.</param>
    /// <returns>The address, or a refusal with <see cref="RefusalCode.FieldMalformed"/>,
    /// <see cref="RefusalCode.IdentifierMalformed"/> or <see cref="RefusalCode.NumberOutOfRange"/>.</returns>
    public static Result<NodeAddress> Parse(string endpoint, IReadOnlyList<string> pins)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(pins);
        if (!Uri.TryCreate($"https://{endpoint}", UriKind.Absolute, out var uri)
            || uri.Port is < 1 or > ushort.MaxValue
            || (uri.IsDefaultPort ? $"{uri.Host}:443" : uri.Authority) != endpoint)
        {
            return new Refusal(
                RefusalCode.FieldMalformed, "An endpoint is host:port, for example node.example:7443.", "endpoint");
        }

        if (pins.Count is < 1 or > PinsMax)
        {
            return new Refusal(RefusalCode.NumberOutOfRange, $"A node has 1 to {PinsMax} pins.", "pins");
        }

        List<Digest> digests = [];
        foreach (var pin in pins)
        {
            if (!Digest.Parse(pin).TryGet(out var digest, out var refusal))
            {
                return new Refusal(refusal.Code, "A pin is 64 lower-case hexadecimal digits.", "pins");
            }

            digests.Add(digest);
        }

        return new NodeAddress(uri, digests);
    }

    /// <summary>Returns <c>host:port</c>.</summary>
    public override string ToString() => Uri.Authority;
}
