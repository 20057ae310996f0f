using System.CommandLine;
using CbssReturn.Cli.Json;
using CbssReturn.Contracts.Packet.V1;
using CbssReturn.Outcomes;
using RefusalCode = CbssReturn.Outcomes.RefusalCode;

namespace CbssReturn.Cli.Commands;

/// <summary><c>cbss document</c>: travel documents.</summary>
internal static class DocumentCommands
{
    /// <summary>Makes the command.</summary>
    public static Command Create(GlobalOptions globals) =>
        new CbssCommand("document", "The state of travel documents.") { ReportState(globals) };

    private static CbssCommand ReportState(GlobalOptions globals)
    {
        var kind = new CodeOption<TravelDocumentKind>("--kind", PacketCodes.DocumentKinds, "Which paper")
        {
            Required = true,
        };
        var status = new CodeOption<TravelDocumentStatus>("--status", PacketCodes.DocumentStatuses, "Where it stands")
        {
            Required = true,
        };
        var route = new CodeOption<DocumentRoute>(
            "--route",
            PacketCodes.DocumentRoutes,
            "By which way it is obtained; EMBASSY is refused where the person forbade it");
        var expires = new Option<string>("--expires")
        {
            Description = "Last day of validity, as 2026-03-01.",
            HelpName = "DAY",
        };
        return new CbssCommand(
            "report",
            "Tells the other side where a travel document stands. No number and no name goes with it.",
            "cbss document report 0a1b2c --kind PASSPORT --status ISSUED --expires 2030-01-31")
        {
            kind, status, route, expires,
        }.SendsAnswer(globals, "The document was not reported.", parsed =>
            kind.Read(parsed).Then(paper => status.Read(parsed).Then(state => route.Read(parsed).Then(way =>
                ReadDay(parsed.GetValue(expires)).Then<Answer>(day => new Answer
                {
                    DocumentReport = new DocumentReport { Kind = paper, Status = state, Route = way, ExpiresDay = day },
                })))));
    }

    private static Result<uint> ReadDay(string? text) => text is null
        ? 0u
        : JsonTimes.ParseDay(text) is { } day
            ? day
            : new Refusal(RefusalCode.FieldMalformed, "A day is spelt 2026-03-01.", "--expires");
}
