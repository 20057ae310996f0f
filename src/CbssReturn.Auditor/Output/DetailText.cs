using System.Globalization;
using CbssReturn.AuditLog;
using CbssReturn.Contracts.Store.V1;
using Google.Protobuf;

namespace CbssReturn.Auditor.Output;

/// <summary>What a detail says, in the words of docs/spec/audit-intake.md, section 2.</summary>
internal static class DetailText
{
    private static readonly Dictionary<uint, string> Kinds = new()
    {
        [1] = "NODE_STARTED",
        [2] = "USER_CHANGED",
        [3] = "CONSENT_RECORDED",
        [4] = "CONSENT_SHOWN",
        [5] = "REFERRAL_DRAFTED",
        [6] = "PACKET_SEALED",
        [7] = "PACKET_STORED",
        [8] = "PACKET_REFUSED",
        [9] = "RECEIPT_TAKEN",
        [10] = "PACKET_UNDELIVERED",
        [11] = "OUTBOX_CHANGED",
        [12] = "SECTION_OPENED",
        [13] = "ACCESS_DENIED",
        [14] = "KEYS_CHANGED",
        [15] = "DIRECTORY_APPLIED",
        [16] = "STOPPED_POSSIBLE_MINOR",
        [17] = "PAD",
        [18] = "PACKET_SUPERSEDED",
        [19] = "PACKET_CONFLICT",
        [20] = "DETAIL_SHOWN",
        [21] = "RETENTION_RUN",
        [22] = "RECEIPT_FINAL",
        [23] = "RECEIPT_PROOF_WRONG",
        [24] = "IDENTITY_CHANGED",
        [25] = "RECEIPT_EXPORTED",
        [40] = "LOG_RECOVERED",
    };

    /// <summary>Names a kind; one that this program does not know by its number.</summary>
    public static string KindOf(uint kind) =>
        Kinds.GetValueOrDefault(kind, string.Create(CultureInfo.InvariantCulture, $"KIND_{kind}"));

    /// <summary>Reads the fields that are set: names in snake case, ids and digests in hexadecimal.</summary>
    /// <param name="detail">One that the entry commits to.</param>
    /// <returns>The fields by name; what is of a kind that cannot be read, as <c>content</c>.</returns>
    public static IReadOnlyDictionary<string, string> Read(EntryDetail detail)
    {
        if (detail.Content.IsEmpty)
        {
            return new Dictionary<string, string>();
        }

        try
        {
            var wire = AuditDetail.Parser.ParseFrom(detail.Content.Span);
            return AuditDetail.Descriptor.Fields.InFieldNumberOrder()
                .Select(field => (field.Name, Value: TextOf(field.Accessor.GetValue(wire))))
                .Where(field => field.Value.Length > 0)
                .ToDictionary(field => field.Name, field => field.Value);
        }
        catch (InvalidProtocolBufferException)
        {
            return new Dictionary<string, string> { ["content"] = Convert.ToHexStringLower(detail.Content.Span) };
        }
    }

    private static string TextOf(object value) => value switch
    {
        ByteString bytes => Convert.ToHexStringLower(bytes.Span),
        System.Collections.IEnumerable many and not string => string.Join(' ', many.Cast<object>()),
        Enum kind when Convert.ToInt32(kind, CultureInfo.InvariantCulture) == 0 => "",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture) is not "0" and var text ? text : "",
        _ => value.ToString() ?? "",
    };
}
