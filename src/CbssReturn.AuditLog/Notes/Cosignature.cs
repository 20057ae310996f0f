using System.Buffers.Binary;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>What a witness signs: that at a moment a checkpoint was the newest it had seen of this log, and that it
/// continues all before it.</summary>
/// <remarks>
/// Signed are the line <c>cosignature/v1</c>, the line <c>time</c> with POSIX seconds, and the text of the checkpoint.
/// The payload is the seconds as eight big-endian bytes and the signature. Nobody signs a checkpoint before it is
/// stored that this is the newest. Source: c2sp.org/tlog-cosignature.
/// </remarks>
public static class Cosignature
{
    /// <summary>Size of the payload, in bytes.</summary>
    public const int PayloadSizeBytes = sizeof(ulong) + NoteKey.SignatureSizeBytes;

    // 9999-12-31T23:59:59Z: later moments do not fit a DateTimeOffset, and no witness is that far ahead.
    private const ulong PosixSecondsMax = 253_402_300_799;

    /// <summary>Cosigns a checkpoint that the log has signed and that the witness has stored as its newest.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="name">The name of the witness.</param>
    /// <param name="key">The key of the witness, used for nothing else.</param>
    /// <param name="at">The present moment, 1970 or later; cut to whole seconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The moment is before 1970.</exception>
    public static NoteSignature Sign(Checkpoint checkpoint, string name, NoteKey key, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(at, DateTimeOffset.UnixEpoch);
        var seconds = at.ToUnixTimeSeconds();
        var payload = new byte[PayloadSizeBytes];
        BinaryPrimitives.WriteUInt64BigEndian(payload, (ulong)seconds);
        key.Sign(Message(seconds, NoteText.Encode(checkpoint.ToText()))).CopyTo(payload, sizeof(ulong));
        return new NoteSignature(name, VerifierKey.OfWitness(name, key.Public).Id, payload);
    }

    /// <summary>Verifies a cosignature.</summary>
    /// <param name="witness">The key that is asked for; of a log's key nothing verifies.</param>
    /// <param name="text">The text of the note.</param>
    /// <param name="signature">The line.</param>
    /// <param name="at">When the witness signed; the least value when the answer is false.</param>
    internal static bool TryVerify(
        VerifierKey witness, ReadOnlySpan<byte> text, NoteSignature signature, out DateTimeOffset at)
    {
        at = default;
        var payload = signature.Payload.Span;
        if (witness.Type != NoteKeyType.CosignatureV1 || payload.Length != PayloadSizeBytes)
        {
            return false;
        }

        var seconds = BinaryPrimitives.ReadUInt64BigEndian(payload);
        if (seconds > PosixSecondsMax
            || !witness.Key.VerifyNote(Message((long)seconds, text), payload[sizeof(ulong)..]))
        {
            return false;
        }

        at = DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        return true;
    }

    private static byte[] Message(long seconds, ReadOnlySpan<byte> text) =>
        [.. NoteText.Encode($"cosignature/v1\ntime {StrictDecimal.Format(seconds)}\n"), .. text];
}
