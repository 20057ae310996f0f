using CbssReturn.Contracts.Directory.V1;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using Google.Protobuf;
using WireDirectory = CbssReturn.Contracts.Directory.V1.Directory;

namespace CbssReturn.Exchange.Directory;

/// <summary>Turns a signed file into a <see cref="NodeDirectory"/> or refuses it whole: half a directory would let
/// in, or keep out, the wrong nodes (docs/spec/directory.md, sections 2 and 3).</summary>
internal static class DirectoryReader
{
    // 9999-12-31T23:59:59Z: later moments do not fit a DateTimeOffset.
    private const ulong PosixSecondsMax = 253_402_300_799;

    public static Result<NodeDirectory> Read(ReadOnlyMemory<byte> file, VerifyingKey root)
    {
        ArgumentNullException.ThrowIfNull(root);
        if (file.Length > NodeDirectory.SizeBytesMax)
        {
            return Malformed($"The directory is larger than {NodeDirectory.SizeBytesMax} bytes.");
        }

        try
        {
            var outer = SignedDirectory.Parser.ParseFrom(file.Span);

            // Nothing of the body is looked at before the root is known to have signed it.
            return SigningRule.Verify(root, Suite.One, NodeDirectory.Label, outer.Signature.Span, outer.Body.Memory)
                ? ReadBody(WireDirectory.Parser.ParseFrom(outer.Body), outer.Body)
                : new Refusal(
                    RefusalCode.DirectorySignatureWrong, "The directory is not signed by the configured root.");
        }
        catch (InvalidProtocolBufferException)
        {
            return Malformed("The directory is not a signed directory.");
        }
    }

    private static Result<NodeDirectory> ReadBody(WireDirectory body, ByteString bytes)
    {
        if (body.Version == 0)
        {
            return Malformed("The version must be 1 or more.", "version");
        }

        if (body.IssuedAt > PosixSecondsMax
            || body.ExpiresAt > PosixSecondsMax
            || body.ExpiresAt <= body.IssuedAt
            || body.ExpiresAt - body.IssuedAt > (ulong)TimeSpan.FromDays(NodeDirectory.LifetimeDaysMax).TotalSeconds)
        {
            return Malformed(
                $"The directory must end after it was made, at most {NodeDirectory.LifetimeDaysMax} days later.",
                "expires_at");
        }

        if (body.Entries.Count > NodeDirectory.NodesMax)
        {
            return Malformed($"The directory has more than {NodeDirectory.NodesMax} nodes.", "entries");
        }

        var digest = TranscriptHash.Compute(NodeDirectory.Label, bytes.Memory);
        return ReadEntries(body).Then<NodeDirectory>(nodes =>
            new NodeDirectory(body.Version, Moment(body.IssuedAt), Moment(body.ExpiresAt), nodes, digest));
    }

    private static Result<IReadOnlyList<DirectoryNode>> ReadEntries(WireDirectory body)
    {
        var nodes = new List<DirectoryNode>(body.Entries.Count);
        var kids = new HashSet<KeyId>();
        var pins = new HashSet<Digest>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in body.Entries)
        {
            var path = $"entries[{nodes.Count}]";
            if (!DirectoryEntryReader.Read(entry).TryGet(out var node, out var refusal))
            {
                return refusal.Within(path);
            }

            // Ids are compared as text of fixed length, which orders them as bytes.
            if (nodes.Count > 0 && string.CompareOrdinal(nodes[^1].Id.ToString(), node.Id.ToString()) >= 0)
            {
                return Malformed("The nodes must stand in ascending order of id, each once.", $"{path}.node_id");
            }

            if (!node.Keys.All(key => kids.Add(key.Key.Kid)))
            {
                return Malformed("An identity key stands twice in the directory.", $"{path}.identity_keys");
            }

            if (!node.Pins.All(pins.Add))
            {
                return Malformed("A TLS pin stands twice in the directory.", $"{path}.tls_pins");
            }

            if (!NamesOf(node).All(names.Add))
            {
                return Malformed("The name of a log or witness stands twice in the directory.", $"{path}.audit_log");
            }

            nodes.Add(node);
        }

        return nodes;
    }

    private static IEnumerable<string> NamesOf(DirectoryNode node) =>
        new[] { node.Log?.LogKey.Name, node.Log?.WitnessKey?.Name }.OfType<string>();

    internal static DateTimeOffset Moment(ulong posixSeconds) => DateTimeOffset.FromUnixTimeSeconds((long)posixSeconds);

    internal static bool IsMoment(ulong posixSeconds) => posixSeconds is > 0 and <= PosixSecondsMax;

    internal static Refusal Malformed(string message, string? field = null) =>
        new(RefusalCode.DirectoryMalformed, message, field);
}
