using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Contracts.Packet.V1;
using CbssReturn.Desk.Referrals;
using CbssReturn.Exchange.Mapping;
using Grpc.Core;
using Category = CbssReturn.Casework.Common.Category;
using Purpose = CbssReturn.Casework.Common.Purpose;
using RefusalCode = CbssReturn.Outcomes.RefusalCode;

namespace CbssReturn.Node.Endpoints;

/// <summary>The calls about referrals.</summary>
internal sealed partial class DeskEndpoint
{
    /// <inheritdoc/>
    public override async Task<CreateReferralResponse> CreateReferral(
        CreateReferralRequest request, ServerCallContext context)
    {
        var actor = ActorOf(context);
        if (!DeskForm.Draft(request.Draft, services.Node.Now).TryGet(out var draft, out var refusal))
        {
            // What says that the person may be under 18 is not recorded, but it stops the case for good.
            if (refusal.Code is RefusalCode.PossibleMinor
                && DeskForm.Id(request.Draft.CaseId, "draft.case_id").TryGet(out var caseId, out _))
            {
                refusal = await services.Draft.StopAsync(actor, caseId, context.CancellationToken);
            }

            throw RefusalStatus.ToRpcException(refusal);
        }

        var drafted = (await services.Draft.DraftAsync(actor, draft, context.CancellationToken)).OrThrow();
        return new CreateReferralResponse
        {
            ReferralId = drafted.ReferralId.ToString(),
            Included =
            {
                drafted.Included.Select(choice => new SectionChoice
                {
                    Category = (Contracts.Packet.V1.Category)choice.Category,
                    Purpose = (Contracts.Packet.V1.Purpose)choice.Purpose,
                }),
            },
            Withheld =
            {
                drafted.Withheld.Select(withheld => new WithheldSection
                {
                    Category = (Contracts.Packet.V1.Category)withheld.Category,
                    Code = DeskForm.CodeText(withheld.Code),
                }),
            },
        };
    }

    /// <inheritdoc/>
    public override async Task<SendReferralResponse> SendReferral(
        SendReferralRequest request, ServerCallContext context)
    {
        var id = DeskForm.Id(request.ReferralId, "referral_id").OrThrow();
        var row = (await services.Send.SendAsync(ActorOf(context), id, context.CancellationToken)).OrThrow();
        return new SendReferralResponse { OutboxId = row.ToString() };
    }

    /// <inheritdoc/>
    public override async Task<ListReferralsResponse> ListReferrals(
        ListReferralsRequest request, ServerCallContext context)
    {
        var caseId = DeskForm.OptionalId(request.CaseId, "case_id").OrThrow().Value;
        var found = (await services.List.ListAsync(ActorOf(context), caseId, context.CancellationToken)).OrThrow();
        return new ListReferralsResponse { Referrals = { found.Select(SummaryOf) } };
    }

    /// <inheritdoc/>
    public override async Task<ShowReferralResponse> ShowReferral(
        ShowReferralRequest request, ServerCallContext context)
    {
        var id = DeskForm.Id(request.ReferralId, "referral_id").OrThrow();
        var view = (await services.Show.ShowAsync(ActorOf(context), id, context.CancellationToken)).OrThrow();
        return new ShowReferralResponse
        {
            Summary = SummaryOf(view.Conversation),
            Packets = { view.Packets.Select(ToWire) },
            Sections =
            {
                view.Conversation.File.Sections.Select(section => new SectionSummary
                {
                    Category = (Contracts.Packet.V1.Category)section.Entry.Category,
                    Purpose = (Contracts.Packet.V1.Purpose)section.Entry.Purpose,
                    Version = section.Entry.Version,
                    ExpiresAt = DeskForm.Seconds(section.Entry.ExpiresAt),
                }),
            },
        };
    }

    /// <inheritdoc/>
    public override async Task<OpenSectionResponse> OpenSection(OpenSectionRequest request, ServerCallContext context)
    {
        var id = DeskForm.Id(request.ReferralId, "referral_id").OrThrow();
        var view = (await services.Open.OpenAsync(
            ActorOf(context), id, (Category)request.Category, (Purpose)request.Purpose, context.CancellationToken))
            .OrThrow();
        return new OpenSectionResponse
        {
            Section = SectionMapper.ToWire(view.Section.Content),
            Version = view.Version,
            HasNewerFields = view.Section.HasNewerFields,
            Warnings = { view.Warnings.Select(code => DeskForm.CodeText(code)) },
        };
    }

    /// <inheritdoc/>
    public override async Task<SendAnswerResponse> SendAnswer(SendAnswerRequest request, ServerCallContext context)
    {
        var id = DeskForm.Id(request.ReferralId, "referral_id").OrThrow();
        var answer = DeskForm.Answer(request.Answer).OrThrow();
        var row = (await services.Answer.SendAsync(ActorOf(context), id, answer, context.CancellationToken)).OrThrow();
        return new SendAnswerResponse { OutboxId = row.ToString() };
    }

    /// <inheritdoc/>
    public override async Task<SendMovementResponse> SendMovement(
        SendMovementRequest request, ServerCallContext context)
    {
        var id = DeskForm.Id(request.ReferralId, "referral_id").OrThrow();
        var section = request.Section is null
            ? null
            : DeskForm.Section(request.Section, services.Node.Now).OrThrow();
        var sent = (await services.Movement.SendAsync(ActorOf(context), id, section, context.CancellationToken))
            .OrThrow();
        return new SendMovementResponse { OutboxId = sent.OutboxId.ToString(), Version = sent.Version };
    }

    private static ReferralSummary SummaryOf(Conversation conversation)
    {
        var file = conversation.File;
        return new ReferralSummary
        {
            ReferralId = conversation.ReferralId.ToString(),
            CaseAlias = file.Alias.ToString(),
            Peer = file.Peer.ToString(),
            Incoming = conversation.Incoming,
            State = DeskForm.StateText(conversation.State),
            Priority = (Priority)file.Priority,
            RespondBy = DeskForm.Seconds(file.RespondBy),
            UpdatedAt = DeskForm.Seconds(conversation.UpdatedAt),
            CaseId = conversation.CaseId?.ToString() ?? string.Empty,
            Missing = (uint)file.Missing,
        };
    }

    private static PacketSummary ToWire(PacketView view)
    {
        var wire = new PacketSummary
        {
            Incoming = view.Record.Incoming,
            Kind = (MessageKind)view.Record.Kind,
            Sequence = view.Record.Sequence,
            At = DeskForm.Seconds(view.Record.At),
            State = view.State,
            PacketId = view.PacketId.ToString(),
        };
        if (view.Record.Answer is { } answer)
        {
            wire.Answer = AnswerMapper.ToWire(answer);
        }

        if (view.Receipt is { } receipt)
        {
            wire.Receipt = ToWire(receipt);
        }

        return wire;
    }
}
