using System.Buffers.Binary;
using System.Text.Json.Nodes;
using CbssReturn.AuditLog.Tests.Notes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog.Tests.Crafted;

/// <summary>
/// Makes tests/Vectors/audit/crafted-vectors.json: cases whose hashes and signatures are right and whose shape is
/// wrong, or the other way round, one for each check. They are put together here, not by the code that they try.
/// </summary>
internal static partial class CraftedCases
{
    private const string LogName = "log.ee-shelter-1.cbssreturn.example";
    private const string Mark = "\u2014";

    private static readonly VerifierKey Log = NoteVectors.Log;
    private static readonly VerifierKey Witness = NoteVectors.Witness1;

    /// <summary>The cases, as they stand in the file.</summary>
    public static JsonArray All() =>
    [
        .. NoteCases(), .. CheckpointCases(), .. ProofCases(), .. RequestCases(), .. EntryCases(),
    ];

    private static JsonObject Case(string id, string op, string? code) => new()
    {
        ["id"] = $"{op}/{id}",
        ["op"] = op,
        ["expect"] = code is null ? "ok" : "fail",
        ["code"] = code,
    };

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];

    /// <summary>Signs a text as it is, whatever it is.</summary>
    private static byte[] Sign(string key, string text)
    {
        using var privateKey = NoteVectors.PrivateKey(key);
        return privateKey.Sign(NoteVectors.Bytes(text));
    }

    private static string Line(string name, uint id, ReadOnlySpan<byte> payload)
    {
        var bytes = new byte[4 + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, id);
        payload.CopyTo(bytes.AsSpan(4));
        return $"{Mark} {name} {Convert.ToBase64String(bytes)}\n";
    }

    private static string LogLine(string text) => Line(LogName, Log.Id, Sign("log", text));

    /// <summary>A cosignature over one moment that may say another.</summary>
    private static string WitnessLine(string text, ulong seconds, ulong? toldSeconds = null)
    {
        var payload = new byte[8 + 64];
        BinaryPrimitives.WriteUInt64BigEndian(payload, toldSeconds ?? seconds);
        Sign("witness1", $"cosignature/v1\ntime {seconds}\n{text}").CopyTo(payload, 8);
        return Line(Witness.Name, Witness.Id, payload);
    }

    /// <summary>A text under the signature of the log.</summary>
    private static string Signed(string text, string more = "") => $"{text}\n{LogLine(text)}{more}";

    private static string Head(string size, string root, string origin = LogName) => $"{origin}\n{size}\n{root}\n";

    private static string Base64(Digest hash) => Convert.ToBase64String(hash.ToArray());

    // The same bytes with a bit set in the last digit that belongs to none of them.
    private static string Loose(string base64)
    {
        const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var last = base64.TrimEnd('=').Length - 1;
        return base64[..last] + Digits[Digits.IndexOf(base64[last]) + 1] + base64[(last + 1)..];
    }
}
