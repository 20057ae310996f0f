using CbssReturn.Outcomes;

namespace CbssReturn.AuditLog;

/// <summary>Text with signatures under it, read but not verified: nothing of it is to be believed before <see
/// cref="Open"/>. Immutable.</summary>
/// <remarks>
/// The text ends with a line feed; an empty line parts it from the signature lines, and is the last one in the note, so
/// that the text may have empty lines of its own. One note has one spelling: reading and writing give the same bytes.
/// Source: c2sp.org/signed-note, docs/spec/audit-log.md, section 4.
/// </remarks>
public sealed record SignedNote
{
    /// <summary>Largest note, in bytes.</summary>
    public const int SizeBytesMax = 128 * 1024;

    /// <summary>Most signature lines in a note. C2SP asks for 16 at least.</summary>
    public const int SignaturesMax = 64;

    private SignedNote(string text, IReadOnlyList<NoteSignature> signatures) =>
        (Text, Signatures) = (text, signatures);

    /// <summary>What was signed, with the line feed at its end.</summary>
    public string Text { get; }

    /// <summary>The signature lines, in order; never empty.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>Puts a text and its first signature together.</summary>
    /// <param name="text">Ends with a line feed and has no other control characters.</param>
    /// <param name="signature">Of a key of our own.</param>
    /// <exception cref="ArgumentException">The text breaks these rules.</exception>
    public static SignedNote Create(string text, NoteSignature signature)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(signature);
        return NoteText.IsText(text)
            ? new SignedNote(text, [signature])
            : throw new ArgumentException("A note ends with a line feed and has no control characters.", nameof(text));
    }

    /// <summary>Reads a note.</summary>
    /// <param name="bytes">The whole note; at most <see cref="SizeBytesMax"/> bytes.</param>
    /// <returns>The note, or a refusal with <see cref="RefusalCode.NoteMalformed"/> when it is too large, not UTF-8,
    /// has control characters, no empty line, no signature or more than <see cref="SignaturesMax"/>, or a line under
    /// the text that is not the one spelling of a signature.</returns>
    public static Result<SignedNote> Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > SizeBytesMax)
        {
            return Malformed($"A note has at most {SizeBytesMax} bytes.");
        }

        return NoteText.TryDecode(bytes, out var whole)
            ? ParseDecoded(whole)
            : Malformed("A note is UTF-8 without control characters.");
    }

    /// <summary>Adds signatures under those that are there; what is there already is not added again.</summary>
    /// <param name="signatures">Lines that others made, such as cosignatures.</param>
    /// <returns>The longer note, or a refusal with <see cref="RefusalCode.NoteMalformed"/> when it would be too
    /// large.</returns>
    public Result<SignedNote> With(IEnumerable<NoteSignature> signatures)
    {
        ArgumentNullException.ThrowIfNull(signatures);
        var longer = new SignedNote(Text, [.. Signatures.Concat(signatures).Distinct()]);
        return longer.Signatures.Count <= SignaturesMax && longer.ToBytes().Length <= SizeBytesMax
            ? longer
            : Malformed($"A note has at most {SignaturesMax} signatures and {SizeBytesMax} bytes.");
    }

    /// <summary>Verifies the signatures of known keys; those of others are passed over.</summary>
    /// <param name="known">The keys that are asked for.</param>
    /// <returns>The note with the keys that signed it, or a refusal with <see cref="RefusalCode.NoteSignatureWrong"/>
    /// when one signature of a known key does not verify, whatever the others do, or no known key has signed.</returns>
    public Result<VerifiedNote> Open(IEnumerable<VerifierKey> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        var text = NoteText.Encode(Text);
        var keys = known.ToLookup(key => (key.Name, key.Id));
        var verified = new Dictionary<VerifierKey, VerifiedSignature>();
        foreach (var signature in Signatures)
        {
            foreach (var key in keys[(signature.Name, signature.KeyId)])
            {
                if (!TryVerify(key, text, signature, out var at))
                {
                    return new Refusal(
                        RefusalCode.NoteSignatureWrong, $"The signature of {key.Name} does not verify.");
                }

                // One key counts once, however often it has signed.
                if (!verified.TryGetValue(key, out var other) || at > other.At)
                {
                    verified[key] = new VerifiedSignature(key, at);
                }
            }
        }

        return verified.Count > 0
            ? new VerifiedNote(this, [.. verified.Values])
            : new Refusal(RefusalCode.NoteSignatureWrong, "No key that is known here has signed the note.");
    }

    /// <summary>Says whether two notes have the same bytes.</summary>
    public bool Equals(SignedNote? other) =>
        other is not null && Text == other.Text && Signatures.SequenceEqual(other.Signatures);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, Signatures.Count);

    /// <summary>Returns the whole note.</summary>
    public string ToText() => $"{Text}\n{string.Concat(Signatures.Select(signature => signature.ToLine()))}";

    /// <summary>Returns the whole note as it travels, in UTF-8.</summary>
    public byte[] ToBytes() => NoteText.Encode(ToText());

    /// <summary>Returns how many bytes of text there are, nothing of it.</summary>
    public override string ToString() => $"note of {Text.Length} characters, {Signatures.Count} signatures";

    /// <summary>Reads a note out of text that is known to have no control characters.</summary>
    internal static Result<SignedNote> ParseDecoded(string whole)
    {
        var split = whole.LastIndexOf("\n\n", StringComparison.Ordinal);
        return split >= 0 && NoteSignature.TryParseLines(whole.AsSpan(split + 2), out var signatures)
            ? new SignedNote(whole[..(split + 1)], signatures)
            : Malformed("A note is a text, an empty line and signature lines.");
    }

    private static bool TryVerify(
        VerifierKey key, ReadOnlySpan<byte> text, NoteSignature signature, out DateTimeOffset? at)
    {
        at = null;
        if (key.Type == NoteKeyType.Ed25519)
        {
            return key.Key.VerifyNote(text, signature.Payload.Span);
        }

        var isRight = Cosignature.TryVerify(key, text, signature, out var moment);
        at = moment;
        return isRight;
    }

    private static Refusal Malformed(string message) => new(RefusalCode.NoteMalformed, message);
}
