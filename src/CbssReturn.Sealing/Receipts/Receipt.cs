using System.Buffers.Binary;
using CbssReturn.Outcomes;

namespace CbssReturn.Sealing;

/// <summary>Receipt v1: what a receiver signs for, stored once and repeated byte for byte. Immutable.</summary>
/// <remarks>Record of 89 bytes: packet id 16 | envelope hash 32 | outcome u8 | received at u64 | receiver kid 32;
/// signed under the label "receipt" with the record as the only field (docs/spec/referral-packet.md, section
/// 9).</remarks>
public sealed class Receipt
{
    /// <summary>Size of the record, in bytes.</summary>
    public const int RecordSizeBytes = 89;

    private const string Label = "receipt";

    private readonly byte[] _record;
    private readonly byte[] _signature;

    private Receipt(byte[] record, byte[] signature)
    {
        (_record, _signature) = (record, signature);
        PacketId = PacketId.FromBytes(record.AsSpan(0, 16));
        EnvelopeHash = Digest.FromBytes(record.AsSpan(16, 32));
        Outcome = (ReceiptOutcome)record[48];
        ReceivedAt = BinaryPrimitives.ReadUInt64BigEndian(record.AsSpan(49));
        ReceiverKid = KeyId.FromBytes(record.AsSpan(57, 32));
    }

    /// <summary>Which packet it is about.</summary>
    public PacketId PacketId { get; }

    /// <summary>Which envelope it is about.</summary>
    public Digest EnvelopeHash { get; }

    /// <summary>What became of the packet; never <see cref="ReceiptOutcome.Unspecified"/>.</summary>
    public ReceiptOutcome Outcome { get; }

    /// <summary>When, by the receiver's clock, in POSIX seconds.</summary>
    public ulong ReceivedAt { get; }

    /// <summary>Which key signed.</summary>
    public KeyId ReceiverKid { get; }

    /// <summary>The 89 bytes as they were signed; not to be changed.</summary>
    public byte[] Record => _record;

    /// <summary>The 64 bytes of the signature; not to be changed.</summary>
    public byte[] Signature => _signature;

    /// <summary>Signs a receipt.</summary>
    /// <param name="receiver">The receiver's identity key.</param>
    /// <param name="packetId">Which packet.</param>
    /// <param name="envelopeHash">Which envelope.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="receivedAt">When, 1970 or later; kept in whole seconds.</param>
    /// <exception cref="ArgumentException">The outcome is none, or the moment is before 1970.</exception>
    public static Receipt Issue(
        SigningKey receiver,
        PacketId packetId,
        Digest envelopeHash,
        ReceiptOutcome outcome,
        DateTimeOffset receivedAt)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        ArgumentOutOfRangeException.ThrowIfLessThan(receivedAt, DateTimeOffset.UnixEpoch);
        if (!IsOutcome((byte)outcome))
        {
            throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "This is no outcome.");
        }

        var record = new byte[RecordSizeBytes];
        packetId.CopyTo(record);
        envelopeHash.CopyTo(record.AsSpan(16));
        record[48] = (byte)outcome;
        BinaryPrimitives.WriteUInt64BigEndian(record.AsSpan(49), (ulong)receivedAt.ToUnixTimeSeconds());
        receiver.Kid.CopyTo(record.AsSpan(57));
        return new Receipt(record, SigningRule.Sign(receiver, Suite.One, Label, record));
    }

    /// <summary>Reads a receipt; <see cref="Verify"/> says whether it is true.</summary>
    /// <param name="record">The record as received; copied.</param>
    /// <param name="signature">The signature as received; copied.</param>
    /// <returns>The receipt, or a refusal with <see cref="RefusalCode.ReceiptMalformed"/>.</returns>
    public static Result<Receipt> Parse(ReadOnlySpan<byte> record, ReadOnlySpan<byte> signature) =>
        record.Length == RecordSizeBytes
        && signature.Length == SigningRule.SignatureSizeBytes
        && IsOutcome(record[48])
            ? new Receipt(record.ToArray(), signature.ToArray())
            : new Refusal(RefusalCode.ReceiptMalformed, "The receipt cannot be read.");

    /// <summary>Verifies the signature, and that it is this key's.</summary>
    /// <param name="receiver">The key that the directory names for <see cref="ReceiverKid"/>.</param>
    public bool Verify(VerifyingKey receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        return receiver.Kid == ReceiverKid && SigningRule.Verify(receiver, Suite.One, Label, _signature, _record);
    }

    private static bool IsOutcome(byte outcome) => outcome is >= 1 and <= 3;
}
