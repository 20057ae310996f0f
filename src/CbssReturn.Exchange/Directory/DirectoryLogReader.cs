using CbssReturn.AuditLog;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using Google.Protobuf;
using AuditLogEntry = CbssReturn.Contracts.Directory.V1.AuditLog;
using WireHours = CbssReturn.Contracts.Directory.V1.AwakeHours;

namespace CbssReturn.Exchange.Directory;

/// <summary>Checks what an entry says about a node's audit log (docs/spec/directory.md, section 3).</summary>
internal static class DirectoryLogReader
{
    private const int KeyLengthMax = 512;

    /// <summary>Reads it.</summary>
    /// <returns>The log, or a refusal with <see cref="RefusalCode.DirectoryMalformed"/> that names the
    /// field.</returns>
    public static Result<DirectoryLog> Read(AuditLogEntry wire)
    {
        ArgumentNullException.ThrowIfNull(wire);
        if (!ReadKey(wire.LogKey, NoteKeyType.Ed25519, "log_key").TryGet(out var logKey, out var refusal))
        {
            return refusal;
        }

        VerifierKey? witnessKey = null;
        if (wire.WitnessKey.Length > 0
            && !ReadKey(wire.WitnessKey, NoteKeyType.CosignatureV1, "witness_key").TryGet(out witnessKey, out refusal))
        {
            return refusal;
        }

        if (!IsNode(wire.HomeAuditor)
            || !IsNode(wire.SecondAuditor)
            || (wire.HomeAuditor.IsEmpty && !wire.SecondAuditor.IsEmpty)
            || (!wire.HomeAuditor.IsEmpty && wire.HomeAuditor == wire.SecondAuditor))
        {
            return DirectoryReader.Malformed(
                "Auditors are node ids of 16 bytes; the second is another than the home auditor.", "home_auditor");
        }

        var awake = wire.Awake is { } hours ? HoursOf(hours) : (AwakeHours?)null;
        return awake is { IsValid: false }
            ? DirectoryReader.Malformed("The hours or days are outside their ranges.", "awake")
            : new DirectoryLog
            {
                LogKey = logKey,
                HomeAuditor = NodeOf(wire.HomeAuditor),
                SecondAuditor = NodeOf(wire.SecondAuditor),
                WitnessKey = witnessKey,
                Awake = awake,
            };
    }

    private static Result<VerifierKey> ReadKey(string text, NoteKeyType type, string field) =>
        text.Length <= KeyLengthMax && VerifierKey.Parse(text).TryGet(out var key, out _) && key.Type == type
            ? key
            : DirectoryReader.Malformed("This is not a verifier key of the kind that belongs here.", field);

    private static bool IsNode(ByteString id) =>
        id.IsEmpty || (id.Length == NodeId.SizeBytes && id.Span.IndexOfAnyExcept((byte)0) >= 0);

    private static NodeId? NodeOf(ByteString id) => id.IsEmpty ? null : NodeId.FromBytes(id.Span);

    private static AwakeHours HoursOf(WireHours wire) =>
        wire.FromMinute > int.MaxValue || wire.UntilMinute > int.MaxValue || wire.Weekdays > int.MaxValue
            ? default
            : new AwakeHours((int)wire.FromMinute, (int)wire.UntilMinute, (int)wire.Weekdays);
}
