using CbssReturn.Storage.Changes;

namespace CbssReturn.Storage.Tests.Contract;

public abstract partial class NodeStoreContract
{
    [Fact]
    public async Task GetConversation_AfterPut_ReturnsTheRowByIdAndByIndex()
    {
        var row = Sample.Conversation();
        await StoreAssert.CommitsAsync(Store, new PutConversation(row, 0));

        StoreAssert.Same(row, await Store.GetConversationAsync(row.ReferralId, default));
        StoreAssert.Same(row, await Store.FindConversationAsync(row.Index, default));
        Assert.Null(await Store.GetConversationAsync(Sample.NewId(), default));
        Assert.Null(await Store.FindConversationAsync(Sample.Conversation().Index, default));
    }

    [Fact]
    public async Task PutConversation_WithExpectedVersion_ReplacesWhatMayChange()
    {
        var row = Sample.Conversation();
        await StoreAssert.CommitsAsync(Store, new PutConversation(row, 0));
        var next = row with { Version = 2, State = 9, Sealed = Sample.Sealed(5000), UpdatedAt = Sample.Now.AddDays(2) };

        await StoreAssert.CommitsAsync(Store, new PutConversation(next, 1));

        StoreAssert.Same(next, await Store.GetConversationAsync(row.ReferralId, default));
    }

    [Fact]
    public async Task PutConversation_WithOtherVersionOrKnownIndex_Conflicts()
    {
        var row = Sample.Conversation();
        await StoreAssert.CommitsAsync(Store, new PutConversation(row, 0));

        await StoreAssert.ConflictsAsync(Store, 0, new PutConversation(row with { Version = 3 }, 2));
        await StoreAssert.ConflictsAsync(Store, 0, new PutConversation(row, 0));
        await StoreAssert.ConflictsAsync(
            Store, 0, new PutConversation(Sample.Conversation() with { Index = row.Index }, 0));
    }

    [Fact]
    public async Task MarkConversationState_FromExpectedState_ChangesStateAlone()
    {
        var row = Sample.Conversation();
        await StoreAssert.CommitsAsync(Store, new PutConversation(row, 0));

        await StoreAssert.CommitsAsync(
            Store, new MarkConversationState(row.ReferralId, 1, 2, Sample.Now.AddHours(5)));

        StoreAssert.Same(
            row with { State = 2, UpdatedAt = Sample.Now.AddHours(5) },
            await Store.GetConversationAsync(row.ReferralId, default));
    }

    [Fact]
    public async Task MarkConversationState_FromOtherState_Conflicts()
    {
        var row = Sample.Conversation();
        await StoreAssert.CommitsAsync(Store, new PutConversation(row, 0));

        await StoreAssert.ConflictsAsync(Store, 0, new MarkConversationState(row.ReferralId, 2, 3, Sample.Now));
        await StoreAssert.ConflictsAsync(Store, 0, new MarkConversationState(Sample.NewId(), 1, 2, Sample.Now));
    }

    [Fact]
    public async Task ListConversations_OfAllAndOfOneCase_AreNewestFirstUpToMax()
    {
        var row = Sample.Case();
        var conversations = new[]
        {
            Sample.Conversation(row.CaseId), Sample.Conversation(), Sample.Conversation(row.CaseId),
            Sample.Conversation(row.CaseId),
        };
        await StoreAssert.CommitsAsync(
            Store, [new PutCase(row, 0), .. conversations.Select(item => new PutConversation(item, 0))]);

        var all = await Store.ListConversationsAsync(null, 3, default);
        var ofCase = await Store.ListConversationsAsync(row.CaseId, 2, default);

        StoreAssert.Same(new[] { conversations[3], conversations[2], conversations[1] }, all);
        StoreAssert.Same(new[] { conversations[3], conversations[2] }, ofCase);
    }
}
