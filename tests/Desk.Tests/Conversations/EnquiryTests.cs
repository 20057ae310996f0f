using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Desk.Users;
using CbssReturn.Outcomes;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Tests.Conversations;

/// <summary>Enquiries: a question without a person, which a focal point may put and answer as well.</summary>
public sealed class EnquiryTests : IAsyncLifetime
{
    private TestNetwork _network = null!;  // set before any test runs

    private TestNode Receiver => _network.Receiver;

    private TestNode Origin => _network.Origin;

    public async Task InitializeAsync() => _network = await TestNetwork.StartAsync();

    public async Task DisposeAsync() => await _network.DisposeAsync();

    [Fact]
    public async Task Enquiry_ToAFocalPoint_IsAnsweredByItsPeople()
    {
        _network.Change(Receiver, entry => entry with { Kind = NodeKind.FocalPoint });
        var here = await AskAsync();
        var there = (await Receiver.NewestAsync()).ReferralId;

        Assert.Equal(Answers.Question, (await Receiver.ShowAsync(there)).File.Packets[0].Answer);
        var answered = await Receiver.Services.Answer.SendAsync(
            Receiver.Act(Role.FocalPoint), there, Answers.Can.Value, default);
        await _network.CarryAllAsync();

        Assert.True(answered.IsOk);
        Assert.Equal(ReferralState.EnquiryAnswered, await Origin.StateOfAsync(here));
        Assert.Equal(ReferralState.EnquiryAnswered, await Receiver.StateOfAsync(there));
    }

    [Fact]
    public async Task Enquiry_WithoutACase_HoldsNothingToOpen()
    {
        var here = await AskAsync();
        var there = (await Receiver.NewestAsync()).ReferralId;

        Assert.Equal(RefusalCode.NotFound, (await Origin.OpenAsync(here, Category.Services)).Refusal.Code);
        Assert.Equal(RefusalCode.GrantMissing, (await Receiver.OpenAsync(there, Category.Services)).Refusal.Code);
    }

    [Fact]
    public async Task Enquiry_AnsweredByTheOneWhoAsked_IsRefused()
    {
        var here = await AskAsync();

        Assert.Equal(RefusalCode.StateForbids, (await Origin.AnswerAsync(here, Answers.Can)).Refusal.Code);
    }

    [Fact]
    public async Task Enquiry_AnsweredTwice_IsRefusedTheSecondTime()
    {
        await AskAsync();
        var there = (await Receiver.NewestAsync()).ReferralId;

        Assert.True((await Receiver.AnswerAsync(there, Answers.Can)).IsOk);
        Assert.Equal(RefusalCode.StateForbids, (await Receiver.AnswerAsync(there, Answers.Can)).Refusal.Code);
    }

    [Fact]
    public async Task Enquiry_Ended_TellsAFocalPointNoMoreThanTheEnquiryDid()
    {
        _network.Change(Receiver, entry => entry with { Kind = NodeKind.FocalPoint });
        var here = await AskAsync();

        Assert.True((await Origin.AnswerAsync(here, Answers.Cancelled)).IsOk);
        await _network.CarryAllAsync();

        Assert.Equal(ReferralState.Cancelled, (await Receiver.NewestAsync()).State);
    }

    [Fact]
    public async Task Draft_EnquiryWithoutItsQuestionOrReferralWithOne_IsRefused()
    {
        var caseId = await _network.AgreeAsync([Receiver.Grant(Category.Services)]);

        var empty = await _network.DraftAsync(
            Story.Draft(null, Receiver.Id) with { Stage = DisclosureStage.Enquiry });
        var both = await _network.DraftAsync(Story.Draft(caseId, Receiver.Id) with { Enquiry = Answers.Question });
        var without = await _network.DraftAsync(Story.Draft(null, Receiver.Id));

        Assert.Equal(RefusalCode.FieldMissing, empty.Refusal.Code);
        Assert.Equal(RefusalCode.StageDoesNotFit, both.Refusal.Code);
        Assert.Equal((RefusalCode.FieldMissing, "draft.case_id"), (without.Refusal.Code, without.Refusal.Field));
    }

    private async Task<RowId> AskAsync()
    {
        var drafted = await _network.DraftAsync(Story.Draft(null, Receiver.Id) with
        {
            Stage = DisclosureStage.Enquiry,
            Enquiry = Answers.Question,
        });
        Assert.True((await _network.SendAsync(drafted.Value.ReferralId)).IsOk);
        await _network.CarryAllAsync();
        return drafted.Value.ReferralId;
    }
}
