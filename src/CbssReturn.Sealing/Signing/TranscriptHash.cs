namespace CbssReturn.Sealing;

/// <summary>The domain-separated hash of everything: <c>D(label, x1..xn)</c> = SHA-256(LP("CBSS-RETURN/1 " + label) ‖
/// LP(x1) ‖ … ‖ LP(xn)), where <c>LP(x)</c> is the length as u32 big-endian, then x.</summary>
/// <remarks>No two different lists of fields give the same input (docs/spec/referral-packet.md, section 3).</remarks>
public static class TranscriptHash
{
    /// <summary>Longest label, in bytes.</summary>
    public const int LabelSizeBytesMax = 64;

    /// <summary>Computes the hash.</summary>
    /// <param name="label">1 to 64 printable ASCII characters; fixed by the specification for each kind of
    /// record.</param>
    /// <param name="fields">The fields in order, as bytes; numbers are big-endian and of fixed width.</param>
    /// <exception cref="ArgumentException">The label is not a label.</exception>
    public static Digest Compute(string label, params ReadOnlySpan<ReadOnlyMemory<byte>> fields)
    {
        using var transcript = new Transcript(label);
        foreach (var field in fields)
        {
            transcript.Add(field.Span);
        }

        return transcript.Finish();
    }

    /// <summary>Computes the hash of one field without copying it.</summary>
    /// <param name="label">1 to 64 printable ASCII characters.</param>
    /// <param name="field">The only field.</param>
    /// <exception cref="ArgumentException">The label is not a label.</exception>
    public static Digest ComputeOne(string label, ReadOnlySpan<byte> field)
    {
        using var transcript = new Transcript(label);
        transcript.Add(field);
        return transcript.Finish();
    }

    /// <summary>Says whether a text can be a label.</summary>
    public static bool IsLabel(string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        return label.Length is > 0 and <= LabelSizeBytesMax && !label.AsSpan().ContainsAnyExceptInRange(' ', '~');
    }
}
