using System.Text.Json;
using CbssReturn.Cli.Commands;
using CbssReturn.Cli.Desk;
using CbssReturn.Cli.Errors;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Tests;

public sealed class ErrorReportTests : IDisposable
{
    private readonly StringWriter _error = new();

    public void Dispose() => _error.Dispose();

    [Fact]
    public void Write_Refusal_TellsCodeWhatWhyWhetherItLeftAndOneNextStep()
    {
        ErrorReport.Write(
            Session(json: false),
            "The referral was not sent.",
            new Refusal(RefusalCode.GrantMissing, "Why.\u001b[2J", "choices[0]"));

        Assert.Equal(
            """
            CB-3104  The referral was not sent.
              Why:   Why. [2J
              Where: choices[0]
              Left:  Nothing left this machine.
              Next:  Look with cbss consent show; if the person agrees, record a new version.

            """,
            _error.ToString());
    }

    [Fact]
    public void Write_RefusalAsJson_HoldsTheSame()
    {
        ErrorReport.Write(Session(json: true), "What.", new Refusal(RefusalCode.GrantMissing, "Why."));

        var json = JsonElement.Parse(_error.ToString());
        Assert.Equal(
            ["ok", "code", "what", "why", "left_machine", "next"], json.EnumerateObject().Select(field => field.Name));
        Assert.Equal("NOTHING", json.GetProperty("left_machine").GetString());
    }

    [Fact]
    public void Write_OutcomeUnknown_PromisesNothing()
    {
        ErrorReport.Write(
            Session(json: true),
            "What.",
            new Refusal(RefusalCode.NodeNotReady, "Why.", null, DeskRefusal.OutcomeUnknown));

        Assert.Equal("UNKNOWN", JsonElement.Parse(_error.ToString()).GetProperty("left_machine").GetString());
    }

    private Session Session(bool json) => new()
    {
        Output = TextWriter.Null,
        Error = _error,
        Clock = TimeProvider.System,
        Json = json,
    };
}
