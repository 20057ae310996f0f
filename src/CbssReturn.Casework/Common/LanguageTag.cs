using System.Text.RegularExpressions;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Common;

/// <summary>A language, as a BCP 47 tag in its canonical case: language, then optionally script, then optionally
/// region, for example <c>lv</c>, <c>sr-Latn</c>, <c>pt-BR</c>.</summary>
public sealed partial record LanguageTag
{
    private readonly string _text;

    private LanguageTag(string text) => _text = text;

    /// <summary>Reads a tag.</summary>
    /// <returns>The tag, or a refusal with <see cref="RefusalCode.FieldMalformed"/>.</returns>
    public static Result<LanguageTag> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Form().IsMatch(text)
            ? new LanguageTag(text)
            : new Refusal(
                RefusalCode.FieldMalformed, "A language is a BCP 47 tag, for example lv, sr-Latn or pt-BR.");
    }

    /// <summary>Returns the tag.</summary>
    public override string ToString() => _text;

    [GeneratedRegex(@"\A[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
