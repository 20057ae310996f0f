using System.Security.Cryptography;
using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Consent;

/// <summary>Names one grant of a consent.</summary>
/// <remarks>16 bytes. Text form: exactly 32 lower-case hexadecimal digits, so ids may be compared as text.
/// <c>default</c> is the all-zero id, which names nothing: <see cref="Parse"/> and <see cref="FromBytes"/> refuse it.
/// </remarks>
public readonly record struct GrantId
{
    /// <summary>Size of an id, in bytes.</summary>
    public const int SizeBytes = IdForm.SizeBytes;

    private readonly UInt128 _value;

    private GrantId(UInt128 value) => _value = value;

    /// <summary>Whether this is <c>default</c>, which names nothing.</summary>
    public bool IsDefault => _value == UInt128.Zero;

    /// <summary>Draws a new id from the operating system's random generator.</summary>
    public static GrantId NewRandom() => new(IdForm.Read(RandomNumberGenerator.GetBytes(SizeBytes)));

    /// <summary>Reads the binary form.</summary>
    /// <param name="bytes">16 bytes, not all zero.</param>
    /// <returns>The id, or a refusal with <see cref="RefusalCode.IdentifierMalformed"/>.</returns>
    public static Result<GrantId> FromBytes(ReadOnlySpan<byte> bytes) =>
        IdForm.TryRead(bytes, out var value) ? new GrantId(value) : IdForm.Malformed("A grant id");

    /// <summary>Reads the canonical text form.</summary>
    /// <param name="text">32 lower-case hexadecimal digits, not all zero.</param>
    /// <returns>The id, or a refusal with <see cref="RefusalCode.IdentifierMalformed"/>.</returns>
    public static Result<GrantId> Parse(string text) =>
        IdForm.TryParse(text, out var value) ? new GrantId(value) : IdForm.Malformed("A grant id");

    /// <summary>Returns the binary form, 16 bytes.</summary>
    public byte[] ToArray() => IdForm.Write(_value);

    /// <summary>Returns the canonical text form.</summary>
    public override string ToString() => IdForm.Text(_value);
}
