using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using Wire = CbssReturn.Contracts.Store.V1;

namespace CbssReturn.Exchange.Records;

/// <summary>Reads the content of a detail (docs/spec/audit-intake.md, section 2). It may come from another node, so it
/// is read as strictly as what comes over the wire.</summary>
internal static class AuditDetailReader
{
    private const int IdSizeBytes = 16;

    // The last second that DateTimeOffset can hold, 9999-12-31T23:59:59.
    private const ulong SecondsMax = 253_402_300_799;

    /// <summary>Reads a detail whose form and digest were checked.</summary>
    /// <returns>The detail, or <see cref="RefusalCode.DetailWrong"/>.</returns>
    public static Result<AuditDetail> Read(EntryDetail detail)
    {
        var kind = (AuditDetailKind)detail.Kind;
        if (kind is AuditDetailKind.Unspecified || !Enum.IsDefined(kind))
        {
            return Wrong("There is no such kind of detail.");
        }

        return StrictProto.ParseClosed(Wire.AuditDetail.Parser, detail.Content.Span).TryGet(out var wire, out _)
            && HasForm(wire)
            ? Take(kind, wire)
            : Wrong("The content of the detail is out of form.");
    }

    private static bool HasForm(Wire.AuditDetail wire) =>
        wire.At <= SecondsMax
        && wire.Role <= byte.MaxValue
        && wire.SubjectRole <= byte.MaxValue
        && wire.ReasonCode <= int.MaxValue
        && wire.Count <= int.MaxValue
        && wire.EntryNumber <= long.MaxValue
        && Enum.IsDefined((Purpose)wire.Purpose)
        && wire.Categories.All(category => Enum.IsDefined((Category)category))
        && wire.ExcerptDigest.Length is 0 or Digest.SizeBytes
        && new[]
            {
                wire.UserId, wire.PacketId, wire.ConsentId, wire.ReferralId, wire.CaseId, wire.SubjectUserId, wire.Peer,
            }
            .All(id => id.Length is 0 or IdSizeBytes);

    private static AuditDetail Take(AuditDetailKind kind, Wire.AuditDetail wire) => new()
    {
        Kind = kind,
        At = DateTimeOffset.FromUnixTimeSeconds((long)wire.At),
        UserId = wire.UserId.Memory,
        Role = (byte)wire.Role,
        Purpose = (Purpose)wire.Purpose,
        Categories = [.. wire.Categories.Select(category => (Category)category)],
        PacketId = wire.PacketId.Memory,
        ConsentId = wire.ConsentId.Memory,
        ConsentVersion = wire.ConsentVersion,
        ExcerptDigest = wire.ExcerptDigest.Memory,
        ReasonCode = (int)wire.ReasonCode,
        ReferralId = wire.ReferralId.Memory,
        CaseId = wire.CaseId.Memory,
        SubjectUserId = wire.SubjectUserId.Memory,
        SubjectRole = (byte)wire.SubjectRole,
        Peer = wire.Peer.Memory,
        DirectoryVersion = wire.DirectoryVersion,
        EntryIndex = wire.EntryNumber > 0 ? (long)wire.EntryNumber - 1 : null,
        Count = (int)wire.Count,
    };

    private static Refusal Wrong(string message) => new(RefusalCode.DetailWrong, message, "detail");
}
