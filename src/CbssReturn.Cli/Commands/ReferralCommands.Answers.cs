using System.CommandLine;
using CbssReturn.Cli.Desk;
using CbssReturn.Cli.Json;
using CbssReturn.Contracts.Packet.V1;
using CbssReturn.Outcomes;
using Google.Protobuf.Collections;
using RefusalCode = CbssReturn.Outcomes.RefusalCode;

namespace CbssReturn.Cli.Commands;

// The coded answers: what one side tells the other without any section.
internal static partial class ReferralCommands
{
    private static CbssCommand Answers(GlobalOptions globals)
    {
        var file = new Argument<string>("FILE") { Description = "An answer in JSON (samples/README.md); - is stdin." };
        return new CbssCommand(
            "answer",
            "Sends any coded answer, such as the answer to an enquiry.",
            "cbss referral answer 0a1b2c answer.json")
        {
            file,
        }.SendsAnswer(
            globals,
            "The answer was not sent.",
            parsed => CaseworkJson.ReadFile<Answer>(parsed.GetRequiredValue(file)));
    }

    private static CbssCommand Acknowledge(GlobalOptions globals)
    {
        var lead = LeadOption();
        var deputy = DeputyOption();
        lead.Required = deputy.Required = true;
        return new CbssCommand(
            "acknowledge",
            "Tells the sender that a person has seen the referral, and which two will answer for it.",
            "cbss referral acknowledge 0a1b2c --lead night-desk.1 --deputy night-desk.2")
        {
            lead, deputy,
        }.SendsAnswer(globals, "The referral was not acknowledged.", parsed => new Answer
        {
            Acknowledgement = new Acknowledgement
            {
                LeadAlias = parsed.GetRequiredValue(lead),
                DeputyAlias = parsed.GetRequiredValue(deputy),
            },
        });
    }

    private static CbssCommand Accept(GlobalOptions globals)
    {
        var until = new MomentOption("--until", "Until when the acceptance holds") { Required = true };
        var services = new Option<string[]>("--service")
        {
            Description = "The answer for one service asked for, as SAFE_ACCOMMODATION=OFFERED; repeat for each.",
            HelpName = "SERVICE=STATUS",
        };
        var partly = new Option<bool>("--partly") { Description = "Some of what was asked cannot be given." };
        return new CbssCommand(
            "accept",
            "Accepts a referral, all of it or partly.",
            "cbss referral accept 0a1b2c --until 2026-03-01T10:00:00Z",
            "cbss referral accept 0a1b2c --until 2026-03-01T10:00:00Z --partly --service LEGAL_AID=UNAVAILABLE")
        {
            until, services, partly,
        }.SendsAnswer(globals, "The referral was not accepted.", parsed =>
        {
            var decision = new Decision
            {
                Kind = parsed.GetValue(partly) ? DecisionKind.PartlyAccepted : DecisionKind.Accepted,
            };
            return until.Read(parsed)
                .Then(seconds =>
                    AddServices(decision.Services, parsed.GetValue(services) ?? []).Then<ulong>(_ => seconds))
                .Then<Answer>(seconds =>
                {
                    decision.ValidUntil = seconds;
                    return new Answer { Decision = decision };
                });
        });
    }

    private static CbssCommand Decline(GlobalOptions globals)
    {
        var code = new CodeOption<DeclineCode>("--code", PacketCodes.DeclineCodes, "Why not") { Required = true };
        var alternatives = new Option<string[]>("--alternative")
        {
            Description = "A node that may be able to; the first 6 digits or more will do. Repeat for more.",
            HelpName = "NODE",
        };
        var reconsider = new MomentOption("--reconsider-on", "When to ask again");
        var keep = new Option<bool>("--withhold-reason-from-person")
        {
            Description = "The sender must keep the reason from the person.",
        };
        var missing = new Option<string[]>("--missing")
        {
            Description = "With INCOMPLETE_INFORMATION: what is missing to decide, as a category. Repeat for more.",
            HelpName = "CATEGORY",
        };
        return new CbssCommand(
            "decline",
            "Declines a referral, with a code, so that the sender knows where to ask next.",
            "cbss referral decline 0a1b2c --code NO_CAPACITY",
            "cbss referral decline 0a1b2c --code TARGET_GROUP_GENDER --alternative 3c4d5e")
        {
            code, alternatives, reconsider, keep, missing,
        }.SendsAnswer(globals, "The referral was not declined.", async (parsed, _, desk, stop) =>
        {
            var decline = new Decline { WithholdReasonFromPerson = parsed.GetValue(keep) };
            foreach (var text in parsed.GetValue(missing) ?? [])
            {
                if (!CodeOption<Category>.Parse(PacketCodes.Categories, text, missing.Name)
                    .TryGet(out var category, out var refusal))
                {
                    return refusal;
                }

                decline.Missing.Add(category);
            }

            foreach (var text in parsed.GetValue(alternatives) ?? [])
            {
                var node = await ShortId.OfNodeAsync(desk, text, stop).ConfigureAwait(false);
                if (!node.TryGet(out var alternative, out var refusal))
                {
                    return refusal.Within("--alternative");
                }

                decline.Alternatives.Add(alternative);
            }

            return code.Read(parsed).Then(reason => reconsider.Read(parsed).Then<Answer>(seconds =>
            {
                (decline.Code, decline.ReconsiderOn) = (reason, seconds);
                return new Answer { Decision = new Decision { Kind = DecisionKind.Declined, Decline = decline } };
            }));
        });
    }

    private static CbssCommand Redirect(GlobalOptions globals)
    {
        var node = new Option<string>("--to")
        {
            Description = "The node to ask next; the first 6 digits or more will do. It sees nothing before a new"
                + " grant.",
            HelpName = "NODE",
            Required = true,
        };
        return new CbssCommand(
            "redirect", "Points the sender to another node.", "cbss referral redirect 0a1b2c --to 3c4d5e")
        {
            node,
        }.SendsAnswer(globals, "The referral was not redirected.", async (parsed, _, desk, stop) =>
            (await ShortId.OfNodeAsync(desk, parsed.GetRequiredValue(node), stop).ConfigureAwait(false))
            .Then<Answer>(other => new Answer
            {
                Decision = new Decision { Kind = DecisionKind.Redirected, RedirectTo = other },
            }));
    }

    private static CbssCommand Cancel(GlobalOptions globals)
    {
        var reason = new CodeOption<CancelReason>("--reason", PacketCodes.CancelReasons, "Why") { Required = true };
        return new CbssCommand(
            "cancel",
            "Ends a referral that this node sent. It acts at once when it arrives.",
            "cbss referral cancel 0a1b2c --reason SENDER_ERROR --yes")
        {
            reason,
        }.SendsAnswer(globals, "The referral was not cancelled.", (parsed, session, _, _) => Task.FromResult(
            reason.Read(parsed).Then(why =>
                Question.Ask(session, "A cancellation cannot be taken back.").Then<Answer>(_ => new Answer
                {
                    Cancellation = new Cancellation { Reason = why },
                }))));
    }

    /// <summary>The option for who leads.</summary>
    internal static Option<string> LeadOption() => new("--lead")
    {
        Description = "Staff alias of who leads.",
        HelpName = "ALIAS",
    };

    /// <summary>The option for the deputy.</summary>
    internal static Option<string> DeputyOption() => new("--deputy")
    {
        Description = "Staff alias of the deputy, who is another person.",
        HelpName = "ALIAS",
    };

    private static Result<Done> AddServices(RepeatedField<ServiceAnswer> services, IReadOnlyList<string> texts)
    {
        foreach (var text in texts)
        {
            var sides = text.Split('=');
            if (sides is not [var service, var status])
            {
                return new Refusal(
                    RefusalCode.FieldMalformed, "A service's answer is spelt SERVICE=STATUS.", "--service");
            }

            var kind = CodeOption<ServiceKind>.Parse(PacketCodes.ServiceKinds, service, "--service");
            var state = CodeOption<ServiceStatus>.Parse(PacketCodes.ServiceStatuses, status, "--service");
            if (!kind.TryGet(out var wanted, out var refusal) || !state.TryGet(out var answer, out refusal))
            {
                return refusal;
            }

            services.Add(new ServiceAnswer { Service = wanted, Status = answer });
        }

        return Done.Instance;
    }
}
