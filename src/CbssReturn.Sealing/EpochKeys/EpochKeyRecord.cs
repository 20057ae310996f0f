using System.Buffers.Binary;
using CbssReturn.Outcomes;

namespace CbssReturn.Sealing;

/// <summary>One day's public envelope key of a node, signed with its identity key. Immutable.</summary>
/// <remarks>Record of 1,252 bytes: node id 16 | day u32 | not before u64 | not after u64 | X-Wing public key 1216;
/// signed under the label "epoch key" with the record as the only field (docs/spec/referral-packet.md, section
/// 8).</remarks>
public sealed class EpochKeyRecord
{
    /// <summary>Size of the record, in bytes.</summary>
    public const int RecordSizeBytes = 36 + KemPublicKey.SizeBytes;

    /// <summary>How far ahead a node publishes keys, in days; a list holds at most so many and the present
    /// day.</summary>
    public const int PublishedDaysMax = 42;

    /// <summary>How long after the end of the key an envelope sealed to it may still be taken in, in days.</summary>
    public const int EnvelopeDaysAfterKeyMax = 60;

    /// <summary>Longest validity of one key, in seconds: its day and 12 hours on each side.</summary>
    public const int ValiditySecondsMax = 2 * SecondsPerDay;

    private const int SecondsPerDay = 86_400;
    private const string Label = "epoch key";

    private readonly byte[] _record;
    private readonly byte[] _signature;

    private EpochKeyRecord(byte[] record, byte[] signature, KemPublicKey key)
    {
        (_record, _signature, Key) = (record, signature, key);
        Node = NodeId.FromBytes(record.AsSpan(0, 16));
        Day = BinaryPrimitives.ReadUInt32BigEndian(record.AsSpan(16));
        NotBefore = BinaryPrimitives.ReadUInt64BigEndian(record.AsSpan(20));
        NotAfter = BinaryPrimitives.ReadUInt64BigEndian(record.AsSpan(28));
    }

    /// <summary>Whose key it is.</summary>
    public NodeId Node { get; }

    /// <summary>Which day it is for, in days since 1970-01-01 UTC.</summary>
    public uint Day { get; }

    /// <summary>From when senders may use it, in POSIX seconds, itself included.</summary>
    public ulong NotBefore { get; }

    /// <summary>Until when senders may use it, in POSIX seconds, itself included.</summary>
    public ulong NotAfter { get; }

    /// <summary>The key.</summary>
    public KemPublicKey Key { get; }

    /// <summary>The 1,252 bytes as they were signed; not to be changed.</summary>
    public byte[] Record => _record;

    /// <summary>The 64 bytes of the signature; not to be changed.</summary>
    public byte[] Signature => _signature;

    /// <summary>Latest end of an envelope that is sealed to this key, in POSIX seconds.</summary>
    public ulong EnvelopeNotAfterMax => NotAfter + (EnvelopeDaysAfterKeyMax * (ulong)SecondsPerDay);

    /// <summary>Says which day a moment falls on, in days since 1970-01-01 UTC.</summary>
    /// <param name="moment">1970 or later.</param>
    /// <exception cref="ArgumentOutOfRangeException">The moment is before 1970.</exception>
    public static uint DayOf(DateTimeOffset moment)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(moment, DateTimeOffset.UnixEpoch);
        return (uint)(moment.ToUnixTimeSeconds() / SecondsPerDay);
    }

    /// <summary>Signs a day's key.</summary>
    /// <param name="identity">The node's identity key.</param>
    /// <param name="node">The node.</param>
    /// <param name="day">Days since 1970-01-01 UTC.</param>
    /// <param name="notBefore">From when senders may use it, POSIX seconds.</param>
    /// <param name="notAfter">Until when, POSIX seconds; at most <see cref="ValiditySecondsMax"/> later.</param>
    /// <param name="key">The public half of the day's key.</param>
    /// <exception cref="ArgumentException">The times break the rules of <see cref="Parse"/>.</exception>
    public static EpochKeyRecord Issue(
        SigningKey identity, NodeId node, uint day, ulong notBefore, ulong notAfter, KemPublicKey key)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(key);
        if (!IsValidity(day, notBefore, notAfter))
        {
            throw new ArgumentException("A day's key is valid on its day, for 48 hours at most.", nameof(notAfter));
        }

        var record = new byte[RecordSizeBytes];
        node.CopyTo(record);
        BinaryPrimitives.WriteUInt32BigEndian(record.AsSpan(16), day);
        BinaryPrimitives.WriteUInt64BigEndian(record.AsSpan(20), notBefore);
        BinaryPrimitives.WriteUInt64BigEndian(record.AsSpan(28), notAfter);
        key.Bytes.Span.CopyTo(record.AsSpan(36));
        return new EpochKeyRecord(record, SigningRule.Sign(identity, Suite.One, Label, record), key);
    }

    /// <summary>Reads a record; <see cref="Verify"/> says whether it is true.</summary>
    /// <param name="record">The record as received; copied.</param>
    /// <param name="signature">The signature as received; copied.</param>
    /// <returns>The record, or a refusal with <see cref="RefusalCode.EpochKeyInvalid"/> when a size is wrong, the
    /// validity does not touch the day or is longer than 48 hours, or the key cannot be used.</returns>
    public static Result<EpochKeyRecord> Parse(ReadOnlySpan<byte> record, ReadOnlySpan<byte> signature)
    {
        if (record.Length != RecordSizeBytes || signature.Length != SigningRule.SignatureSizeBytes)
        {
            return Invalid("The size is wrong.");
        }

        if (!IsValidity(
            BinaryPrimitives.ReadUInt32BigEndian(record[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(record[20..]),
            BinaryPrimitives.ReadUInt64BigEndian(record[28..])))
        {
            return Invalid("The validity does not fit the day.");
        }

        return KemPublicKey.Parse(record[36..]).TryGet(out var key, out var refusal)
            ? new EpochKeyRecord(record.ToArray(), signature.ToArray(), key)
            : Invalid(refusal.Message);
    }

    /// <summary>Verifies the signature.</summary>
    /// <param name="identity">A key that the directory names for <see cref="Node"/>.</param>
    public bool Verify(VerifyingKey identity) =>
        SigningRule.Verify(identity, Suite.One, Label, _signature, _record);

    /// <summary>Says whether a sender may use the key at a moment; the clocks' difference is the margin of the
    /// validity.</summary>
    /// <param name="moment">The present moment.</param>
    public bool IsValidAt(DateTimeOffset moment)
    {
        var seconds = moment.ToUnixTimeSeconds();
        return seconds >= 0 && (ulong)seconds >= NotBefore && (ulong)seconds <= NotAfter;
    }

    private static bool IsValidity(uint day, ulong notBefore, ulong notAfter)
    {
        var begin = day * (ulong)SecondsPerDay;
        return notBefore <= notAfter
            && notAfter - notBefore <= ValiditySecondsMax
            && notBefore < begin + SecondsPerDay
            && notAfter >= begin;
    }

    private static Refusal Invalid(string localDetail) =>
        new(RefusalCode.EpochKeyInvalid, "The signed envelope key is not valid.", null, localDetail);
}
