using System.Buffers.Binary;
using CbssReturn.Outcomes;

namespace CbssReturn.Sealing;

/// <summary>An envelope as it travels: parsed strictly, not opened.</summary>
/// <remarks>
/// <para>Wire form: u32 head length ‖ head ‖ signature ‖ parts, one after the other (docs/spec/referral-packet.md,
/// section 4). It borrows the wire bytes, which must not change while it is in use.</para>
/// <para>The order of checks is that of section 10: parse, look up, sender, <see cref="VerifySignature"/>,
/// <see cref="CheckWindow"/>, then <see cref="EnvelopeOpener.Open"/>.</para>
/// </remarks>
public sealed class Envelope
{
    /// <summary>Largest envelope, in bytes.</summary>
    public const int SizeBytesMax = 16 * 1024 * 1024;

    /// <summary>Largest part after padding, without its tag, in bytes.</summary>
    public const int PartSizeBytesMax = Padding.PaddedSizeBytesMax;

    /// <summary>Most data in one part, in bytes.</summary>
    public const int PartDataSizeBytesMax = Padding.DataSizeBytesMax;

    /// <summary>How far two clocks may differ, in seconds.</summary>
    public const int ClockSkewSecondsMax = 600;

    /// <summary>Longest time from creation to end, in days: a key's day and its margin, and 60 days.</summary>
    public const int LifetimeDaysMax = 62;

    internal const string HeadLabel = "head";
    internal const int LengthSizeBytes = 4;

    private readonly int _partsOffset;

    private Envelope(ReadOnlyMemory<byte> wire, EnvelopeHead head, ReadOnlyMemory<byte> headBytes)
    {
        (Wire, Head, HeadBytes) = (wire, head, headBytes);
        _partsOffset = LengthSizeBytes + headBytes.Length + SigningRule.SignatureSizeBytes;
        Hash = TranscriptHash.ComputeOne(HeadLabel, headBytes.Span);
    }

    /// <summary>The head.</summary>
    public EnvelopeHead Head { get; }

    /// <summary>The envelope's hash: D("head", head). The head holds the hash of every part.</summary>
    public Digest Hash { get; }

    /// <summary>The whole envelope as it came.</summary>
    public ReadOnlyMemory<byte> Wire { get; }

    /// <summary>The head's bytes as they came.</summary>
    public ReadOnlyMemory<byte> HeadBytes { get; }

    /// <summary>Whether <see cref="VerifySignature"/> said yes on this object.</summary>
    public bool IsSignatureVerified { get; private set; }

    /// <summary>The signature as it came, 64 bytes.</summary>
    internal ReadOnlySpan<byte> Signature =>
        Wire.Span.Slice(LengthSizeBytes + HeadBytes.Length, SigningRule.SignatureSizeBytes);

    /// <summary>Reads an envelope from the bytes that travel.</summary>
    /// <param name="wire">Exactly one envelope. Kept, not copied.</param>
    /// <returns>The envelope, or a refusal with <see cref="RefusalCode.EnvelopeTooLarge"/>,
    /// <see cref="RefusalCode.SuiteNotAllowed"/> or <see cref="RefusalCode.EnvelopeMalformed"/>.</returns>
    public static Result<Envelope> Parse(ReadOnlyMemory<byte> wire) => Parse(wire, isAnyPartCount: false);

    /// <summary>Checks who signed the head.</summary>
    /// <param name="sender">The key that the directory names for <see cref="EnvelopeHead.SenderKid"/>.</param>
    /// <returns>Done, or a refusal with <see cref="RefusalCode.SignatureWrong"/>.</returns>
    public Result<Done> VerifySignature(VerifyingKey sender)
    {
        ArgumentNullException.ThrowIfNull(sender);
        if (sender.Kid != Head.SenderKid
            || !SigningRule.VerifyDigest(sender, Head.Suite, HeadLabel, Hash, Signature))
        {
            return new Refusal(RefusalCode.SignatureWrong, "The envelope is not signed by its sender.");
        }

        IsSignatureVerified = true;
        return Done.Instance;
    }

    /// <summary>Checks the ciphertext of every part against the signed head, as a relay may.</summary>
    /// <returns>Done, or a refusal with <see cref="RefusalCode.EnvelopeNotOpened"/>.</returns>
    public Result<Done> VerifyPartDigests()
    {
        for (var i = 0; i < Head.Parts.Count; i++)
        {
            if (Digest.Of(PartCiphertext(i).Span) != Head.Parts[i].CiphertextDigest)
            {
                return EnvelopeOpener.NotOpened(FormattableString.Invariant($"Part {i} is not the one in the head."));
            }
        }

        return Done.Instance;
    }

    /// <summary>Checks the envelope's time.</summary>
    /// <param name="now">The present moment; 10 minutes of difference between clocks are allowed.</param>
    /// <returns>Done, or a refusal with <see cref="RefusalCode.EnvelopeFromFuture"/>,
    /// <see cref="RefusalCode.EnvelopeExpired"/> or <see cref="RefusalCode.EnvelopeLifetimeTooLong"/>.</returns>
    public Result<Done> CheckWindow(DateTimeOffset now)
    {
        var seconds = (ulong)Math.Max(0, now.ToUnixTimeSeconds());
        if (Head.CreatedAt > seconds + ClockSkewSecondsMax)
        {
            return new Refusal(RefusalCode.EnvelopeFromFuture, "The envelope's time has not begun.");
        }

        // Subtracting from our own clock cannot overflow; adding to a peer's number could.
        if (seconds > ClockSkewSecondsMax && seconds - ClockSkewSecondsMax > Head.NotAfter)
        {
            return new Refusal(RefusalCode.EnvelopeExpired, "The envelope's time is over.");
        }

        return Head.NotAfter - Head.CreatedAt > LifetimeDaysMax * 86_400UL
            ? new Refusal(
                RefusalCode.EnvelopeLifetimeTooLong, $"An envelope lasts at most {LifetimeDaysMax} days.")
            : Done.Instance;
    }

    /// <summary>Returns the ciphertext of a part, tag included.</summary>
    /// <param name="index">Place of the part, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such part.</exception>
    public ReadOnlyMemory<byte> PartCiphertext(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Head.Parts.Count);
        var offset = _partsOffset;
        for (var i = 0; i < index; i++)
        {
            offset += Head.Parts[i].CiphertextSizeBytes;
        }

        return Wire.Slice(offset, Head.Parts[index].CiphertextSizeBytes);
    }

    /// <summary>Reads an envelope; the tests use fewer parts to stay quick.</summary>
    internal static Result<Envelope> Parse(ReadOnlyMemory<byte> wire, bool isAnyPartCount)
    {
        if (wire.Length > SizeBytesMax)
        {
            return new Refusal(RefusalCode.EnvelopeTooLarge, "The envelope is larger than 16 MiB.");
        }

        if (wire.Length < LengthSizeBytes)
        {
            return EnvelopeHead.Malformed("The envelope is too short.");
        }

        var headSize = BinaryPrimitives.ReadUInt32BigEndian(wire.Span);
        if (headSize > (uint)EnvelopeHead.SizeBytes(EnvelopeHead.PartCountMax)
            || wire.Length < LengthSizeBytes + (int)headSize + SigningRule.SignatureSizeBytes)
        {
            return EnvelopeHead.Malformed("The head is longer than the envelope or than allowed.");
        }

        var headBytes = wire.Slice(LengthSizeBytes, (int)headSize);
        if (!EnvelopeHead.Parse(headBytes, isAnyPartCount).TryGet(out var head, out var refusal))
        {
            return refusal;
        }

        var total = LengthSizeBytes + headBytes.Length + SigningRule.SignatureSizeBytes
            + head.Parts.Sum(part => (long)part.CiphertextSizeBytes);
        return wire.Length == total
            ? new Envelope(wire, head, headBytes)
            : EnvelopeHead.Malformed("The parts end before or after the envelope.");
    }
}
