using System.Globalization;
using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;
using CbssReturn.Desk.Referrals;
using CbssReturn.Desk.Tests.Harness;
using CbssReturn.Exchange.Tests.Samples;
using CbssReturn.Sealing;
using CsCheck;

namespace CbssReturn.Desk.Tests.Conversations;

/// <summary>Whatever the order in which a sender's packets come, and however often, the conversation ends in the state
/// that their own order gives.</summary>
public sealed class InterleavingTests : IAsyncLifetime
{
    private TestNetwork _network = null!;  // set before any test runs

    private TestNode Receiver => _network.Receiver;

    public async Task InitializeAsync() => _network = await TestNetwork.StartAsync();

    public async Task DisposeAsync() => await _network.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Receive_AnyOrderBeforeAcceptance_EndsInOneState(bool isCancelled)
    {
        PacketForge[] Packets(ConversationId id) =>
        [
            Submit(id, 1, 1), Submit(id, 2, 2), Submit(id, 3, 3),
            isCancelled ? Cancel(id, 4) : Submit(id, 4, 4),
        ];

        await AssertConvergesAsync(Packets, isAccepted: false);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Receive_AnyOrderAfterAcceptance_EndsInOneState(bool isCancelled)
    {
        PacketForge[] Packets(ConversationId id) =>
        [
            Submit(id, 1, 1), Move(id, 2, MessageKind.MovementDetails, 1), Document(id, 3),
            Move(id, 4, MessageKind.MovementChange, 2), Move(id, 5, MessageKind.MovementChange, 3),
            isCancelled ? Cancel(id, 6) : Document(id, 6),
        ];

        await AssertConvergesAsync(Packets, isAccepted: true);
    }

    private async Task AssertConvergesAsync(Func<ConversationId, PacketForge[]> packets, bool isAccepted)
    {
        var count = packets(ConversationId.NewRandom()).Length;
        var fixedCount = isAccepted ? 1 : 0;
        var moving = Enumerable.Range(fixedCount, count - fixedCount).ToArray();
        var expected = await PlayAsync(packets, isAccepted, [.. moving.Select(index => (index, false))]);
        var orders =
            from shuffled in Gen.Shuffle(moving)
            from repeated in Gen.Int[0, moving.Length - 1].Array[0, 3]
            from resealed in Gen.Bool
            select shuffled.Select(index => (index, false))
                .Concat(repeated.Select(place => (moving[place], resealed)))
                .ToArray();

        await orders.SampleAsync(
            async order => Assert.Equal(expected, await PlayAsync(packets, isAccepted, order)), iter: 25, threads: 1);
    }

    private async Task<string> PlayAsync(
        Func<ConversationId, PacketForge[]> packets, bool isAccepted, IReadOnlyList<(int Index, bool IsResealed)> order)
    {
        var id = ConversationId.NewRandom();
        var forged = packets(id);
        var sealedOnce = new byte[forged.Length][];
        if (isAccepted)
        {
            await DeliverAsync(await _network.SealAsync(forged[0].ToParts()));
            Assert.True((await Receiver.AnswerAsync((await FindAsync(id)).ReferralId, Answers.Accepted)).IsOk);
        }

        foreach (var (index, isResealed) in order)
        {
            sealedOnce[index] ??= await _network.SealAsync(forged[index].ToParts());
            await DeliverAsync(isResealed ? await _network.SealAsync(forged[index].ToParts()) : sealedOnce[index]);
        }

        return Describe(await FindAsync(id));
    }

    private async Task DeliverAsync(byte[] wire)
    {
        var answer = await Receiver.DeliverAsync(wire, _network.Origin.Id);
        Assert.True(Forgery.ReceiptIn(answer).Outcome is ReceiptOutcome.Stored, string.Join(' ', Receiver.Log.Entries));
    }

    private async Task<Conversation> FindAsync(ConversationId id) =>
        (await Receiver.Services.List.ListAsync(Receiver.Caseworker, null, default)).Value
            .Single(conversation => conversation.File.Conversation == id);

    private static string Describe(Conversation conversation)
    {
        var file = conversation.File;
        var sections = file.Sections.Select(section => section.Entry)
            .Select(entry => string.Create(
                CultureInfo.InvariantCulture, $"{entry.Category} {entry.Version} {entry.Digest}"))
            .Order();
        var messages = file.Packets.Where(packet => packet.Incoming)
            .Select(packet => string.Create(
                CultureInfo.InvariantCulture, $"{packet.Sequence} {packet.Kind} parked={packet.Parked}"))
            .Distinct()
            .Order();
        return $"{conversation.State} {file.LastAppliedSequence} {file.Missing} {file.Stage} "
            + $"{file.Excerpt!.Terms.Version} {string.Join(',', sections)} {string.Join(',', messages)}";
    }

    private PacketForge Submit(ConversationId id, ulong sequence, uint version) =>
        _network.Referral(sequence, id)
            .Replace(2, Google.Protobuf.MessageExtensions.ToByteArray(WireSections.Services($"Version {version}")))
            .EditExcerpt(excerpt => excerpt.Version = version)
            .Edit(manifest => manifest.Parts[2].Section.Version = version);

    private PacketForge Move(ConversationId id, ulong sequence, MessageKind kind, uint version) =>
        PacketForge.Sections(
            PacketForge.Heading(kind, sequence, id),
            Receiver.AsRecipient(),
            _network.Now,
            (Category.Movement, WireSections.Movement(challenge: $"Plan {version}")))
        .EditExcerpt(excerpt => excerpt.Version = version + 1)
        .Edit(manifest => manifest.Parts[2].Section.Version = version);

    private PacketForge Document(ConversationId id, ulong sequence) =>
        PacketForge.Answer(Answers.Document().Value, _network.Now, sequence, id);

    private PacketForge Cancel(ConversationId id, ulong sequence) =>
        PacketForge.Answer(Answers.Cancelled.Value, _network.Now, sequence, id);
}
