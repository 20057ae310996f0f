using System.Text.Json;
using System.Text.Json.Serialization;
using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Exchange.Directory;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Setup;

/// <summary>A node's wish to stand in the directory, as JSON that two people can read to each other over the telephone
/// (docs/spec/directory.md, section 5).</summary>
internal static class DirectoryEntryFile
{
    /// <summary>Largest file, in bytes.</summary>
    public const int SizeBytesMax = 16 * 1024;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    /// <summary>Writes a node as JSON.</summary>
    public static byte[] Write(DirectoryNode node)
    {
        var entry = new Entry(
            node.Id.ToString(),
            node.Country,
            NameOf(node.Kind),
            [.. node.Keys.Select(key => new Key(
                Convert.ToHexStringLower(key.Key.Bytes.Span),
                NameOf(key.State),
                key.Since?.ToUnixTimeSeconds()))],
            node.SuiteMin,
            node.ManifestFormatMax,
            [.. node.Pins.Select(pin => pin.ToString())],
            node.Endpoint?.ToString() ?? string.Empty,
            node.Log is { } log ? LogOf(log) : null);
        return [.. JsonSerializer.SerializeToUtf8Bytes(entry, Json), (byte)'\n'];
    }

    /// <summary>Reads a node from JSON. What the directory itself checks is left to it.</summary>
    /// <returns>The node, or a refusal with <see cref="RefusalCode.JsonMalformed"/> or the code of the field that is
    /// wrong.</returns>
    public static Result<DirectoryNode> Read(ReadOnlySpan<byte> content)
    {
        try
        {
            return JsonSerializer.Deserialize<Entry>(content, Json) is { } entry
                ? NodeOf(entry)
                : new Refusal(RefusalCode.JsonMalformed, "The entry is empty.");
        }
        catch (JsonException error)
        {
            return new Refusal(
                RefusalCode.JsonMalformed,
                "The entry is not well-formed, or has a field that does not belong there.",
                error.Path?.TrimStart('$', '.'));
        }
    }

    /// <summary>Reads the name of a kind of node, for example PROVIDER.</summary>
    /// <returns>The kind, or <see cref="RefusalCode.CodeUnknown"/>.</returns>
    public static Result<NodeKind> ParseKind(string name)
    {
        var kind = Enum.GetValues<NodeKind>().FirstOrDefault(kind => NameOf(kind) == name);
        return kind != NodeKind.Unspecified
            ? kind
            : new Refusal(RefusalCode.CodeUnknown, "There is no such kind of node.", "kind");
    }

    private static Result<DirectoryNode> NodeOf(Entry entry)
    {
        if (!NodeId.Parse(entry.NodeId).TryGet(out var id, out var refusal))
        {
            return refusal.Within("node_id");
        }

        if (!ParseKind(entry.Kind).TryGet(out var kind, out refusal))
        {
            return refusal;
        }

        PeerEndpoint? endpoint = null;
        if (entry.Endpoint.Length > 0 && !PeerEndpoint.Parse(entry.Endpoint).TryGet(out endpoint, out refusal))
        {
            return refusal.Within("endpoint");
        }

        if (!ReadAll(entry.TlsPins, Digest.Parse, "tls_pins").TryGet(out var pins, out refusal)
            || !ReadAll(entry.IdentityKeys, KeyOf, "identity_keys").TryGet(out var keys, out refusal))
        {
            return refusal;
        }

        DirectoryLog? log = null;
        if (entry.AuditLog is { } audit && !LogOf(audit).TryGet(out log, out refusal))
        {
            return refusal.Within("audit_log");
        }

        return new DirectoryNode
        {
            Id = id,
            Country = entry.Country,
            Kind = kind,
            Keys = keys,
            Pins = pins,
            Endpoint = endpoint,
            SuiteMin = entry.SuiteMin,
            ManifestFormatMax = entry.ManifestFormatMax,
            Log = log,
        };
    }

    private static AuditLogEntry LogOf(DirectoryLog log) => new(
        log.LogKey.ToString(),
        log.HomeAuditor?.ToString(),
        log.SecondAuditor?.ToString(),
        log.WitnessKey?.ToString(),
        log.Awake is { } awake ? new Awake(awake.FromMinute, awake.UntilMinute, awake.Weekdays) : null);

    private static Result<DirectoryLog> LogOf(AuditLogEntry entry)
    {
        if (!VerifierKey.Parse(entry.LogKey).TryGet(out var logKey, out var refusal))
        {
            return refusal.Within("log_key");
        }

        if (!ReadOptional(entry.WitnessKey, VerifierKey.Parse, "witness_key").TryGet(out var witness, out refusal)
            || !ReadOptional(entry.HomeAuditor, NodeId.Parse, "home_auditor").TryGet(out var home, out refusal)
            || !ReadOptional(entry.SecondAuditor, NodeId.Parse, "second_auditor").TryGet(out var second, out refusal))
        {
            return refusal;
        }

        return new DirectoryLog
        {
            LogKey = logKey,
            HomeAuditor = home is [var auditor] ? auditor : null,
            SecondAuditor = second is [var other] ? other : null,
            WitnessKey = witness is [var key] ? key : null,
            Awake = entry.Awake is { } awake
                ? new AwakeHours(awake.FromMinute, awake.UntilMinute, awake.Weekdays)
                : null,
        };
    }

    private static Result<IReadOnlyList<TRead>> ReadOptional<TRead>(
        string? text, Func<string, Result<TRead>> read, string field)
        where TRead : notnull
    {
        if (text is null)
        {
            return Array.Empty<TRead>();
        }

        return read(text).TryGet(out var value, out var refusal) ? new[] { value } : refusal.Within(field);
    }

    private static Result<DirectoryKey> KeyOf(Key wire)
    {
        if (!KeyId.Parse(wire.PublicKey).TryGet(out var bytes, out var refusal)
            || !VerifyingKey.Parse(bytes.ToArray()).TryGet(out var key, out refusal))
        {
            return refusal.Within("public_key");
        }

        var state = Enum.GetValues<DirectoryKeyState>().FirstOrDefault(state => NameOf(state) == wire.State);
        DateTimeOffset? since = wire.Since is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        return state != DirectoryKeyState.Unspecified
            ? new DirectoryKey(key, state, since)
            : new Refusal(RefusalCode.CodeUnknown, "There is no such state of a key.", "state");
    }

    private static Result<IReadOnlyList<TRead>> ReadAll<TWire, TRead>(
        IReadOnlyList<TWire> wires, Func<TWire, Result<TRead>> read, string field)
        where TRead : notnull
    {
        var all = new List<TRead>(wires.Count);
        foreach (var wire in wires)
        {
            if (!read(wire).TryGet(out var one, out var refusal))
            {
                return refusal.Within($"{field}[{all.Count}]");
            }

            all.Add(one);
        }

        return all;
    }

    private static string NameOf<TCode>(TCode code)
        where TCode : struct, Enum =>
        JsonNamingPolicy.SnakeCaseUpper.ConvertName(code.ToString());

    private sealed record Entry(
        string NodeId,
        string Country,
        string Kind,
        IReadOnlyList<Key> IdentityKeys,
        ushort SuiteMin,
        int ManifestFormatMax,
        IReadOnlyList<string> TlsPins,
        string Endpoint,
        AuditLogEntry? AuditLog = null);

    private sealed record AuditLogEntry(
        string LogKey,
        string? HomeAuditor = null,
        string? SecondAuditor = null,
        string? WitnessKey = null,
        Awake? Awake = null);

    private sealed record Awake(int FromMinute, int UntilMinute, int Weekdays);

    private sealed record Key(string PublicKey, string State, long? Since = null);
}
