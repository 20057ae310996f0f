using System.Globalization;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Common;

/// <summary>Words that a person wrote about a person. Carries its class, and never shows itself by accident.</summary>
/// <remarks>Not empty, at most as long as its rule says, well-formed UTF-16, without control characters but the line
/// feed, and without characters that turn the direction of what follows, which could make a text read as its opposite
/// (docs/spec/casework.md, rule 1.6).</remarks>
public sealed record FreeText
{
    private FreeText(string content, SensitivityClass sensitivity) => (Content, Class) = (content, sensitivity);

    /// <summary>The words themselves. Read it only to show it to somebody who may see it, or to seal it.</summary>
    public string Content { get; }

    /// <summary>How sensitive they are.</summary>
    public SensitivityClass Class { get; }

    /// <summary>Takes in a text.</summary>
    /// <param name="text">The words.</param>
    /// <param name="rule">Class and length.</param>
    /// <returns>The text, or a refusal with <see cref="RefusalCode.FieldMissing"/>,
    /// <see cref="RefusalCode.FieldTooLong"/> or <see cref="RefusalCode.FieldMalformed"/>.</returns>
    public static Result<FreeText> Create(string text, TextRule rule)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(rule);
        if (string.IsNullOrWhiteSpace(text))
        {
            return new Refusal(RefusalCode.FieldMissing, "There is no text.");
        }

        if (text.Length > rule.CharsMax)
        {
            return new Refusal(
                RefusalCode.FieldTooLong, $"The text is longer than {rule.CharsMax} characters.");
        }

        return IsClean(text)
            ? new FreeText(text, rule.Class)
            : new Refusal(RefusalCode.FieldMalformed, "The text holds characters that cannot be shown safely.");
    }

    /// <summary>Returns the class and the length, never the words.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"[{Class}, {Content.Length} characters]");

    private static bool IsClean(string text)
    {
        // Most text is plain from end to end; only from the first other character on is each looked at.
        var first = text.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        for (var i = first < 0 ? text.Length : first; i < text.Length; i++)
        {
            var character = text[i];
            if (char.IsSurrogate(character))
            {
                if (i + 1 == text.Length || !char.IsSurrogatePair(character, text[i + 1]))
                {
                    return false;
                }

                i++;
            }
            else if ((char.IsControl(character) && character != '\n') || TurnsDirection(character))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TurnsDirection(char character) =>
        character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
