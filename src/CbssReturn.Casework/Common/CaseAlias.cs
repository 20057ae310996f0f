using System.Buffers;
using System.Security.Cryptography;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Common;

/// <summary>What two organisations call one person. Different for each recipient, so that recipients cannot compare.
/// </summary>
/// <remarks>4 to 12 characters of A-Z, a-z, 0-9 and hyphen (docs/spec/casework.md, rule 1.2). For people's eyes only:
/// no program looks anything up by it.</remarks>
public sealed record CaseAlias
{
    /// <summary>Shortest alias, in characters.</summary>
    public const int CharsMin = 4;

    /// <summary>Longest alias, in characters.</summary>
    public const int CharsMax = 12;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    private readonly string _text;

    private CaseAlias(string text) => _text = text;

    /// <summary>Draws an alias from the operating system's random generator: four letters, a hyphen, three digits.
    /// Without vowels it spells no word, and without I, O, 0 and 1 it can be read out over a bad line; about 10^8 of
    /// them.</summary>
    public static CaseAlias NewRandom() => new(
        RandomNumberGenerator.GetString("BCDFGHJKLMNPQRSTVWXZ", 4)
        + "-"
        + RandomNumberGenerator.GetString("23456789", 3));

    /// <summary>Reads an alias.</summary>
    /// <returns>The alias, or a refusal with <see cref="RefusalCode.FieldMalformed"/>.</returns>
    public static Result<CaseAlias> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is >= CharsMin and <= CharsMax && !text.AsSpan().ContainsAnyExcept(Allowed)
            ? new CaseAlias(text)
            : new Refusal(
                RefusalCode.FieldMalformed, "A case alias is 4 to 12 characters of A-Z, a-z, 0-9 and hyphen.");
    }

    /// <summary>Returns the alias itself: it names nobody to anybody but the two organisations.</summary>
    public override string ToString() => _text;
}
