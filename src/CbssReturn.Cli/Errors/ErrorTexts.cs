using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Errors;

/// <summary>What each refusal code means to the person who meets it, and the one thing to do next.</summary>
/// <remarks>docs/ERRORS.md is this table; a test holds the two, the list of codes and the commands together.</remarks>
internal static partial class ErrorTexts
{
    private const string TableHead = "| Code | Name | What it means | What to do next |\n|---|---|---|---|\n";

    private static readonly FrozenDictionary<RefusalCode, ErrorText> Table =
        Form.Concat(Configuration).Concat(Policy).Concat(Audit).Concat(Peers).Concat(Keys)
            .ToFrozenDictionary(row => row.Code, row => new ErrorText(row.Code, row.Meaning, row.NextStep));

    private static readonly (int Thousand, string Title)[] Chapters =
    [
        (1, "Form"), (2, "Configuration and store"), (3, "Policy and consent"), (4, "Audit"), (5, "Other nodes"),
        (6, "Cryptography and keys"),
    ];

    /// <summary>All texts, by rising code.</summary>
    public static IEnumerable<ErrorText> All => Table.Values.OrderBy(text => text.Code);

    /// <summary>Gives the text of a code.</summary>
    /// <returns>The text, or null for a code of a newer list.</returns>
    public static ErrorText? Find(RefusalCode code) => Table.GetValueOrDefault(code);

    /// <summary>Reads a code as people quote it: <c>CB-3104</c>.</summary>
    /// <returns>The code, or null when it is not spelt so.</returns>
    public static RefusalCode? ParseCode(string text) =>
        text.Length == 7
        && text.StartsWith("CB-", StringComparison.Ordinal)
        && int.TryParse(text.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (RefusalCode)number
            : null;

    /// <summary>Writes docs/ERRORS.md.</summary>
    public static string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append("# Refusal codes\n\n");
        text.Append("A refusal is the software's no. It has a code that is never used for anything else, says why, ");
        text.Append("and names one thing to do next.\nThe thousand of the code is the exit code of `cbss`. ");
        text.Append("`cbss explain CB-3104` prints one line of this list.\n");
        text.Append("This file is written by `cbss explain --markdown`; a test holds it to the program.\n");
        foreach (var (thousand, title) in Chapters)
        {
            var rows = All.Where(row => (int)row.Code / 1000 == thousand).ToList();
            text.Append(CultureInfo.InvariantCulture, $"\n## {title} (exit code {thousand})\n\n");
            text.Append(rows.Count == 0 ? "No code yet.\n" : TableHead);
            foreach (var row in rows)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {row.CodeText} | {row.Code} | {row.Meaning} | {row.NextStep} |\n");
            }
        }

        return text.ToString();
    }
}
