using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CbssReturn.Sealing.Primitives;

namespace CbssReturn.Sealing;

/// <summary>Seals the parts of one packet for one recipient and signs the envelope.</summary>
/// <remarks>See docs/spec/referral-packet.md, section 4.</remarks>
public static class EnvelopeSealer
{
    /// <summary>Seals.</summary>
    /// <param name="sender">Who signs.</param>
    /// <param name="recipient">The recipient's envelope key of the day.</param>
    /// <param name="id">A fresh id from <see cref="PacketId.NewRandom"/>; never used before.</param>
    /// <param name="createdAt">The present moment, 1970 or later; kept in whole seconds.</param>
    /// <param name="notAfter">End of the envelope's life, at most 62 days later; kept in whole seconds.</param>
    /// <param name="parts">8, 16 or 32 parts (<see cref="PartCountFor"/>), each at most
    /// <see cref="Envelope.PartDataSizeBytesMax"/> bytes; dummies are empty.</param>
    /// <returns>The envelope and its secrets, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">The number of parts, a size, or the times break the rules above, or the
    /// whole would be larger than <see cref="Envelope.SizeBytesMax"/>.</exception>
    public static SealedEnvelope Seal(
        SigningKey sender,
        KemPublicKey recipient,
        PacketId id,
        DateTimeOffset createdAt,
        DateTimeOffset notAfter,
        IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count is not (8 or 16 or EnvelopeHead.PartCountMax))
        {
            throw new ArgumentException("An envelope has 8, 16 or 32 parts.", nameof(parts));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(createdAt, DateTimeOffset.UnixEpoch);
        ArgumentOutOfRangeException.ThrowIfLessThan(notAfter, createdAt);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            notAfter - createdAt, TimeSpan.FromDays(Envelope.LifetimeDaysMax), nameof(notAfter));
        Span<byte> randomness = stackalloc byte[XWing.RandomnessSizeBytes];
        RandomNumberGenerator.Fill(randomness);
        try
        {
            return Seal(
                sender,
                recipient,
                id,
                (ulong)createdAt.ToUnixTimeSeconds(),
                (ulong)notAfter.ToUnixTimeSeconds(),
                parts,
                randomness);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(randomness);
        }
    }

    /// <summary>Says how many parts an envelope has that must hold so many: the next of 8, 16 and 32.</summary>
    /// <param name="used">Parts in use, 1 to 32; the rest are dummies.</param>
    /// <exception cref="ArgumentOutOfRangeException">No envelope holds so many.</exception>
    public static int PartCountFor(int used) => used switch
    {
        >= 1 and <= 8 => 8,
        > 8 and <= 16 => 16,
        > 16 and <= EnvelopeHead.PartCountMax => EnvelopeHead.PartCountMax,
        _ => throw new ArgumentOutOfRangeException(nameof(used), used, "An envelope holds 1 to 32 parts."),
    };

    /// <summary>Computes the size of the envelope that holds these parts, in bytes.</summary>
    /// <param name="parts">1 to 32 parts, each at most <see cref="Envelope.PartDataSizeBytesMax"/> bytes.</param>
    /// <exception cref="ArgumentException">The number of parts or a size breaks the rules.</exception>
    public static long SizeBytesOf(IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentOutOfRangeException.ThrowIfZero(parts.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parts.Count, EnvelopeHead.PartCountMax);
        long size = Envelope.LengthSizeBytes + EnvelopeHead.SizeBytes(parts.Count) + SigningRule.SignatureSizeBytes;
        for (var i = 0; i < parts.Count; i++)
        {
            size += Padding.GetPaddedSize(parts[i].Length) + ChaChaPoly.TagSizeBytes;
        }

        return size;
    }

    /// <summary>Seals with given randomness and any number of parts, to check vectors.</summary>
    [SuppressMessage("Correctness", "IDISP001", Justification = "The sealed envelope owns the secrets.")]
    internal static SealedEnvelope Seal(
        SigningKey sender,
        KemPublicKey recipient,
        PacketId id,
        ulong createdAt,
        ulong notAfter,
        IReadOnlyList<ReadOnlyMemory<byte>> parts,
        ReadOnlySpan<byte> randomness)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(recipient);
        var size = SizeBytesOf(parts);
        if (size > Envelope.SizeBytesMax)
        {
            throw new ArgumentException("The envelope would be larger than 16 MiB.", nameof(parts));
        }

        var wire = GC.AllocateUninitializedArray<byte>((int)size);
        var headSize = EnvelopeHead.SizeBytes(parts.Count);
        var head = wire.AsSpan(Envelope.LengthSizeBytes, headSize);
        BinaryPrimitives.WriteInt32BigEndian(wire, headSize);
        WriteFixed(head, sender.Kid, recipient.Rid, id, createdAt, notAfter, parts.Count);

        var binding = new EnvelopeBinding(Suite.One, id, sender.Kid, recipient.Rid);
        Span<byte> shared = stackalloc byte[XWing.SharedSizeBytes];
        Span<byte> info = stackalloc byte[EnvelopeBinding.InfoSizeBytes];
        Span<byte> contextSecrets = stackalloc byte[HpkeContext.SecretsSizeBytes];
        recipient.Encapsulate(
            randomness, head.Slice(EnvelopeHead.EncapsulatedOffset, XWing.CiphertextSizeBytes), shared);
        binding.WriteInfo(info);
        using var context = new HpkeContext(HpkeContext.KemXWing, shared, info, contextSecrets);
        CryptographicOperations.ZeroMemory(shared);

        var secrets = new PartSecrets(parts.Count);
        var body = wire.AsSpan(Envelope.LengthSizeBytes + headSize + SigningRule.SignatureSizeBytes);
        for (var i = 0; i < parts.Count; i++)
        {
            var partSize = Padding.GetPaddedSize(parts[i].Length) + ChaChaPoly.TagSizeBytes;
            var line = head.Slice(EnvelopeHead.FixedSizeBytes + (i * EnvelopeHead.PartSizeBytes));
            SealPart(context, binding, i, parts[i].Span, secrets.Slot(i), line, body[..partSize]);
            body = body[partSize..];
        }

        var tag = new byte[SealedEnvelope.TransferTagSizeBytes];
        context.Export(EnvelopeBinding.TransferTagContext, tag);
        var hash = TranscriptHash.ComputeOne(Envelope.HeadLabel, head);
        var signature = wire.AsSpan(Envelope.LengthSizeBytes + headSize, SigningRule.SignatureSizeBytes);
        SigningRule.SignDigest(sender, Suite.One, Envelope.HeadLabel, hash, signature);
        return new SealedEnvelope(wire, id, hash, tag, secrets);
    }

    private static void WriteFixed(
        Span<byte> head, KeyId kid, KeyId rid, PacketId id, ulong createdAt, ulong notAfter, int partCount)
    {
        BinaryPrimitives.WriteUInt16BigEndian(head, Suite.One);
        id.CopyTo(head[2..]);
        kid.CopyTo(head[18..]);
        rid.CopyTo(head[50..]);
        BinaryPrimitives.WriteUInt64BigEndian(head[82..], createdAt);
        BinaryPrimitives.WriteUInt64BigEndian(head[90..], notAfter);
        head[EnvelopeHead.FixedSizeBytes - 1] = (byte)partCount;
    }

    /// <summary>Pads and seals one part in place and writes its line of the table.</summary>
    private static void SealPart(
        in HpkeContext context,
        EnvelopeBinding binding,
        int index,
        ReadOnlySpan<byte> data,
        Span<byte> secret,
        Span<byte> line,
        Span<byte> ciphertext)
    {
        Span<byte> partContext = stackalloc byte[EnvelopeBinding.PartContextSizeBytes];
        Span<byte> derived = stackalloc byte[CommittingKey.DerivedSizeBytes];
        Span<byte> associated = stackalloc byte[Digest.SizeBytes];
        EnvelopeBinding.WritePartContext(index, partContext);
        context.Export(partContext, secret);
        CommittingKey.Derive(secret, EnvelopeBinding.PartKeyLabel, derived);
        var commitment = CommittingKey.CommitmentOf(derived);
        commitment.CopyTo(line);
        binding.WriteAssociated(index, commitment, associated);
        var padded = ciphertext[..^ChaChaPoly.TagSizeBytes];
        Padding.Write(data, padded);
        CommittingKey.Seal(derived, associated, padded, ciphertext);
        SHA256.HashData(ciphertext, line[32..64]);
        BinaryPrimitives.WriteInt32BigEndian(line[64..], ciphertext.Length);
        CryptographicOperations.ZeroMemory(derived);
    }
}
