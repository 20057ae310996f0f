using System.Text.Json;
using System.Text.Json.Serialization;
using CbssReturn.AuditLog;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.State;

/// <summary>The file form of a book of tags: one JSON object, read strictly.</summary>
internal static class LedgerJson
{
    /// <summary>Largest file, in bytes: <see cref="TagLedger.TransfersMax"/> packets, with room.</summary>
    public const int SizeBytesMax = 128 * 1024 * 1024;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
    };

    /// <summary>Writes a book.</summary>
    public static byte[] Write(TagLedgerState ledger) => JsonSerializer.SerializeToUtf8Bytes(ledger, Options);

    /// <summary>Reads a book.</summary>
    /// <returns>The book, or a refusal with <see cref="RefusalCode.FieldMalformed"/>.</returns>
    public static Result<TagLedgerState> Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (JsonSerializer.Deserialize<TagLedgerState>(bytes, Options) is { } ledger)
            {
                return ledger;
            }
        }
        catch (JsonException)
        {
            // Said below: what is not JSON and what has no object in it are one damage.
        }

        return new Refusal(RefusalCode.FieldMalformed, "The tags that were kept cannot be read.");
    }
}
