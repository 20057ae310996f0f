using System.Buffers;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Common;

/// <summary>What an organisation calls one of its people towards others; not a name that says who it is outside.
/// </summary>
/// <remarks>1 to 32 characters of A-Z, a-z, 0-9, hyphen and full stop (docs/spec/casework.md, rule 1.3).</remarks>
public sealed record StaffAlias
{
    /// <summary>Longest alias, in characters.</summary>
    public const int CharsMax = 32;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    private readonly string _text;

    private StaffAlias(string text) => _text = text;

    /// <summary>Reads an alias.</summary>
    /// <returns>The alias, or a refusal with <see cref="RefusalCode.FieldMissing"/> for an empty text and
    /// <see cref="RefusalCode.FieldMalformed"/> for any other that breaks the form.</returns>
    public static Result<StaffAlias> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0)
        {
            return new Refusal(RefusalCode.FieldMissing, "An alias is missing.");
        }

        return text.Length <= CharsMax && !text.AsSpan().ContainsAnyExcept(Allowed)
            ? new StaffAlias(text)
            : new Refusal(
                RefusalCode.FieldMalformed,
                "An alias is 1 to 32 characters of A-Z, a-z, 0-9, hyphen and full stop.");
    }

    /// <summary>Returns the alias itself.</summary>
    public override string ToString() => _text;
}
