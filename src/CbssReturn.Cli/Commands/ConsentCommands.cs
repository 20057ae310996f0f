using System.CommandLine;
using CbssReturn.Cli.Desk;
using CbssReturn.Cli.Json;
using CbssReturn.Cli.Output;
using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Cli.Commands;

/// <summary><c>cbss consent</c>: what a person agreed to.</summary>
internal static class ConsentCommands
{
    /// <summary>Makes the command.</summary>
    public static Command Create(GlobalOptions globals) =>
        new CbssCommand("consent", "What a person agreed to share, with whom, for what and until when.")
        {
            Record(globals), ShowNewest(globals),
        };

    private static CbssCommand Record(GlobalOptions globals)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "A consent record in JSON (samples/README.md); - is stdin.",
        };
        var caseId = new Option<string>("--case")
        {
            Description = "The case of which this is a new version. Without it a new case is opened.",
            HelpName = "CASE",
        };
        var command = new CbssCommand(
            "record",
            "Records a consent, or a new version of one. Nothing leaves this node; what waits to leave and "
                + "is no longer covered is taken back.",
            "cbss consent record consent.json",
            "cbss consent record consent-2.json --case 0a1b2c")
        {
            file, caseId,
        };
        command.DoesAtDesk(globals, "The consent was not recorded.", async (parsed, _, desk, stop) =>
        {
            var consent = CaseworkJson.ReadFile<ConsentRecord>(parsed.GetRequiredValue(file));
            if (!consent.TryGet(out var record, out var refusal))
            {
                return refusal;
            }

            var request = new RecordConsentRequest { Consent = record };
            if (parsed.GetValue(caseId) is { } text)
            {
                var whole = await ShortId.OfCaseAsync(desk, text, stop).ConfigureAwait(false);
                if (!whole.TryGet(out var id, out refusal))
                {
                    return refusal;
                }

                request.CaseId = id;
            }

            var recorded = await desk.CallAsync((client, options) => client.RecordConsentAsync(request, options), stop)
                .ConfigureAwait(false);
            return recorded.Then<Report>(done =>
                Report.Of(done, TextOf(done)) with
                {
                    Essential = done.CaseId,
                });
        });
        return command;
    }

    private static string TextOf(RecordConsentResponse done)
    {
        var recorded = $"Consent version {done.Version} was recorded for case {done.CaseId}.";
        return done.LeftCount == 0
            ? recorded
            : recorded + $" {done.LeftCount} packet(s) that it no longer covers may have left already and cannot be "
                + "called back: see `cbss outbox list`, and telephone the recipient.";
    }

    private static CbssCommand ShowNewest(GlobalOptions globals)
    {
        var caseId = new Argument<string>("CASE") { Description = "The case; the first 6 digits or more will do." };
        var command = new CbssCommand(
            "show", "Shows the newest version of a case's consent. Every call is logged.", "cbss consent show 0a1b2c")
        {
            caseId,
        };
        command.DoesAtDesk(globals, "The consent was not shown.", async (parsed, _, desk, stop) =>
        {
            var whole = await ShortId.OfCaseAsync(desk, parsed.GetRequiredValue(caseId), stop).ConfigureAwait(false);
            if (!whole.TryGet(out var id, out var refusal))
            {
                return refusal;
            }

            var request = new ShowConsentRequest { CaseId = id };
            var shown = await desk.CallAsync((client, options) => client.ShowConsentAsync(request, options), stop)
                .ConfigureAwait(false);
            return shown.Then<Report>(answer =>
                Report.Of(answer, CaseworkJson.Write(answer.Consent ?? new ConsentRecord(), indented: true)));
        });
        return command;
    }
}
