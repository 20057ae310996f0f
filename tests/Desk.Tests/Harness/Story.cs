using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Referrals;
using CbssReturn.Exchange.Mapping;
using CbssReturn.Exchange.Tests.Samples;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using Google.Protobuf;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Desk.Tests.Harness;

/// <summary>What tests have people do, most of them without a thought: a person agrees, a referral goes out and is
/// taken in, accepted, and a journey told.</summary>
internal static class Story
{
    public static RecipientId AsRecipient(this TestNode node) => RecipientId.FromBytes(node.Id.ToArray()).Value;

    public static GrantTerms Grant(this TestNode recipient, Category category) =>
        Consents.Grant(recipient.AsRecipient(), category);

    public static RecordedSection Recorded(Wire.Section section) => new(
        SectionMapper.FromWire(section, TestNetwork.Start, SectionSource.Written).Value, section.ToByteArray());

    /// <summary>Records a consent, for a new case unless one is named.</summary>
    public static async Task<RowId> AgreeAsync(
        this TestNetwork network,
        IEnumerable<GrantTerms> grants,
        RowId? caseId = null,
        Func<ConsentTerms, ConsentTerms>? edit = null)
    {
        var terms = Consents.Terms(network.Now, grants);
        var recorded = await network.Origin.Services.Consents.RecordAsync(
            network.Origin.Caseworker, caseId, edit?.Invoke(terms) ?? terms, default);
        return recorded.Value.CaseId;
    }

    public static ReferralDraft Draft(
        RowId? caseId, NodeId recipient, params IReadOnlyList<Wire.Section> sections) => new()
        {
            CaseId = caseId,
            Recipient = recipient,
            Stage = DisclosureStage.Referral,
            Priority = Priority.Normal,
            Sections = [.. sections.Select(Recorded)],
        };

    public static Task<Result<DraftedReferral>> DraftAsync(this TestNetwork network, ReferralDraft draft) =>
        network.Origin.Services.Draft.DraftAsync(network.Origin.Caseworker, draft, default);

    public static Task<Result<RowId>> SendAsync(this TestNetwork network, RowId referral) =>
        network.Origin.Services.Send.SendAsync(network.Origin.Caseworker, referral, default);

    public static Task<Result<SentMovement>> MoveAsync(
        this TestNetwork network, RowId referral, Wire.Section? section = null) =>
        network.Origin.Services.Movement.SendAsync(
            network.Origin.Caseworker, referral, section is null ? null : Recorded(section), default);

    public static Task<Result<RowId>> AnswerAsync(this TestNode node, RowId referral, Result<CodedAnswer> answer) =>
        node.Services.Answer.SendAsync(node.Caseworker, referral, answer.Value, default);

    public static Task<Result<SectionView>> OpenAsync(
        this TestNode node, RowId referral, Category category, Purpose? purpose = null) => node.Services.Open.OpenAsync(
            node.Caseworker, referral, category, purpose ?? Consents.PurposeOf(category), default);

    /// <summary>Has a referral with services queued at the origin for the receiver, with grants for these categories.
    /// </summary>
    public static async Task<Referral> QueueAsync(this TestNetwork network, params Category[] alsoGranted)
    {
        var categories = alsoGranted.Prepend(Category.Services).Distinct();
        var caseId = await network.AgreeAsync(categories.Select(network.Receiver.Grant));
        var drafted = await network.DraftAsync(Draft(caseId, network.Receiver.Id, WireSections.Services()));
        var row = await network.SendAsync(drafted.Value.ReferralId);
        return new Referral(caseId, drafted.Value.ReferralId, row.Value, default);
    }

    /// <summary>As <see cref="QueueAsync"/>, and it arrives.</summary>
    public static async Task<Referral> DeliverAsync(this TestNetwork network, params Category[] alsoGranted)
    {
        var queued = await network.QueueAsync(alsoGranted);
        await network.CarryAllAsync();
        return queued with { There = (await network.Receiver.NewestAsync()).ReferralId };
    }

    /// <summary>As <see cref="DeliverAsync"/>, and the receiver accepts.</summary>
    public static async Task<Referral> AcceptAsync(this TestNetwork network, params Category[] alsoGranted)
    {
        var referral = await network.DeliverAsync(alsoGranted);
        Assert.True((await network.Receiver.AnswerAsync(referral.There, Answers.Accepted)).IsOk);
        await network.CarryAllAsync();
        return referral;
    }

    public static async Task<Conversation> NewestAsync(this TestNode node) =>
        (await node.Services.List.ListAsync(node.Caseworker, null, default)).Value[0];

    public static async Task<Conversation> ShowAsync(this TestNode node, RowId referral) =>
        (await node.Services.Show.ShowAsync(node.Caseworker, referral, default)).Value.Conversation;

    public static async Task<ReferralState> StateOfAsync(this TestNode node, RowId referral) =>
        (await node.ShowAsync(referral)).State;
}
