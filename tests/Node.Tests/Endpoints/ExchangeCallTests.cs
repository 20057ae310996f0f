using CbssReturn.Casework.Referrals;
using System.Security.Cryptography;
using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Contracts.Exchange.V1;
using CbssReturn.Desk.Keys;
using CbssReturn.Desk.Receipts;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Sealing;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Health.V1;

namespace CbssReturn.Node.Tests.Endpoints;

public sealed class ExchangeCallTests : IDisposable
{
    private readonly TestNetwork _network = new();
    private readonly TestPeer _peer;

    public ExchangeCallTests() => _peer = _network.AddPeer();

    public void Dispose() => _network.Dispose();

    [Theory]
    [InlineData(2, 9)]
    [InlineData(0, 0)]
    [InlineData(2, 1)]
    public async Task Hello_NoSharedVersion_FailsAsPrecondition(uint min, uint max)
    {
        await using var callee = await TestCallee.StartAsync(_network);
        using var caller = new TestCaller(callee, _peer.Certificate);
        var request = new HelloRequest { ProtocolVersionMin = min, ProtocolVersionMax = max };

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await caller.Exchange.HelloAsync(request));

        Assert.Equal(StatusCode.FailedPrecondition, failure.StatusCode);
    }

    [Fact]
    public async Task Hello_NewerCaller_AgreesOnTheVersionOfThisNode()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        using var caller = new TestCaller(callee, _peer.Certificate);

        var hello = await caller.Exchange.HelloAsync(
            new HelloRequest { ProtocolVersionMin = 1, ProtocolVersionMax = 7 });

        Assert.Equal(1U, hello.ProtocolVersion);
    }

    [Fact]
    public async Task GetEpochKeys_MoreThanAMessageHolds_GivesTheFirst64()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        callee.Keys = [.. Enumerable.Range(0, 70).Select(i => new SignedKey(new byte[] { (byte)i }, new byte[64]))];
        using var caller = new TestCaller(callee, _peer.Certificate);

        var keys = (await caller.Exchange.GetEpochKeysAsync(new GetEpochKeysRequest())).Keys;

        Assert.Equal(64, keys.Count);
        Assert.Equal(63, keys[63].Record[0]);
    }

    [Fact]
    public async Task GetReceipt_OfThisCaller_GivesItByteForByte()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        var receipt = TestCallee.Receipt().Receipt;
        var packet = PacketId.NewRandom();
        callee.FindReceipt = (id, peer) => id == packet && peer == _peer.Id
            ? receipt
            : throw new InvalidOperationException("Asked for another packet.");
        using var caller = new TestCaller(callee, _peer.Certificate);

        var got = await caller.Exchange.GetReceiptAsync(Ask(packet.ToArray()));

        Assert.Equal(receipt.Record.ToArray(), got.Receipt.Record.ToByteArray());
        Assert.Null(got.Receipt.FinalProof);
    }

    [Theory]
    [InlineData(16, StatusCode.NotFound)]
    [InlineData(15, StatusCode.InvalidArgument)]
    public async Task GetReceipt_UnknownOrMalformed_Fails(int size, StatusCode status)
    {
        await using var callee = await TestCallee.StartAsync(_network);
        using var caller = new TestCaller(callee, _peer.Certificate);

        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await caller.Exchange.GetReceiptAsync(Ask(new byte[size])));

        Assert.Equal(status, failure.StatusCode);
    }

    [Fact]
    public async Task GetSequences_OfTwoConversations_AnswersInTheirOrder()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        ConversationId[] asked = [ConversationId.NewRandom(), ConversationId.NewRandom()];
        callee.Sequences = (ids, peer) => [.. ids.Select(id => peer == _peer.Id && id == asked[1] ? 7UL : 0UL)];
        using var caller = new TestCaller(callee, _peer.Certificate);

        var response = await caller.Exchange.GetSequencesAsync(AskSequences(asked.Select(id => id.ToArray())));

        Assert.Equal([0UL, 7UL], response.Highest);
    }

    [Theory]
    [InlineData(65, 16)]
    [InlineData(1, 15)]
    [InlineData(1, 17)]
    public async Task GetSequences_OutOfForm_Fails(int count, int size)
    {
        await using var callee = await TestCallee.StartAsync(_network);
        callee.Sequences = (_, _) => throw new InvalidOperationException("Nothing is asked for.");
        using var caller = new TestCaller(callee, _peer.Certificate);

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await caller.Exchange.GetSequencesAsync(
            AskSequences(Enumerable.Range(1, count).Select(one => Enumerable.Repeat((byte)one, size).ToArray()))));

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
    }

    [Fact]
    public async Task GetFinalReceipts_SomeAreFinal_GivesThoseOfTheCaller()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        PacketId[] asked = [PacketId.NewRandom(), PacketId.NewRandom()];
        var final = Final(100);
        (IReadOnlyList<PacketId> Ids, NodeId Peer)? got = null;
        callee.FinalReceipts = (ids, peer) =>
        {
            got = (ids, peer);
            return [final];
        };
        using var caller = new TestCaller(callee, _peer.Certificate);

        var response = await caller.Exchange.GetFinalReceiptsAsync(AskFinal(asked.Select(id => id.ToArray())));

        Assert.Equal(asked, got!.Value.Ids);
        Assert.Equal(_peer.Id, got.Value.Peer);
        var receipt = Assert.Single(response.Receipts);
        Assert.Equal(final.Receipt.Record.ToArray(), receipt.Record.ToByteArray());
        Assert.Equal(final.Receipt.Signature.ToArray(), receipt.Signature.ToByteArray());
        Assert.Equal(final.Entry.ToArray(), receipt.FinalProof.Entry.ToByteArray());
        Assert.Equal(final.TlogProof.ToArray(), receipt.FinalProof.TlogProof.ToByteArray());
    }

    [Fact]
    public async Task GetFinalReceipts_MoreThanAMessageHolds_GivesTheFirst()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        callee.FinalReceipts = (ids, _) => [.. ids.Select(_ => Final(64 * 1024))];
        using var caller = new TestCaller(callee, _peer.Certificate);

        var response = await caller.Exchange.GetFinalReceiptsAsync(
            AskFinal(Enumerable.Range(0, 64).Select(_ => PacketId.NewRandom().ToArray())));

        Assert.Equal(15, response.Receipts.Count);
    }

    [Theory]
    [InlineData(65, 16)]
    [InlineData(1, 15)]
    [InlineData(1, 17)]
    [InlineData(2, 16, true)]
    public async Task GetFinalReceipts_OutOfForm_Fails(int count, int size, bool isTwice = false)
    {
        await using var callee = await TestCallee.StartAsync(_network);
        callee.FinalReceipts = (_, _) => throw new InvalidOperationException("Nothing is asked for.");
        using var caller = new TestCaller(callee, _peer.Certificate);

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await caller.Exchange.GetFinalReceiptsAsync(
            AskFinal(Enumerable.Range(0, count)
                .Select(i => Enumerable.Repeat((byte)(isTwice ? 0 : i), size).ToArray()))));

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
    }

    [Fact]
    public async Task Call_WhileTheNodeStops_IsUnavailable()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        callee.BeginStop();
        using var caller = new TestCaller(callee, _peer.Certificate);

        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await caller.Exchange.HelloAsync(TestCaller.Hello));

        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
    }

    [Fact]
    public async Task Health_OverThePeersPort_IsTold()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        using var caller = new TestCaller(callee, _peer.Certificate);

        var health = await new Health.HealthClient(caller.Channel).CheckAsync(new HealthCheckRequest());

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
    }

    [Fact]
    public async Task Desk_OverThePeersPort_IsNotThere()
    {
        await using var callee = await TestCallee.StartAsync(_network);
        using var caller = new TestCaller(callee, _peer.Certificate);
        var desk = new DeskService.DeskServiceClient(caller.Channel);

        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await desk.GetStatusAsync(new GetStatusRequest()));

        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
    }

    private static FinalReceipt Final(int proofSize) => new(
        TestCallee.Receipt().Receipt,
        RandomNumberGenerator.GetBytes(149),
        RandomNumberGenerator.GetBytes(proofSize));

    private static GetSequencesRequest AskSequences(IEnumerable<byte[]> ids) =>
        new() { ConversationIds = { ids.Select(id => ByteString.CopyFrom(id)) } };

    private static GetFinalReceiptsRequest AskFinal(IEnumerable<byte[]> ids) =>
        new() { PacketIds = { ids.Select(ByteString.CopyFrom) } };

    private static GetReceiptRequest Ask(byte[] id) => new() { PacketId = ByteString.CopyFrom(id) };
}
