using CbssReturn.Contracts.Directory.V1;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using NodeKind = CbssReturn.Casework.Common.NodeKind;
using WireKind = CbssReturn.Contracts.Directory.V1.NodeKind;

namespace CbssReturn.Exchange.Directory;

/// <summary>Checks one node of a directory (docs/spec/directory.md, section 3).</summary>
internal static class DirectoryEntryReader
{
    /// <summary>Reads an entry.</summary>
    /// <returns>The node, or a refusal with <see cref="RefusalCode.DirectoryMalformed"/> that names the
    /// field.</returns>
    public static Result<DirectoryNode> Read(DirectoryEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (FindBreach(entry) is { } breach)
        {
            return breach;
        }

        PeerEndpoint? endpoint = null;
        if (entry.Endpoint.Length > 0 && !PeerEndpoint.Parse(entry.Endpoint).TryGet(out endpoint, out var refusal))
        {
            return DirectoryReader.Malformed(refusal.Message, "endpoint");
        }

        DirectoryLog? log = null;
        if (entry.AuditLog is { } wire && !DirectoryLogReader.Read(wire).TryGet(out log, out refusal))
        {
            return refusal.Within("audit_log");
        }

        return ReadKeys(entry).Then<DirectoryNode>(keys => new DirectoryNode
        {
            Id = NodeId.FromBytes(entry.NodeId.Span),
            Country = entry.Country,
            Kind = (NodeKind)entry.Kind,
            Keys = keys,
            Pins = [.. entry.TlsPins.Select(pin => Digest.FromBytes(pin.Span))],
            Endpoint = endpoint,
            SuiteMin = (ushort)entry.SuiteMin,
            ManifestFormatMax = (int)entry.ManifestFormatMax,
            IsSuspended = entry.Suspended,
            Log = log,
        });
    }

    private static Refusal? FindBreach(DirectoryEntry entry)
    {
        if (entry.NodeId.Length != NodeId.SizeBytes || entry.NodeId.Span.IndexOfAnyExcept((byte)0) < 0)
        {
            return DirectoryReader.Malformed("A node id has 16 bytes, not all zero.", "node_id");
        }

        if (entry.Country.Length != 2 || !entry.Country.All(char.IsAsciiLetterUpper))
        {
            return DirectoryReader.Malformed("A country is two upper-case letters.", "country");
        }

        if (entry.Kind == WireKind.Unspecified || !Enum.IsDefined((NodeKind)entry.Kind))
        {
            return DirectoryReader.Malformed("There is no such kind of node.", "kind");
        }

        if (entry.TlsPins.Count is 0 or > DirectoryNode.PinsMax
            || entry.TlsPins.Any(pin => pin.Length != Digest.SizeBytes))
        {
            return DirectoryReader.Malformed("A node has one or two TLS pins of 32 bytes.", "tls_pins");
        }

        if (entry.SuiteMin is 0 or > ushort.MaxValue)
        {
            return DirectoryReader.Malformed("The lowest suite is 1 to 65,535.", "suite_min");
        }

        return entry.ManifestFormatMax is 0 or > ushort.MaxValue
            ? DirectoryReader.Malformed("The highest manifest format is 1 to 65,535.", "manifest_format_max")
            : null;
    }

    private static Result<IReadOnlyList<DirectoryKey>> ReadKeys(DirectoryEntry entry)
    {
        if (entry.IdentityKeys.Count > DirectoryNode.KeysMax)
        {
            return DirectoryReader.Malformed(
                $"A node has at most {DirectoryNode.KeysMax} identity keys.", "identity_keys");
        }

        var keys = new List<DirectoryKey>(entry.IdentityKeys.Count);
        foreach (var wire in entry.IdentityKeys)
        {
            if (!ReadKey(wire).TryGet(out var key, out var refusal))
            {
                return refusal.Within($"identity_keys[{keys.Count}]");
            }

            keys.Add(key);
        }

        return keys.Count(key => key.State == DirectoryKeyState.Active) is > 0 and <= DirectoryNode.ActiveKeysMax
            ? keys
            : DirectoryReader.Malformed("A node has one or two identity keys in force.", "identity_keys");
    }

    private static Result<DirectoryKey> ReadKey(IdentityKey wire)
    {
        if (!VerifyingKey.Parse(wire.PublicKey.Span).TryGet(out var key, out var refusal))
        {
            return DirectoryReader.Malformed(refusal.Message, "public_key");
        }

        var state = (DirectoryKeyState)wire.State;
        return state switch
        {
            DirectoryKeyState.Active when wire.Since == 0 => new DirectoryKey(key, state, null),
            DirectoryKeyState.Retired or DirectoryKeyState.Revoked when DirectoryReader.IsMoment(wire.Since) =>
                new DirectoryKey(key, state, DirectoryReader.Moment(wire.Since)),
            DirectoryKeyState.Active or DirectoryKeyState.Retired or DirectoryKeyState.Revoked =>
                DirectoryReader.Malformed("A moment belongs to retired and revoked keys, and only there.", "since"),
            _ => DirectoryReader.Malformed("There is no such state of a key.", "state"),
        };
    }
}
