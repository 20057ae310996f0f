using CbssReturn.Contracts.Directory.V1;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using Google.Protobuf;
using AuditLogEntry = CbssReturn.Contracts.Directory.V1.AuditLog;
using WireDirectory = CbssReturn.Contracts.Directory.V1.Directory;
using WireKind = CbssReturn.Contracts.Directory.V1.NodeKind;

namespace CbssReturn.Exchange.Directory;

/// <summary>Makes signed directories, for the holder of the root key.</summary>
public static class DirectoryWriter
{
    /// <summary>Signs a directory, and reads it back as every node will, so that nothing leaves the root that nodes
    /// refuse.</summary>
    /// <param name="root">The root's key.</param>
    /// <param name="version">1 or more, higher than every earlier one.</param>
    /// <param name="issuedAt">When it is made; cut to whole seconds.</param>
    /// <param name="expiresAt">When it ends; cut to whole seconds.</param>
    /// <param name="nodes">The nodes, in any order.</param>
    /// <returns>The file's bytes, or a refusal with <see cref="RefusalCode.DirectoryMalformed"/>.</returns>
    public static Result<byte[]> Sign(
        SigningKey root,
        ulong version,
        DateTimeOffset issuedAt,
        DateTimeOffset expiresAt,
        IEnumerable<DirectoryNode> nodes)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(nodes);
        var directory = new WireDirectory
        {
            Version = version,
            IssuedAt = Seconds(issuedAt),
            ExpiresAt = Seconds(expiresAt),
        };
        directory.Entries.AddRange(nodes.OrderBy(node => node.Id.ToString(), StringComparer.Ordinal).Select(Entry));
        var body = directory.ToByteString();
        var signature = SigningRule.Sign(root, Suite.One, NodeDirectory.Label, body.Memory);
        var signed = new SignedDirectory { Body = body, Signature = ByteString.CopyFrom(signature) }.ToByteArray();
        return NodeDirectory.Read(signed, root.Public).Then<byte[]>(_ => signed);
    }

    private static DirectoryEntry Entry(DirectoryNode node)
    {
        var entry = new DirectoryEntry
        {
            NodeId = ByteString.CopyFrom(node.Id.ToArray()),
            Country = node.Country,
            Kind = (WireKind)node.Kind,
            SuiteMin = node.SuiteMin,
            ManifestFormatMax = (uint)node.ManifestFormatMax,
            Endpoint = node.Endpoint?.ToString() ?? string.Empty,
            Suspended = node.IsSuspended,
        };
        if (node.Log is { } log)
        {
            entry.AuditLog = Log(log);
        }

        entry.IdentityKeys.AddRange(node.Keys.Select(key => new IdentityKey
        {
            PublicKey = ByteString.CopyFrom(key.Key.Bytes.Span),
            State = (IdentityKeyState)key.State,
            Since = key.Since is { } since ? Seconds(since) : 0,
        }));
        entry.TlsPins.AddRange(node.Pins.Select(pin => ByteString.CopyFrom(pin.ToArray())));
        return entry;
    }

    private static AuditLogEntry Log(DirectoryLog log) => new()
    {
        LogKey = log.LogKey.ToString(),
        HomeAuditor = Bytes(log.HomeAuditor),
        SecondAuditor = Bytes(log.SecondAuditor),
        WitnessKey = log.WitnessKey?.ToString() ?? string.Empty,
        Awake = log.Awake is { } awake
            ? new Contracts.Directory.V1.AwakeHours
            {
                FromMinute = (uint)awake.FromMinute,
                UntilMinute = (uint)awake.UntilMinute,
                Weekdays = (uint)awake.Weekdays,
            }
            : null,
    };

    private static ByteString Bytes(NodeId? id) =>
        id is { } known ? ByteString.CopyFrom(known.ToArray()) : ByteString.Empty;

    private static ulong Seconds(DateTimeOffset moment) => (ulong)Math.Max(0, moment.ToUnixTimeSeconds());
}
