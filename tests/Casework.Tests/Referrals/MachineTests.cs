using CbssReturn.Casework.Referrals;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Tests.Referrals;

/// <summary>The life of a referral (docs/spec/casework.md, section 9), as a whole: every state against every event,
/// held to the table that lies beside this file.</summary>
public sealed class MachineTests
{
    private static readonly ReferralState[] States =
        [.. Enum.GetValues<ReferralState>().Where(state => state != ReferralState.Unspecified)];

    private static readonly ConversationRole[] Roles = [ConversationRole.Origin, ConversationRole.Receiver];

    [Fact]
    public void Machine_EveryStateAndEvent_IsTheTable()
    {
        var lines = new List<string>();
        foreach (var role in Roles)
        {
            foreach (var state in States)
            {
                foreach (var (name, kind, answer) in Answers.All)
                {
                    Add(lines, $"{role} {state} sends {name}", ReferralMachine.OnSent(state, role, kind, answer));
                    Add(lines, $"{role} {state} gets {name}", ReferralMachine.OnReceived(state, role, kind, answer));
                }
            }
        }

        var expected = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Referrals", "referral-machine.txt"))
            .Where(line => line.Length > 0 && line[0] != '#');
        Assert.Equal(expected, lines);
    }

    [Theory]
    [InlineData(ConversationRole.Origin)]
    [InlineData(ConversationRole.Receiver)]
    public void Machine_WithoutAcceptance_NoPathLeadsToMovement(ConversationRole role)
    {
        var reached = Reach(role, throughAcceptance: false);

        Assert.DoesNotContain(ReferralState.MovementSent, reached);
        Assert.DoesNotContain(ReferralState.PickupConfirmed, reached);
        Assert.DoesNotContain(ReferralState.PickupStoodDown, reached);
        Assert.DoesNotContain(ReferralState.Arrived, reached);
    }

    [Theory]
    [InlineData(ConversationRole.Origin)]
    [InlineData(ConversationRole.Receiver)]
    public void Machine_WithAcceptance_EveryStateOfItsEndIsReached(ConversationRole role)
    {
        // A receiver never waits for its own delivery.
        ReferralState[] notHere = role == ConversationRole.Receiver
            ? [ReferralState.Submitted, ReferralState.Undelivered, ReferralState.Refused]
            : [];

        Assert.Equal(States.Except(notHere).Order(), Reach(role, throughAcceptance: true).Order());
    }

    [Fact]
    public void Machine_MovementBeforeAcceptance_HasItsOwnCode() => Assert.All(
        new[]
        {
            ReferralState.Draft, ReferralState.EnquirySent, ReferralState.EnquiryAnswered, ReferralState.Submitted,
            ReferralState.Delivered, ReferralState.Undelivered, ReferralState.Acknowledged, ReferralState.Declined,
            ReferralState.Redirected,
        },
        state =>
        {
            foreach (var kind in new[] { MessageKind.MovementDetails, MessageKind.MovementChange })
            {
                Expect.Refusal(
                    RefusalCode.MovementBeforeAcceptance,
                    null,
                    ReferralMachine.OnSent(state, ConversationRole.Origin, kind, null));
                Expect.Refusal(
                    RefusalCode.MovementBeforeAcceptance,
                    null,
                    ReferralMachine.OnReceived(state, ConversationRole.Receiver, kind, null));
            }
        });

    [Fact]
    public void Machine_AnswerOfAnotherKind_Refused()
    {
        foreach (var (_, kind, _) in Answers.All)
        {
            foreach (var answer in Answers.All.Select(other => other.Answer).Where(other => other is not null))
            {
                if (answer!.Kind == kind) // not null: filtered
                {
                    continue;
                }

                var sender = ReferralMachine.MaySend(ConversationRole.Origin, kind)
                    ? ConversationRole.Origin
                    : ConversationRole.Receiver;
                Expect.Refusal(
                    RefusalCode.AnswerDoesNotFit,
                    null,
                    ReferralMachine.OnSent(ReferralState.Acknowledged, sender, kind, answer));
            }
        }
    }

    [Fact]
    public void Machine_KindsOfTheOtherEnd_Refused()
    {
        foreach (var (_, kind, answer) in Answers.All)
        {
            foreach (var role in Roles.Where(role => !ReferralMachine.MaySend(role, kind)))
            {
                Assert.All(States, state => Expect.Refusal(
                    RefusalCode.StateForbids, null, ReferralMachine.OnSent(state, role, kind, answer)));
            }
        }

        Assert.False(ReferralMachine.MaySend(ConversationRole.Unspecified, MessageKind.DocumentReport));
        Assert.False(ReferralMachine.MaySend(ConversationRole.Origin, (MessageKind)99));
    }

    [Fact]
    public void MayOpen_AnyKind_OnlyTheFirstOfAConversation() => Assert.Equal(
        [MessageKind.Enquiry, MessageKind.ReferralSubmit, MessageKind.Cancel],
        Enum.GetValues<MessageKind>().Where(ReferralMachine.MayOpen));

    [Theory]
    [InlineData(ReferralState.Submitted, MessageKind.ReferralSubmit, ReferralState.Delivered)]
    [InlineData(ReferralState.Undelivered, MessageKind.ReferralSubmit, ReferralState.Delivered)]
    [InlineData(ReferralState.Undelivered, MessageKind.Enquiry, ReferralState.EnquirySent)]
    [InlineData(ReferralState.Acknowledged, MessageKind.ReferralSubmit, ReferralState.Acknowledged)]
    [InlineData(ReferralState.MovementSent, MessageKind.MovementDetails, ReferralState.MovementSent)]
    [InlineData(ReferralState.Cancelled, MessageKind.ReferralSubmit, ReferralState.Cancelled)]
    public void OnDelivered_ByKind_OnlyTheReferralMoves(ReferralState state, MessageKind kind, ReferralState next) =>
        Assert.Equal(next, ReferralMachine.OnDelivered(state, kind));

    [Theory]
    [InlineData(ReferralState.Submitted, MessageKind.ReferralSubmit, true)]
    [InlineData(ReferralState.EnquirySent, MessageKind.Enquiry, true)]
    [InlineData(ReferralState.Acknowledged, MessageKind.ReferralSubmit, false)]
    [InlineData(ReferralState.MovementSent, MessageKind.MovementDetails, false)]
    public void OnFailure_ByKind_OnlyTheFirstPacketMoves(ReferralState state, MessageKind kind, bool moves)
    {
        Assert.Equal(moves ? ReferralState.Undelivered : state, ReferralMachine.OnUndelivered(state, kind));
        Assert.Equal(moves ? ReferralState.Refused : state, ReferralMachine.OnRefused(state, kind));
        Assert.Equal(moves ? ReferralState.Draft : state, ReferralMachine.OnTakenBack(state, kind));
    }

    [Theory]
    [InlineData(MessageKind.ReferralSubmit, ReferralState.Submitted)]
    [InlineData(MessageKind.Enquiry, ReferralState.EnquirySent)]
    [InlineData(MessageKind.Cancel, ReferralState.Undelivered)]
    public void OnRetried_Undelivered_IsOnItsWayAgain(MessageKind kind, ReferralState next)
    {
        Assert.Equal(next, ReferralMachine.OnRetried(ReferralState.Undelivered, kind));
        Assert.Equal(ReferralState.Accepted, ReferralMachine.OnRetried(ReferralState.Accepted, kind));
    }

    private static HashSet<ReferralState> Reach(ConversationRole role, bool throughAcceptance)
    {
        var reached = new HashSet<ReferralState> { ReferralState.Draft };
        var open = new Queue<ReferralState>(reached);
        while (open.TryDequeue(out var state))
        {
            foreach (var next in Steps(state, role))
            {
                var isAcceptance = next is ReferralState.Accepted or ReferralState.PartlyAccepted;
                if ((throughAcceptance || !isAcceptance) && reached.Add(next))
                {
                    open.Enqueue(next);
                }
            }
        }

        return reached;
    }

    private static IEnumerable<ReferralState> Steps(ReferralState state, ConversationRole role)
    {
        foreach (var (_, kind, answer) in Answers.All)
        {
            if (ReferralMachine.OnSent(state, role, kind, answer).TryGet(out var sent, out _))
            {
                yield return sent;
            }

            if (ReferralMachine.OnReceived(state, role, kind, answer).TryGet(out var received, out _))
            {
                yield return received;
            }

            if (role == ConversationRole.Origin && ReferralMachine.MaySend(role, kind))
            {
                yield return ReferralMachine.OnDelivered(state, kind);
                yield return ReferralMachine.OnUndelivered(state, kind);
                yield return ReferralMachine.OnRefused(state, kind);
                yield return ReferralMachine.OnRetried(state, kind);
                yield return ReferralMachine.OnTakenBack(state, kind);
            }
        }
    }

    private static void Add(List<string> lines, string question, Result<ReferralState> result)
    {
        if (result.IsOk)
        {
            lines.Add($"{question} -> {result.Value}");
        }
    }
}
