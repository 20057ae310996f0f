using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Contracts.Audit.V1;
using CbssReturn.Exchange.Records;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Sealing;
using Google.Protobuf;
using Grpc.Core;
using AddCheckpointRequest = CbssReturn.Contracts.Audit.V1.AddCheckpointRequest;
using File = CbssReturn.Contracts.Audit.V1.File;

namespace CbssReturn.Node.Tests.Endpoints;

/// <summary>Who may read, push and ask what of audit logs, over real TLS.</summary>
public sealed class AuditLogCallTests : IAsyncLifetime, IDisposable
{
    private readonly TestNetwork _network = new();
    private readonly List<TestCaller> _callers = [];
    private TestAudit _node = null!;  // set before each test
    private TestAudit _focalPoint = null!;
    private TestAudit _stranger = null!;
    private TestCallee _host = null!;

    public async Task InitializeAsync()
    {
        _node = await TestAudit.CreateAsync(_network);
        _focalPoint = await TestAudit.CreateAsync(_network, NodeKind.FocalPoint, isWitness: true);
        _stranger = await TestAudit.CreateAsync(_network, NodeKind.FocalPoint);
        _node.CheckedBy(_focalPoint);
        _host = await TestCallee.StartAsync(_network, audit: _focalPoint);
    }

    public async Task DisposeAsync()
    {
        _callers.ForEach(caller => caller.Dispose());
        await _host.DisposeAsync();
        foreach (var node in new[] { _node, _focalPoint, _stranger })
        {
            await node.DisposeAsync();
        }
    }

    public void Dispose() => _network.Dispose();

    [Fact]
    public async Task OwnLog_StrangerAsks_GetsTheCheckpointAndNothingElse()
    {
        await _focalPoint.NoteAsync(3);
        var checkpoint = await _focalPoint.PublishAsync();
        var log = Log(_stranger);

        var got = await log.GetCheckpointAsync(new GetCheckpointRequest());

        Assert.Equal(checkpoint.Note.ToBytes(), got.Checkpoint.ToByteArray());
        var origin = _focalPoint.Origin;
        await FailsAsync(StatusCode.PermissionDenied, log.GetTilesAsync(new GetTilesRequest
        {
            Origin = origin,
            Paths = { "tile/0/000.p/4" },
        }));
        await FailsAsync(StatusCode.PermissionDenied, log.GetEntryBundlesAsync(new GetEntryBundlesRequest
        {
            Origin = origin,
            Paths = { "tile/entries/000.p/4" },
        }));
        await FailsAsync(
            StatusCode.PermissionDenied,
            log.GetInclusionProofAsync(new GetInclusionProofRequest { Origin = origin, Index = 0 }));
    }

    [Fact]
    public async Task OwnLog_ItsAuditorAsks_GetsProvenEntriesUpToTheCheckpointOnly()
    {
        _focalPoint.CheckedBy(_stranger);
        _network.Publish();
        await _focalPoint.NoteAsync(6);
        var checkpoint = await _focalPoint.PublishAsync();
        await _focalPoint.NoteAsync(3);
        await _focalPoint.Services.Sequencer.DrainAsync(default);
        var log = Log(_stranger);

        var proven = await log.GetInclusionProofAsync(
            new GetInclusionProofRequest { Origin = _focalPoint.Origin, Index = 5 });
        var bundles = await log.GetEntryBundlesAsync(new GetEntryBundlesRequest
        {
            Origin = _focalPoint.Origin,
            Paths = { "tile/entries/000.p/8", "tile/entries/000.p/9" },
        });

        var verified = TlogProof.Parse(proven.TlogProof.Span).Value.Verify(
            proven.Entry.Span, _focalPoint.Services.Identity.Key, [], 0);
        Assert.Equal(checkpoint.Checkpoint, verified.Value.Checkpoint);
        Assert.Equal("tile/entries/000.p/8", Assert.Single(bundles.Bundles).Path);
        await FailsAsync(StatusCode.NotFound, log.GetInclusionProofAsync(
            new GetInclusionProofRequest { Origin = _focalPoint.Origin, Index = 8 }));
        await FailsAsync(StatusCode.NotFound, log.GetInclusionProofAsync(
            new GetInclusionProofRequest { Origin = _focalPoint.Origin, Index = ulong.MaxValue / 2 }));
        await FailsAsync(StatusCode.InvalidArgument, log.GetInclusionProofAsync(
            new GetInclusionProofRequest { Origin = _focalPoint.Origin, Index = ulong.MaxValue }));
    }

    [Fact]
    public async Task Detail_HomeAndSecondAuditorAsk_GetTheBytesThatTheEntryCommitsTo()
    {
        var second = await TestAudit.CreateAsync(_network, NodeKind.FocalPoint);
        await using var _ = second;
        _focalPoint.CheckedBy(_stranger);
        _focalPoint.Self.Log = _focalPoint.Self.Log! with { SecondAuditor = second.Self.Id };
        _network.Publish();
        var detail = NodeStarted();
        await _focalPoint.NoteAsync(detail);
        await _focalPoint.PublishAsync();

        foreach (var auditor in new[] { _stranger, second })
        {
            var got = await Log(auditor).GetDetailAsync(Detail(_focalPoint.Origin, 0));
            var pad = await Log(auditor).GetDetailAsync(Detail(string.Empty, 1));

            Assert.Equal(detail, got.Detail.ToByteArray());
            Assert.Equal(detail.Length, pad.Detail.Length);
        }

        await FailsAsync(StatusCode.NotFound, Log(second).GetDetailAsync(Detail(_node.Origin, 0)));
        await FailsAsync(StatusCode.NotFound, Log(second).GetDetailAsync(Detail(_focalPoint.Origin, 1_000_000)));
        await FailsAsync(StatusCode.InvalidArgument, Log(second).GetDetailAsync(Detail(string.Empty, ulong.MaxValue)));
    }

    [Fact]
    public async Task Detail_NodeThatIsNoAuditorAsks_IsDenied()
    {
        await _focalPoint.NoteAsync(NodeStarted());
        await _focalPoint.PublishAsync();

        await FailsAsync(StatusCode.PermissionDenied, Log(_node).GetDetailAsync(Detail(_focalPoint.Origin, 0)));
        await FailsAsync(StatusCode.PermissionDenied, Log(_stranger).GetDetailAsync(Detail(_focalPoint.Origin, 0)));
    }

    [Fact]
    public async Task Detail_Erased_IsToldApartFromOneThatIsMissing()
    {
        _focalPoint.CheckedBy(_stranger);
        _network.Publish();
        await _focalPoint.NoteAsync(NodeStarted());
        await _focalPoint.PublishAsync();
        _network.Time.Advance(TimeSpan.FromDays(2));
        await _focalPoint.EraseAsync();
        await _focalPoint.PublishAsync();
        var log = Log(_stranger);

        await FailsAsync(StatusCode.FailedPrecondition, log.GetDetailAsync(Detail(_focalPoint.Origin, 0)));
        await FailsAsync(StatusCode.FailedPrecondition, log.GetDetailAsync(Detail(_focalPoint.Origin, 1)));  // a pad
        await FailsAsync(StatusCode.NotFound, log.GetDetailAsync(Detail(_focalPoint.Origin, 4)));  // none: an erasure
    }

    [Fact]
    public async Task MirroredLog_ItsOwnNodeAsks_GetsItsEntriesBack()
    {
        await _node.NoteAsync(3);
        var checkpoint = await _node.PublishAsync();
        var log = Log(_node);
        await PushAsync(log, checkpoint.Note, checkpoint.Size);

        var bundles = await log.GetEntryBundlesAsync(new GetEntryBundlesRequest
        {
            Origin = _node.Origin,
            Paths = { "tile/entries/000.p/4" },
        });
        var got = await Log(_stranger).GetCheckpointAsync(new GetCheckpointRequest { Origin = _node.Origin });

        var own = await _node.Store.Tiles.ReadBundleAsync(new BundleId(0, 4), default);
        Assert.Equal(own!.Value.ToArray(), Assert.Single(bundles.Bundles).Content.ToByteArray());
        Assert.Equal(checkpoint.Note.ToBytes(), got.Checkpoint.ToByteArray());
        await FailsAsync(StatusCode.PermissionDenied, Log(_stranger).GetEntryBundlesAsync(new GetEntryBundlesRequest
        {
            Origin = _node.Origin,
            Paths = { "tile/entries/000.p/4" },
        }));
    }

    [Fact]
    public async Task Push_ByANodeThatIsCheckedByOthers_IsDenied()
    {
        var checkpoint = await _stranger.PublishAsync();

        await FailsAsync(StatusCode.PermissionDenied, Log(_stranger).PushCheckpointAsync(
            new PushCheckpointRequest { Checkpoint = ByteString.CopyFrom(checkpoint.Note.ToBytes()) }));
    }

    [Fact]
    public async Task Push_CheckpointOfAnotherLog_IsRefused()
    {
        var checkpoint = await _stranger.PublishAsync();

        await FailsAsync(StatusCode.InvalidArgument, Log(_node).PushCheckpointAsync(
            new PushCheckpointRequest { Checkpoint = ByteString.CopyFrom(checkpoint.Note.ToBytes()) }));
        Assert.Null(await _focalPoint.Store.GetMirroredAsync(_stranger.Origin, default));
    }

    [Fact]
    public async Task Push_EntriesThatDoNotLeadToTheRoot_AreRefusedAndTheCheckpointKept()
    {
        await _node.NoteAsync(4);
        var checkpoint = await _node.PublishAsync();
        var forged = _node.Forge(checkpoint.Size);
        var log = Log(_node);

        await FailsAsync(StatusCode.FailedPrecondition, PushAsync(log, forged, checkpoint.Size));

        Assert.Equal(0, (await _focalPoint.Store.GetMirroredAsync(_node.Origin, default))!.Size);
        Assert.Contains(
            await _focalPoint.Store.GetSeenAsync(_node.Origin, default),
            seen => seen.IsEvidence && seen.Note.Span.SequenceEqual(forged.ToBytes()));
    }

    [Fact]
    public async Task Push_SecondRootForASize_IsRefusedAndKept()
    {
        await _node.NoteAsync(4);
        var checkpoint = await _node.PublishAsync();
        var log = Log(_node);
        await PushAsync(log, checkpoint.Note, checkpoint.Size);
        var forged = _node.Forge(checkpoint.Size);

        await FailsAsync(StatusCode.FailedPrecondition, log.PushCheckpointAsync(
            new PushCheckpointRequest { Checkpoint = ByteString.CopyFrom(forged.ToBytes()) }));

        var seen = await Log(_stranger).GetSeenCheckpointsAsync(
            new GetSeenCheckpointsRequest { Origin = _node.Origin });
        Assert.Contains(seen.Checkpoints, note => note.Span.SequenceEqual(forged.ToBytes()));
    }

    [Theory]
    [InlineData("tile/entries/000.p/4", 0)]
    [InlineData("tile/entries/0.p/8", 8)]
    [InlineData("tile/0/000.p/8", 8)]
    [InlineData("tile/entries/000.p/9", 8)]
    public async Task Push_EntriesOutOfForm_AreRefused(string path, int width)
    {
        await _node.NoteAsync(5);
        var checkpoint = await _node.PublishAsync();
        var log = Log(_node);
        await log.PushCheckpointAsync(
            new PushCheckpointRequest { Checkpoint = ByteString.CopyFrom(checkpoint.Note.ToBytes()) });
        var bundle = await _node.Store.Tiles.ReadBundleAsync(new BundleId(0, Math.Max(width, 8)), default);

        await FailsAsync(StatusCode.InvalidArgument, log.PushEntriesAsync(new PushEntriesRequest
        {
            Origin = _node.Origin,
            Bundles = { new File { Path = path, Content = ByteString.CopyFrom(bundle!.Value.Span) } },
        }));
    }

    [Fact]
    public async Task AddCheckpoint_UnknownLogAndOldSize_IsAnsweredAsOverHttp()
    {
        var checkpoint = await _node.PublishAsync();
        var witness = new WitnessService.WitnessServiceClient(Caller(_stranger).Channel);
        using var key = NoteKey.FromSeed(new byte[NoteKey.SeedSizeBytes]);
        var unknown = CheckpointSigning.Sign(new Checkpoint("log.test/nobody", 4, Digest.Of([1])), key);

        var first = await witness.AddCheckpointAsync(Ask(0, checkpoint.Note));
        var again = await witness.AddCheckpointAsync(Ask(2, checkpoint.Note));
        var stray = await witness.AddCheckpointAsync(Ask(0, unknown));
        var broken = await witness.AddCheckpointAsync(
            new AddCheckpointRequest { Body = ByteString.CopyFromUtf8("old 0") });

        Assert.Equal((200U, 409U, 404U, 400U), (first.Status, again.Status, stray.Status, broken.Status));
        Assert.Equal("4\n", again.Body.ToStringUtf8());
        Assert.True(checkpoint.Note.With(NoteSignature.ParseLines(first.Body.Span).Value)
            .Then(note => CheckpointReader.Read(
                note.ToBytes(), _node.Services.Identity.Key, [_focalPoint.Services.Identity.WitnessKey!], 1)).IsOk);
    }

    [Fact]
    public async Task ExchangeTags_FocalPointThatAuditsTheOtherLog_GetsTagsAndNothingElse()
    {
        var other = await TestAudit.CreateAsync(_network);
        await using var _ = other;
        other.CheckedBy(_stranger);
        _network.Publish();
        var tag = await _node.NotePacketAsync(AuditEvent.PacketSent, AuditOutcome.Pending, other.Origin);
        await _node.NoteAsync(2);
        await _node.NotePacketAsync(AuditEvent.PacketReceived, AuditOutcome.Done, "log.test/somebody/else");
        var checkpoint = await _node.PublishAsync();
        await PushAsync(Log(_node), checkpoint.Note, checkpoint.Size);
        var asked = new ExchangeTagsRequest { Origin = _node.Origin, AboutOrigin = other.Origin };

        var got = await Tags(_stranger).ExchangeTagsAsync(asked);

        var only = Assert.Single(got.Tags);
        Assert.Equal((0UL, 2U, 4U), (only.Index, only.Event, only.Outcome));
        Assert.Equal(tag.ToArray(), only.Tag.ToByteArray());
        Assert.Equal((ulong)checkpoint.Size, got.NextIndex);
        Assert.Equal((ulong)TestNetwork.Start.ToUnixTimeSeconds(), got.CoveredUntil);
        await FailsAsync(StatusCode.PermissionDenied, Tags(_node).ExchangeTagsAsync(asked));
        await FailsAsync(StatusCode.PermissionDenied, Tags(_stranger).ExchangeTagsAsync(
            new ExchangeTagsRequest { Origin = _node.Origin, AboutOrigin = _focalPoint.Origin }));
    }

    private static GetDetailRequest Detail(string origin, ulong index) => new() { Origin = origin, Index = index };

    private static byte[] NodeStarted() =>
        new AuditDetail { Kind = AuditDetailKind.NodeStarted, At = TestNetwork.Start }.ToBytes();

    private static async Task FailsAsync<T>(StatusCode status, AsyncUnaryCall<T> call)
    {
        using (call)
        {
            await FailsAsync(status, call.ResponseAsync);
        }
    }

    private static async Task FailsAsync(StatusCode status, Task call) =>
        Assert.Equal(status, (await Assert.ThrowsAsync<RpcException>(() => call)).StatusCode);

    private static AddCheckpointRequest Ask(int oldSize, SignedNote note) => new()
    {
        Body = ByteString.CopyFrom(AuditLog.AddCheckpointRequest.Create(oldSize, [], note).ToBytes()),
    };

    private async Task PushAsync(AuditLogService.AuditLogServiceClient log, SignedNote note, long size)
    {
        await log.PushCheckpointAsync(new PushCheckpointRequest { Checkpoint = ByteString.CopyFrom(note.ToBytes()) });
        var id = TileLayout.BundleAt(size, 0);
        var bundle = await _node.Store.Tiles.ReadBundleAsync(id, default);
        await log.PushEntriesAsync(new PushEntriesRequest
        {
            Origin = _node.Origin,
            Bundles = { new File { Path = id.Path, Content = ByteString.CopyFrom(bundle!.Value.Span) } },
        });
    }

    private AuditLogService.AuditLogServiceClient Log(TestAudit caller) => new(Caller(caller).Channel);

    private ReconciliationService.ReconciliationServiceClient Tags(TestAudit caller) => new(Caller(caller).Channel);

    private TestCaller Caller(TestAudit caller)
    {
        var made = new TestCaller(_host, caller.Self.Certificate);
        _callers.Add(made);
        return made;
    }
}
