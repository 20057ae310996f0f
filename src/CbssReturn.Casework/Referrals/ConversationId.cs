using System.Security.Cryptography;
using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Referrals;

/// <summary>Names a conversation between two nodes. Means something only together with the peer.</summary>
/// <remarks>16 bytes. Text form: exactly 32 lower-case hexadecimal digits, so ids may be compared as text.
/// <c>default</c> is the all-zero id, which names nothing: <see cref="Parse"/> and <see cref="FromBytes"/> refuse it.
/// </remarks>
public readonly record struct ConversationId
{
    /// <summary>Size of an id, in bytes.</summary>
    public const int SizeBytes = IdForm.SizeBytes;

    private readonly UInt128 _value;

    private ConversationId(UInt128 value) => _value = value;

    /// <summary>Whether this is <c>default</c>, which names nothing.</summary>
    public bool IsDefault => _value == UInt128.Zero;

    /// <summary>Draws a new id from the operating system's random generator.</summary>
    public static ConversationId NewRandom() => new(IdForm.Read(RandomNumberGenerator.GetBytes(SizeBytes)));

    /// <summary>Reads the binary form.</summary>
    /// <param name="bytes">16 bytes, not all zero.</param>
    /// <returns>The id, or a refusal with <see cref="RefusalCode.IdentifierMalformed"/>.</returns>
    public static Result<ConversationId> FromBytes(ReadOnlySpan<byte> bytes) =>
        IdForm.TryRead(bytes, out var value) ? new ConversationId(value) : IdForm.Malformed("A conversation id");

    /// <summary>Reads the canonical text form.</summary>
    /// <param name="text">32 lower-case hexadecimal digits, not all zero.</param>
    /// <returns>The id, or a refusal with <see cref="RefusalCode.IdentifierMalformed"/>.</returns>
    public static Result<ConversationId> Parse(string text) =>
        IdForm.TryParse(text, out var value) ? new ConversationId(value) : IdForm.Malformed("A conversation id");

    /// <summary>Returns the binary form, 16 bytes.</summary>
    public byte[] ToArray() => IdForm.Write(_value);

    /// <summary>Returns the canonical text form.</summary>
    public override string ToString() => IdForm.Text(_value);
}
