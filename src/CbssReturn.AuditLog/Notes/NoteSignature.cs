using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>One signature line of a note, read but not verified.</summary>
/// <remarks>Text form: em dash, space, name of the key, space, base64(key id ‖ payload), line feed
/// (c2sp.org/signed-note). The payload is one byte at least; of what length depends on the key, which may be unknown.
/// </remarks>
public sealed record NoteSignature
{
    private const string Prefix = "\u2014 ";

    internal NoteSignature(string name, uint keyId, ReadOnlyMemory<byte> payload) =>
        (Name, KeyId, Payload) = (name, keyId, payload);

    /// <summary>Name of the key that is said to have signed.</summary>
    public string Name { get; }

    /// <summary>Which key of that name.</summary>
    public uint KeyId { get; }

    /// <summary>What follows the key id: for a log's key 64 bytes of signature, for a witness's eight bytes of time
    /// before them.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>Reads signature lines that stand alone, as a witness answers them.</summary>
    /// <param name="bytes">One line or more, each with its line feed; at most <see cref="SignedNote.SizeBytesMax"/>
    /// bytes and <see cref="SignedNote.SignaturesMax"/> lines.</param>
    /// <returns>The lines, or a refusal with <see cref="RefusalCode.NoteMalformed"/>.</returns>
    public static Result<NoteSignature[]> ParseLines(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= SignedNote.SizeBytesMax
        && NoteText.TryDecode(bytes, out var text)
        && TryParseLines(text, out var signatures)
            ? signatures
            : new Refusal(RefusalCode.NoteMalformed, "These are not signature lines of a note.");

    /// <summary>Says whether this signature is said to be of a key.</summary>
    /// <param name="key">Any key.</param>
    public bool IsOf(VerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Name == key.Name && KeyId == key.Id;
    }

    /// <summary>Says whether two lines are the same.</summary>
    public bool Equals(NoteSignature? other) =>
        other is not null
        && Name == other.Name
        && KeyId == other.KeyId
        && Payload.Span.SequenceEqual(other.Payload.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, KeyId, Payload.Length);

    /// <summary>Returns the line, with its line feed.</summary>
    public string ToLine()
    {
        var bytes = new byte[sizeof(uint) + Payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Payload.Span.CopyTo(bytes.AsSpan(sizeof(uint)));
        return $"{Prefix}{Name} {StrictBase64.Encode(bytes)}\n";
    }

    /// <summary>Returns the name and the id of the key.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}+{KeyId:x8}");

    internal static bool TryParseLines(
        ReadOnlySpan<char> text, [NotNullWhen(true)] out NoteSignature[]? signatures)
    {
        var lines = new List<NoteSignature>();
        signatures = null;
        while (!text.IsEmpty)
        {
            var end = text.IndexOf('\n');
            if (end < 0 || lines.Count == SignedNote.SignaturesMax || ParseLine(text[..end]) is not { } line)
            {
                return false;
            }

            lines.Add(line);
            text = text[(end + 1)..];
        }

        signatures = [.. lines];
        return lines.Count > 0;
    }

    private static NoteSignature? ParseLine(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith(Prefix))
        {
            return null;
        }

        var rest = line[Prefix.Length..];
        var space = rest.IndexOf(' ');
        return space > 0
            && NoteText.IsName(rest[..space])
            && StrictBase64.TryDecode(rest[(space + 1)..], out var bytes)
            && bytes.Length > sizeof(uint)
                ? new NoteSignature(
                    rest[..space].ToString(),
                    BinaryPrimitives.ReadUInt32BigEndian(bytes),
                    bytes.AsMemory(sizeof(uint)))
                : null;
    }
}
