using System.CommandLine;
using System.Text.RegularExpressions;
using CbssReturn.Cli.Errors;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Tests;

public sealed partial class ErrorTextsTests
{
    public static TheoryData<RefusalCode> Codes =>
        [.. Enum.GetValues<RefusalCode>().Where(code => code != RefusalCode.Unspecified)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Find_EveryCode_HasMeaningAndNextStep(RefusalCode code)
    {
        var text = ErrorTexts.Find(code);

        Assert.NotNull(text);
        Assert.EndsWith(".", text.Meaning, StringComparison.Ordinal);
        Assert.EndsWith(".", text.NextStep, StringComparison.Ordinal);
        Assert.DoesNotContain("|", text.Meaning + text.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void All_Table_HoldsNoCodeBeyondTheList() =>
        Assert.Equal(Codes.Count, ErrorTexts.All.Count());

    [Fact]
    public void Errors_Document_IsTheTable() =>
        Assert.Equal(ErrorTexts.ToMarkdown(), File.ReadAllText(Repository.Combine("docs", "ERRORS.md")));

    [Theory]
    [MemberData(nameof(Codes))]
    public void NextStep_ThatNamesACommand_NamesOneThatExists(RefusalCode code)
    {
        var commands = QuotedCommand().Matches(ErrorTexts.Find(code)?.NextStep ?? "")
            .Select(match => match.Groups[1].Value)
            .ToList();

        Assert.True(commands.Count <= 1, "One next step is one command.");
        foreach (var words in commands.Select(command => command.Split(' ')))
        {
            Command found = CommandTree.Create(TimeProvider.System);
            foreach (var word in words.Skip(1).Where(word => !word.StartsWith('-')))
            {
                found = Assert.Single(found.Subcommands, sub => sub.Name == word);
            }

            Assert.All(
                words.Where(word => word.StartsWith('-') && word != "--help"),
                option => Assert.Contains(found.Options, known => known.Name == option));
        }
    }

    [Theory]
    [InlineData(RefusalCode.FieldMissing, 1)]
    [InlineData(RefusalCode.NodeNotRunning, 2)]
    [InlineData(RefusalCode.GrantMissing, 3)]
    [InlineData(RefusalCode.PeerUnreachable, 5)]
    [InlineData(RefusalCode.SignatureWrong, 6)]
    [InlineData(RefusalCode.Unspecified, 70)]
    public void Of_Code_IsItsThousand(RefusalCode code, int exitCode) => Assert.Equal(exitCode, ExitCode.Of(code));

    [Theory]
    [InlineData("CB-3104", RefusalCode.GrantMissing)]
    [InlineData("CB-9999", (RefusalCode)9999)]
    public void ParseCode_Spelling_IsRead(string text, RefusalCode code) =>
        Assert.Equal(code, ErrorTexts.ParseCode(text));

    [Theory]
    [InlineData("")]
    [InlineData("CB-310")]
    [InlineData("cb-3104")]
    [InlineData("CB- 104")]
    [InlineData("CB-+104")]
    [InlineData("CB-31045")]
    public void ParseCode_OtherSpelling_IsNot(string text) => Assert.Null(ErrorTexts.ParseCode(text));

    [GeneratedRegex("`(cbss [^`]*)`")]
    private static partial Regex QuotedCommand();
}
