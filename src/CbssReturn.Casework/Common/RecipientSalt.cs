using System.Security.Cryptography;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Common;

/// <summary>What makes the ids of a consent different for each recipient. Random, one for each conversation; a
/// recipient gets its own and never another's.</summary>
/// <remarks>32 bytes. <c>default</c> is all zero, which <see cref="FromBytes"/> refuses.</remarks>
public readonly record struct RecipientSalt
{
    /// <summary>Size, in bytes.</summary>
    public const int SizeBytes = 32;

    private readonly UInt128 _high;
    private readonly UInt128 _low;

    private RecipientSalt(ReadOnlySpan<byte> bytes) =>
        (_high, _low) = (IdForm.Read(bytes), IdForm.Read(bytes[IdForm.SizeBytes..]));

    /// <summary>Draws a new salt from the operating system's random generator.</summary>
    public static RecipientSalt NewRandom() => new(RandomNumberGenerator.GetBytes(SizeBytes));

    /// <summary>Reads the binary form.</summary>
    /// <param name="bytes">32 bytes, not all zero.</param>
    /// <returns>The value, or a refusal with <see cref="RefusalCode.FieldMalformed"/>.</returns>
    public static Result<RecipientSalt> FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == SizeBytes && bytes.ContainsAnyExcept((byte)0)
            ? new RecipientSalt(bytes)
            : new Refusal(RefusalCode.FieldMalformed, "A salt is 32 bytes, not all zero.");

    /// <summary>Returns the binary form, 32 bytes.</summary>
    public byte[] ToArray() => [.. IdForm.Write(_high), .. IdForm.Write(_low)];

    /// <summary>Returns lower-case hex.</summary>
    public override string ToString() => IdForm.Text(_high) + IdForm.Text(_low);
}
