using System.CommandLine;
using CbssReturn.Cli.Desk;
using CbssReturn.Cli.Json;
using CbssReturn.Cli.Output;
using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Cli.Commands;

/// <summary><c>cbss referral</c>: what goes to other organisations and comes from them.</summary>
internal static partial class ReferralCommands
{
    /// <summary>Makes the command.</summary>
    public static Command Create(GlobalOptions globals) =>
        new CbssCommand("referral", "Referrals and enquiries: what goes to other organisations and comes from them.")
        {
            New(globals), Send(globals), List(globals), ShowOne(globals), Open(globals), Answers(globals),
            Acknowledge(globals), Accept(globals), Decline(globals), Redirect(globals), Cancel(globals),
        };

    /// <summary>The argument that names a referral.</summary>
    internal static Argument<string> ReferralArgument() =>
        new("REFERRAL") { Description = "The referral's id on this node; the first 6 digits or more will do." };

    private static CbssCommand New(GlobalOptions globals)
    {
        var file = new Argument<string>("FILE") { Description = "A draft in JSON (samples/README.md); - is stdin." };
        var command = new CbssCommand(
            "new",
            "Saves sections and drafts a referral or enquiry. Nothing leaves this node; the answer says what this one"
                + " recipient would see, and what stays here and why.",
            "cbss referral new draft.json")
        {
            file,
        };
        command.DoesAtDesk(globals, "The referral was not drafted.", async (parsed, _, desk, stop) =>
        {
            var read = CaseworkJson.ReadFile<ReferralDraft>(parsed.GetRequiredValue(file));
            if (!read.TryGet(out var draft, out var refusal))
            {
                return refusal;
            }

            var request = new CreateReferralRequest { Draft = draft };
            var created = await desk.CallAsync((client, options) => client.CreateReferralAsync(request, options), stop)
                .ConfigureAwait(false);
            return created.Then<Report>(answer => Report.Of(
                answer,
                [
                    $"Draft {answer.ReferralId}. Nothing has left this node.",
                    .. answer.Included.Select(
                        choice => $"  would go: {Category(choice.Category)} for {Purpose(choice.Purpose)}"),
                    .. answer.Withheld.Select(
                        section => $"  stays here: {Category(section.Category)} ({section.Code})"),
                ]) with
            {
                Essential = answer.ReferralId,
            });
        });
        return command;
    }

    private static CbssCommand Send(GlobalOptions globals)
    {
        var id = ReferralArgument();
        var command = new CbssCommand(
            "send",
            "Seals a draft for its one recipient and puts it into the outbox.",
            "cbss referral send 0a1b2c",
            "cbss referral send 0a1b2c --wait 0")
        {
            id,
        };
        var sending = new Sending(command);
        command.DoesAtDesk(globals, "The referral was not sent.", async (parsed, session, desk, stop) =>
        {
            var whole = await ShortId.OfReferralAsync(desk, parsed.GetRequiredValue(id), stop).ConfigureAwait(false);
            if (!whole.TryGet(out var referral, out var refusal))
            {
                return refusal;
            }

            var request = new SendReferralRequest { ReferralId = referral };
            var sent = await desk.CallAsync((client, options) => client.SendReferralAsync(request, options), stop)
                .ConfigureAwait(false);
            return sent.TryGet(out var answer, out refusal)
                ? await sending.WatchAsync(parsed, session, desk, answer.OutboxId, answer, stop).ConfigureAwait(false)
                : refusal;
        });
        return command;
    }

    private static CbssCommand List(GlobalOptions globals)
    {
        var caseId = new Option<string>("--case") { Description = "Only those of this case.", HelpName = "CASE" };
        var command = new CbssCommand(
            "list",
            "Lists referrals, newest first, without content.",
            "cbss referral list",
            "cbss referral list --json")
        {
            caseId,
        };
        command.DoesAtDesk(globals, "The referrals were not listed.", async (parsed, _, desk, stop) =>
        {
            var request = new ListReferralsRequest();
            if (parsed.GetValue(caseId) is { } text)
            {
                var whole = await ShortId.OfCaseAsync(desk, text, stop).ConfigureAwait(false);
                if (!whole.TryGet(out var id, out var refusal))
                {
                    return refusal;
                }

                request.CaseId = id;
            }

            var listed = await desk.CallAsync((client, options) => client.ListReferralsAsync(request, options), stop)
                .ConfigureAwait(false);
            return listed.Then<Report>(list => Report.Of(list) with
            {
                Grid = new Grid(
                    ["Referral", "Alias", "Way", "Peer", "State", "Priority", "Answer by", "Changed"],
                    [.. list.Referrals.Select(Row)],
                    "There is no referral."),
            });
        });
        return command;
    }

    private static CbssCommand ShowOne(GlobalOptions globals)
    {
        var id = ReferralArgument();
        var command = new CbssCommand(
            "show",
            "Shows a referral's state, packets and coded answers. No section is opened.",
            "cbss referral show 0a1b2c")
        {
            id,
        };
        command.DoesAtDesk(globals, "The referral was not shown.", async (parsed, _, desk, stop) =>
        {
            var whole = await ShortId.OfReferralAsync(desk, parsed.GetRequiredValue(id), stop).ConfigureAwait(false);
            if (!whole.TryGet(out var referral, out var refusal))
            {
                return refusal;
            }

            var request = new ShowReferralRequest { ReferralId = referral };
            var shown = await desk.CallAsync((client, options) => client.ShowReferralAsync(request, options), stop)
                .ConfigureAwait(false);
            return shown.Then<Report>(answer => Report.Of(answer, [.. Lines(answer)]));
        });
        return command;
    }

    private static CbssCommand Open(GlobalOptions globals)
    {
        var id = ReferralArgument();
        var category = new CodeOption<Category>("--category", PacketCodes.Categories, "Which section")
        {
            Required = true,
        };
        var purpose = new CodeOption<Purpose>("--purpose", PacketCodes.Purposes, "Why it is opened")
        {
            Required = true,
        };
        var command = new CbssCommand(
            "open",
            "Opens one section for a purpose. Every call is logged, also one that is refused.",
            "cbss referral open 0a1b2c --category SERVICES --purpose SHELTER")
        {
            id, category, purpose,
        };
        command.DoesAtDesk(globals, "The section was not opened.", async (parsed, _, desk, stop) =>
        {
            var whole = await ShortId.OfReferralAsync(desk, parsed.GetRequiredValue(id), stop).ConfigureAwait(false);
            var asked = whole.Then(referral => category.Read(parsed).Then(wanted =>
                purpose.Read(parsed).Then<OpenSectionRequest>(reason =>
                    new OpenSectionRequest { ReferralId = referral, Category = wanted, Purpose = reason })));
            if (!asked.TryGet(out var request, out var refusal))
            {
                return refusal;
            }

            var opened = await desk.CallAsync((client, options) => client.OpenSectionAsync(request, options), stop)
                .ConfigureAwait(false);
            return opened.Then<Report>(answer => Report.Of(answer, CaseworkJson.Write(answer, indented: true)));
        });
        return command;
    }

    private static IEnumerable<string> Lines(ShowReferralResponse answer)
    {
        var summary = answer.Summary ?? new ReferralSummary();
        yield return $"{summary.ReferralId}  {summary.CaseAlias}  {summary.State}";
        yield return $"  {(summary.Incoming ? "from" : "to")} {summary.Peer}, "
            + $"priority {Show.Code(PacketCodes.Priorities, summary.Priority)}, "
            + $"answer by {Show.Moment(summary.RespondBy)}";
        if (summary.Missing > 0)
        {
            yield return $"  {summary.Missing} packet(s) before the newest one have not arrived yet.";
        }

        foreach (var packet in answer.Packets)
        {
            var coded = packet.Answer is null ? "" : "  " + CaseworkJson.Write(packet.Answer);
            yield return $"  {(packet.Incoming ? "<-" : "->")} {Show.Moment(packet.At)} "
                + $"{Show.Code(PacketCodes.MessageKinds, packet.Kind)} {packet.State}{coded}";
            if (packet.Receipt is { } receipt)
            {
                yield return $"     packet {packet.PacketId}";
                yield return $"     receipt {ReceiptText.Of(receipt)}";
            }
        }

        foreach (var section in answer.Sections)
        {
            yield return $"  section {Category(section.Category)} for {Purpose(section.Purpose)}, version "
                + $"{section.Version}, until {Show.Moment(section.ExpiresAt)}";
        }
    }

    private static IReadOnlyList<string> Row(ReferralSummary referral) =>
    [
        referral.ReferralId, Show.Text(referral.CaseAlias), referral.Incoming ? "in" : "out", referral.Peer,
        referral.State, Show.Code(PacketCodes.Priorities, referral.Priority), Show.Moment(referral.RespondBy),
        Show.Moment(referral.UpdatedAt),
    ];

    private static string Category(Category category) => Show.Code(PacketCodes.Categories, category);

    private static string Purpose(Purpose purpose) => Show.Code(PacketCodes.Purposes, purpose);
}
