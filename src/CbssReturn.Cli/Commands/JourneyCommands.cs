using System.CommandLine;
using CbssReturn.Cli.Desk;
using CbssReturn.Cli.Json;
using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Contracts.Packet.V1;
using CbssReturn.Outcomes;
using RefusalCode = CbssReturn.Outcomes.RefusalCode;

namespace CbssReturn.Cli.Commands;

/// <summary><c>cbss journey</c>: place and time, pickup and arrival.</summary>
internal static class JourneyCommands
{
    private const int SecondsInMinute = 60;

    /// <summary>Makes the command.</summary>
    public static Command Create(GlobalOptions globals) =>
        new CbssCommand("journey", "Place and time of travel, pickup and arrival.")
        {
            Plan(globals), Confirm(globals), Arrived(globals),
        };

    private static CbssCommand Plan(GlobalOptions globals)
    {
        var id = ReferralCommands.ReferralArgument();
        var file = new Argument<string?>("FILE")
        {
            Description = "A movement section in JSON (samples/README.md); - is stdin. Without it the newest one is"
                + " sent.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new CbssCommand(
            "plan",
            "Sends place and time of travel to a recipient that has accepted, or a newer version of it.",
            "cbss journey plan 0a1b2c movement.json")
        {
            id, file,
        };
        var sending = new Sending(command);
        command.DoesAtDesk(globals, "The journey was not sent.", async (parsed, session, desk, stop) =>
        {
            var whole = await ShortId.OfReferralAsync(desk, parsed.GetRequiredValue(id), stop).ConfigureAwait(false);
            var made = whole.Then(referral => Request(referral, parsed.GetValue(file)));
            if (!made.TryGet(out var request, out var refusal))
            {
                return refusal;
            }

            var sent = await desk.CallAsync((client, options) => client.SendMovementAsync(request, options), stop)
                .ConfigureAwait(false);
            return sent.TryGet(out var done, out refusal)
                ? await sending.WatchAsync(parsed, session, desk, done.OutboxId, done, stop).ConfigureAwait(false)
                : refusal;
        });
        return command;
    }

    private static Result<SendMovementRequest> Request(string referral, string? path) => path is null
        ? new SendMovementRequest { ReferralId = referral }
        : CaseworkJson.ReadFile<MovementSection>(path).Then<SendMovementRequest>(movement =>
            new SendMovementRequest { ReferralId = referral, Section = new Section { Movement = movement } });

    private static CbssCommand Confirm(GlobalOptions globals)
    {
        var version = new Option<uint>("--version-seen")
        {
            Description = "Version of the movement section that is answered, as cbss referral show tells it.",
            HelpName = "NUMBER",
            Required = true,
        };
        var lead = ReferralCommands.LeadOption();
        var deputy = ReferralCommands.DeputyOption();
        var cannot = new Option<bool>("--cannot") { Description = "Nobody can be there; the sender is to call." };
        var standDown = new Option<bool>("--stood-down")
        {
            Description = "The person wants no pickup: nobody waits, also not in secret.",
        };
        return new CbssCommand(
            "confirm",
            "Answers a pickup: who will be there, that nobody can, or that nobody waits because the person wants none.",
            "cbss journey confirm 0a1b2c --version-seen 1 --lead night-desk.1 --deputy night-desk.2",
            "cbss journey confirm 0a1b2c --version-seen 1 --stood-down")
        {
            version, lead, deputy, cannot, standDown,
        }.SendsAnswer(globals, "The pickup was not answered.", parsed =>
        {
            var answer = new PickupAnswer
            {
                MovementVersion = parsed.GetRequiredValue(version),
                LeadAlias = parsed.GetValue(lead) ?? "",
                DeputyAlias = parsed.GetValue(deputy) ?? "",
            };
            var verdict = (parsed.GetValue(cannot), parsed.GetValue(standDown)) switch
            {
                (false, false) => PickupVerdict.Confirmed,
                (true, false) => PickupVerdict.Cannot,
                (false, true) => PickupVerdict.StoodDown,
                (true, true) => PickupVerdict.Unspecified,
            };
            answer.Verdict = verdict;
            return verdict == PickupVerdict.Unspecified
                ? new Refusal(RefusalCode.ValueTwice, "Only one of --cannot and --stood-down may stand here.")
                : new Answer { PickupAnswer = answer };
        });
    }

    private static CbssCommand Arrived(GlobalOptions globals)
    {
        var outcome = new CodeOption<ArrivalOutcome>("--outcome", PacketCodes.ArrivalOutcomes, "How it went")
        {
            Required = true,
        };
        var at = new MomentOption("--at", "When, to the minute; now when left out");
        return new CbssCommand(
            "arrived",
            "Tells the other side how an arrival went.",
            "cbss journey arrived 0a1b2c --outcome MET",
            "cbss journey arrived 0a1b2c --outcome NO_SHOW --at 2026-03-01T10:00:00Z")
        {
            outcome, at,
        }.SendsAnswer(globals, "The arrival was not reported.", (parsed, session, _, _) => Task.FromResult(
            outcome.Read(parsed).Then(how => at.Read(parsed).Then<Answer>(seconds =>
            {
                var observed = seconds == 0 ? (ulong)session.Clock.GetUtcNow().ToUnixTimeSeconds() : seconds;
                return new Answer
                {
                    ArrivalReport = new ArrivalReport
                    {
                        Outcome = how,
                        ObservedAt = observed - observed % SecondsInMinute,
                    },
                };
            }))));
    }
}
