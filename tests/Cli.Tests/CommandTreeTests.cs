using System.CommandLine;
using CbssReturn.Cli.Commands;

namespace CbssReturn.Cli.Tests;

public sealed class CommandTreeTests
{
    public static TheoryData<string> Examples =>
        [.. All(CommandTree.Create(TimeProvider.System)).OfType<CbssCommand>().SelectMany(command => command.Examples)];

    public static TheoryData<string> Leaves =>
        [.. All(CommandTree.Create(TimeProvider.System))
            .Where(command => command.Subcommands.Count == 0)
            .Select(NameOf)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Parse_ExampleOfTheHelp_HasNoErrors(string example)
    {
        var parsed = CommandTree.Create(TimeProvider.System).Parse(example.Split('<')[0]["cbss ".Length..]);

        Assert.Empty(parsed.Errors);
        Assert.Contains(example, ((CbssCommand)parsed.CommandResult.Command).Examples);
    }

    [Theory]
    [MemberData(nameof(Leaves))]
    public void Command_ThatDoesSomething_HasAnExample(string name)
    {
        var command = All(CommandTree.Create(TimeProvider.System)).Single(command => NameOf(command) == name);

        Assert.NotEmpty(Assert.IsType<CbssCommand>(command).Examples);
        Assert.NotNull(command.Action);
        Assert.All(command.Arguments, argument => Assert.False(string.IsNullOrEmpty(argument.Description)));
        Assert.All(command.Options, option => Assert.False(string.IsNullOrEmpty(option.Description)));
    }

    [Fact]
    public void Options_OfAllCommands_TakeNoTokenAsAValue() => Assert.DoesNotContain(
        All(CommandTree.Create(TimeProvider.System)).SelectMany(command => command.Options),
        option => option.Name is "--token" or "--passphrase");

    [Theory]
    [InlineData("qzvxsecretname")]
    [InlineData("referral qzvxsecretname")]
    [InlineData("referral show aabbcc qzvxsecretname")]
    [InlineData("referral show aabbcc --qzvxsecretname")]
    [InlineData("referral open aabbcc --category")]
    [InlineData("referral open aabbcc")]
    [InlineData("referral send aabbcc --wait qzvxsecretname")]
    [InlineData("referral send aabbcc --wait 601")]
    [InlineData("referral send aabbcc --wait -1")]
    [InlineData("user add")]
    [InlineData("referral show @qzvxsecretname extra")]
    public void Find_WrongCommandLine_SaysWhatWithoutRepeatingIt(string line)
    {
        var refusal = UsageRefusal.Find(CommandTree.Create(TimeProvider.System).Parse(line));

        Assert.Equal(Outcomes.RefusalCode.UsageWrong, refusal?.Code);
        Assert.DoesNotContain("qzvxsecretname", refusal?.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<Command> All(Command command) =>
        command.Subcommands.SelectMany(All).Prepend(command);

    private static string NameOf(Command command) =>
        string.Join(' ', command.Parents.OfType<Command>().Select(NameOf).Append(command.Name));
}
