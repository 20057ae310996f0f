using System.Security.Cryptography;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Common;

/// <summary>SHA-256 of a scan, note or recording that proves something and stays where it was made.</summary>
/// <remarks>32 bytes. <c>default</c> is all zero, which <see cref="FromBytes"/> refuses.</remarks>
public readonly record struct EvidenceDigest
{
    /// <summary>Size, in bytes.</summary>
    public const int SizeBytes = 32;

    private readonly UInt128 _high;
    private readonly UInt128 _low;

    private EvidenceDigest(ReadOnlySpan<byte> bytes) =>
        (_high, _low) = (IdForm.Read(bytes), IdForm.Read(bytes[IdForm.SizeBytes..]));

    /// <summary>Hashes bytes with SHA-256.</summary>
    public static EvidenceDigest Of(ReadOnlySpan<byte> bytes) => new(SHA256.HashData(bytes));

    /// <summary>Reads the binary form.</summary>
    /// <param name="bytes">32 bytes, not all zero.</param>
    /// <returns>The value, or a refusal with <see cref="RefusalCode.FieldMalformed"/>.</returns>
    public static Result<EvidenceDigest> FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == SizeBytes && bytes.ContainsAnyExcept((byte)0)
            ? new EvidenceDigest(bytes)
            : new Refusal(RefusalCode.FieldMalformed, "A digest is 32 bytes, not all zero.");

    /// <summary>Returns the binary form, 32 bytes.</summary>
    public byte[] ToArray() => [.. IdForm.Write(_high), .. IdForm.Write(_low)];

    /// <summary>Returns lower-case hex.</summary>
    public override string ToString() => IdForm.Text(_high) + IdForm.Text(_low);
}
