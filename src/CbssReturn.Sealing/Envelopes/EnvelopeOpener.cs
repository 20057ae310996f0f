using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CbssReturn.Outcomes;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing;

/// <summary>Opens envelopes, whole on arrival and part by part later.</summary>
/// <remarks>Whatever is wrong, the answer is one and the same refusal; only <see cref="Refusal.LocalDetail"/> tells the
/// local log which check it was (docs/spec/referral-packet.md, section 10; style sheet, rule 27).</remarks>
public static class EnvelopeOpener
{
    /// <summary>Opens every part.</summary>
    /// <param name="envelope">An envelope whose <see cref="Envelope.VerifySignature"/> said yes.</param>
    /// <param name="key">The private key to which it is sealed.</param>
    /// <returns>The plaintext, which the caller disposes; or a refusal with <see cref="RefusalCode.RecipientKeyGone"/>
    /// when it is sealed to another key, or <see cref="RefusalCode.EnvelopeNotOpened"/>.</returns>
    /// <exception cref="InvalidOperationException">The signature was not verified: nobody knows whose words these
    /// are.</exception>
    public static Result<OpenedEnvelope> Open(Envelope envelope, KemPrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(key);
        if (!envelope.IsSignatureVerified)
        {
            throw new InvalidOperationException("Verify the signature before opening.");
        }

        if (envelope.Head.RecipientRid != key.Rid)
        {
            return new Refusal(RefusalCode.RecipientKeyGone, "The envelope is sealed to a key that is not held here.");
        }

        Span<byte> shared = stackalloc byte[XWing.SharedSizeBytes];
        if (!key.TryDecapsulate(envelope.Head.Encapsulated.Span, shared))
        {
            return NotOpened("The encapsulated key is of low order.");
        }

        Span<byte> info = stackalloc byte[EnvelopeBinding.InfoSizeBytes];
        Span<byte> contextSecrets = stackalloc byte[HpkeContext.SecretsSizeBytes];
        EnvelopeBinding.Of(envelope.Head).WriteInfo(info);
        using var context = new HpkeContext(HpkeContext.KemXWing, shared, info, contextSecrets);
        CryptographicOperations.ZeroMemory(shared);
        return OpenParts(envelope, context);
    }

    /// <summary>Opens one part of a stored envelope again.</summary>
    /// <param name="envelope">The envelope as it was received; its signature was verified then.</param>
    /// <param name="index">Place of the part, from 0.</param>
    /// <param name="partSecret">The part's secret, 32 bytes.</param>
    /// <returns>The data without padding, which the caller zeroes; or a refusal with
    /// <see cref="RefusalCode.EnvelopeNotOpened"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such part.</exception>
    public static Result<byte[]> OpenPart(Envelope envelope, int index, ReadOnlySpan<byte> partSecret)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, envelope.Head.Parts.Count);
        if (partSecret.Length != PartSecrets.SecretSizeBytes)
        {
            return NotOpened("The part's secret has not 32 bytes.");
        }

        var padded = new byte[envelope.Head.Parts[index].CiphertextSizeBytes - ChaChaPoly.TagSizeBytes];
        try
        {
            return TryOpenPart(envelope, index, partSecret, padded, out var size, out var failure)
                ? padded.AsSpan(Padding.LengthSizeBytes, size).ToArray()
                : NotOpened(failure);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(padded);
        }
    }

    /// <summary>Makes the one refusal.</summary>
    internal static Refusal NotOpened(string localDetail) =>
        new(RefusalCode.EnvelopeNotOpened, "The envelope does not open.", null, localDetail);

    [SuppressMessage("Correctness", "IDISP001", Justification = "The opened envelope owns the secrets.")]
    [SuppressMessage("Correctness", "IDISP005", Justification = "A result passes on what its caller disposes.")]
    private static Result<OpenedEnvelope> OpenParts(Envelope envelope, in HpkeContext context)
    {
        var count = envelope.Head.Parts.Count;
        var secrets = new PartSecrets(count);
        var parts = new ReadOnlyMemory<byte>[count];
        var plaintext = GC.AllocateUninitializedArray<byte>(
            envelope.Head.Parts.Sum(part => part.CiphertextSizeBytes - ChaChaPoly.TagSizeBytes));
        Span<byte> partContext = stackalloc byte[EnvelopeBinding.PartContextSizeBytes];
        var offset = 0;
        for (var i = 0; i < count; i++)
        {
            EnvelopeBinding.WritePartContext(i, partContext);
            context.Export(partContext, secrets.Slot(i));
            var padded = plaintext.AsMemory(
                offset, envelope.Head.Parts[i].CiphertextSizeBytes - ChaChaPoly.TagSizeBytes);
            if (!TryOpenPart(envelope, i, secrets[i], padded.Span, out var size, out var failure))
            {
                CryptographicOperations.ZeroMemory(plaintext);
                secrets.Dispose();
                return NotOpened(failure);
            }

            parts[i] = padded.Slice(Padding.LengthSizeBytes, size);
            offset += padded.Length;
        }

        var tag = new byte[SealedEnvelope.TransferTagSizeBytes];
        context.Export(EnvelopeBinding.TransferTagContext, tag);
        return new OpenedEnvelope(plaintext, parts, tag, secrets);
    }

    /// <summary>Hash, commitment, cipher, padding; in this order.</summary>
    private static bool TryOpenPart(
        Envelope envelope,
        int index,
        ReadOnlySpan<byte> secret,
        Span<byte> padded,
        out int dataSizeBytes,
        out string failure)
    {
        dataSizeBytes = 0;
        var part = envelope.Head.Parts[index];
        var ciphertext = envelope.PartCiphertext(index).Span;
        if (Digest.Of(ciphertext) != part.CiphertextDigest)
        {
            failure = FormattableString.Invariant($"Part {index} is not the one in the head.");
            return false;
        }

        Span<byte> commitment = stackalloc byte[CommittingKey.CommitmentSizeBytes];
        Span<byte> derived = stackalloc byte[CommittingKey.DerivedSizeBytes];
        Span<byte> associated = stackalloc byte[Digest.SizeBytes];
        part.Commitment.CopyTo(commitment);
        CommittingKey.Derive(secret, EnvelopeBinding.PartKeyLabel, derived);
        EnvelopeBinding.Of(envelope.Head).WriteAssociated(index, commitment, associated);
        var isOpened = CommittingKey.TryOpen(derived, commitment, associated, ciphertext, padded);
        CryptographicOperations.ZeroMemory(derived);
        if (!isOpened)
        {
            failure = FormattableString.Invariant($"Part {index} does not fit its commitment or its key.");
            return false;
        }

        failure = FormattableString.Invariant($"Part {index} is not padded as it must be.");
        return Padding.TryRead(padded, out dataSizeBytes);
    }
}
