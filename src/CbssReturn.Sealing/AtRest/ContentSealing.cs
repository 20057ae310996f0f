using System.Security.Cryptography;
using CbssReturn.Outcomes;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing;

/// <summary>Seals rows: content under a fresh key of its own, that key under the day's key-encryption key; both
/// committing, both bound to table and row.</summary>
/// <remarks>
/// <para>ciphertext = commitment 32 ‖ AEAD(k, D("row", table, row id, commitment), content), where k ‖ commitment =
/// HKDF-Expand(dek, "CBSS-RETURN/1 row-key", 64).</para>
/// <para>wrapped = salt 16 ‖ commitment 32 ‖ AEAD(w, D("wrap", kek id u32, table, row id, commitment), dek), where w ‖
/// commitment = HKDF-Expand(kek, "CBSS-RETURN/1 wrap-key" ‖ salt, 64). The salt is random, so every w is used
/// once.</para>
/// <para>See docs/spec/referral-packet.md, section 11.</para>
/// </remarks>
internal static class ContentSealing
{
    private const int SaltSizeBytes = 16;
    private const int CommitmentOffset = SaltSizeBytes;
    private const int WrappedOffset = SaltSizeBytes + CommittingKey.CommitmentSizeBytes;

    private static ReadOnlySpan<byte> RowKeyLabel => "CBSS-RETURN/1 row-key"u8;

    private static ReadOnlySpan<byte> WrapKeyLabel => "CBSS-RETURN/1 wrap-key"u8;

    /// <summary>Seals.</summary>
    public static SealedContent Seal(
        uint kekId, ReadOnlySpan<byte> kek, string table, ReadOnlySpan<byte> rowId, ReadOnlySpan<byte> content)
    {
        Span<byte> dek = stackalloc byte[CommittingKey.SecretSizeBytes];
        Span<byte> derived = stackalloc byte[CommittingKey.DerivedSizeBytes];
        Span<byte> associated = stackalloc byte[Digest.SizeBytes];
        RandomNumberGenerator.Fill(dek);

        CommittingKey.Derive(dek, RowKeyLabel, derived);
        var commitment = CommittingKey.CommitmentOf(derived);
        WriteAssociated("row", null, table, rowId, commitment, associated);
        var ciphertext = GC.AllocateUninitializedArray<byte>(content.Length + SealedContent.OverheadSizeBytes);
        commitment.CopyTo(ciphertext);
        CommittingKey.Seal(derived, associated, content, ciphertext.AsSpan(CommittingKey.CommitmentSizeBytes));

        var wrapped = new byte[SealedContent.WrappedKeySizeBytes];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, SaltSizeBytes));
        DeriveWrap(kek, wrapped.AsSpan(0, SaltSizeBytes), derived);
        commitment = CommittingKey.CommitmentOf(derived);
        commitment.CopyTo(wrapped.AsSpan(CommitmentOffset));
        WriteAssociated("wrap", kekId, table, rowId, commitment, associated);
        CommittingKey.Seal(derived, associated, dek, wrapped.AsSpan(WrappedOffset));

        CryptographicOperations.ZeroMemory(dek);
        CryptographicOperations.ZeroMemory(derived);
        return new SealedContent(kekId, wrapped, ciphertext);
    }

    /// <summary>Opens.</summary>
    /// <returns>The content; or a refusal with <see cref="RefusalCode.KekUnknown"/> when another key wraps it, or
    /// <see cref="RefusalCode.SealedContentCorrupt"/> when it is not what was sealed for this row.</returns>
    public static Result<byte[]> Open(
        ReadOnlySpan<byte> kek, string table, ReadOnlySpan<byte> rowId, SealedContent content)
    {
        if (content.WrappedKey.Length != SealedContent.WrappedKeySizeBytes
            || content.Ciphertext.Length < SealedContent.OverheadSizeBytes)
        {
            return Corrupt();
        }

        Span<byte> dek = stackalloc byte[CommittingKey.SecretSizeBytes];
        Span<byte> derived = stackalloc byte[CommittingKey.DerivedSizeBytes];
        Span<byte> associated = stackalloc byte[Digest.SizeBytes];
        var wrapped = content.WrappedKey.AsSpan();
        var plaintext = GC.AllocateUninitializedArray<byte>(
            content.Ciphertext.Length - SealedContent.OverheadSizeBytes);
        try
        {
            DeriveWrap(kek, wrapped[..SaltSizeBytes], derived);
            var commitment = wrapped[CommitmentOffset..WrappedOffset];
            if (!CryptographicOperations.FixedTimeEquals(CommittingKey.CommitmentOf(derived), commitment))
            {
                // A key's id is only its day: a keystore that was restored makes another key for a day it has lost.
                return KekUnknown();
            }

            WriteAssociated("wrap", content.KekId, table, rowId, commitment, associated);
            if (!CommittingKey.TryOpen(derived, commitment, associated, wrapped[WrappedOffset..], dek))
            {
                return Corrupt();
            }

            CommittingKey.Derive(dek, RowKeyLabel, derived);
            commitment = content.Ciphertext.AsSpan(0, CommittingKey.CommitmentSizeBytes);
            WriteAssociated("row", null, table, rowId, commitment, associated);
            var ciphertext = content.Ciphertext.AsSpan(CommittingKey.CommitmentSizeBytes);
            return CommittingKey.TryOpen(derived, commitment, associated, ciphertext, plaintext)
                ? plaintext
                : Corrupt();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dek);
            CryptographicOperations.ZeroMemory(derived);
        }
    }

    /// <summary>Says that the key of a content is not, or no longer, there.</summary>
    public static Refusal KekUnknown() =>
        new(RefusalCode.KekUnknown, "The key of this content is not in the keystore.");

    private static Refusal Corrupt() =>
        new(RefusalCode.SealedContentCorrupt, "Sealed content in the store does not open.");

    private static void DeriveWrap(ReadOnlySpan<byte> kek, ReadOnlySpan<byte> salt, Span<byte> derived)
    {
        Span<byte> label = stackalloc byte[WrapKeyLabel.Length + SaltSizeBytes];
        WrapKeyLabel.CopyTo(label);
        salt.CopyTo(label[WrapKeyLabel.Length..]);
        CommittingKey.Derive(kek, label, derived);
    }

    private static void WriteAssociated(
        string label,
        uint? kekId,
        string table,
        ReadOnlySpan<byte> rowId,
        ReadOnlySpan<byte> commitment,
        Span<byte> associated)
    {
        using var transcript = new Transcript(label);
        if (kekId is { } id)
        {
            transcript.Add(id);
        }

        transcript.AddText(table);
        transcript.Add(rowId);
        transcript.Add(commitment);
        transcript.Finish().CopyTo(associated);
    }
}
