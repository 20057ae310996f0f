using System.Globalization;
using System.Text;
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
        for (var i = 0; i < text.Length; i++)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var used) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            var isControl = Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control && rune.Value != '\n';
            var turnsDirection = rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
            if (isControl || turnsDirection)
            {
                return false;
            }

            i += used - 1;
        }

        return true;
    }
}
