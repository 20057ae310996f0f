using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Contracts.Audit.V1;
using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Contracts.Exchange.V1;
using CbssReturn.Contracts.Packet.V1;
using CbssReturn.Desk.Outbox;
using CbssReturn.Desk.Receipts;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Sealing;
using Google.Protobuf;
using Grpc.Core;
using Priority = CbssReturn.Contracts.Packet.V1.Priority;
using Role = CbssReturn.Desk.Users.Role;

namespace CbssReturn.Node.Tests.Walk;

/// <summary>Two nodes on which one row of the table is driven, of which the second audits the first and cosigns, and a
/// focal point that audits the second; what is set up before the mark does not count.</summary>
internal sealed class RpcScene : IAsyncDisposable
{
    private readonly TestNetwork _network = new();
    private TestCaller _caller = null!;  // set while the scene is made
    private TestCaller _auditor = null!;  // likewise

    public WalkNode Here { get; private set; } = null!;  // likewise

    public WalkNode There { get; private set; } = null!;  // likewise

    public TestAudit FocalPoint { get; private set; } = null!;  // likewise

    public DeskService.DeskServiceClient Desk => Here.Desk;

    public ExchangeService.ExchangeServiceClient Exchange => _caller.Exchange;

    /// <summary>The calls about audit logs, by the node that is called about nothing but its own.</summary>
    public AuditLogService.AuditLogServiceClient Log => new(_caller.Channel);

    /// <summary>The same, by the auditor of the node that is called.</summary>
    public AuditLogService.AuditLogServiceClient LogAsAuditor => new(_auditor.Channel);

    public WitnessService.WitnessServiceClient Witness => new(_caller.Channel);

    public ReconciliationService.ReconciliationServiceClient Tags => new(_auditor.Channel);

    public Metadata Caseworker => Here.As(Role.Caseworker);

    public Metadata Administrator => Here.As(Role.NodeAdministrator);

    public Metadata Stranger => Here.As(Role.SecurityOfficer);

    public static async Task<RpcScene> CreateAsync()
    {
        var scene = new RpcScene();
        scene.FocalPoint = await TestAudit.CreateAsync(scene._network, NodeKind.FocalPoint, isWitness: true);
        scene.Here = await WalkNode.StartAsync(scene._network);
        scene.There = await WalkNode.StartAsync(scene._network, isWitness: true);
        scene.Here.Audit.CheckedBy(scene.There.Audit);
        scene.There.Audit.CheckedBy(scene.FocalPoint);
        scene._network.Publish();
        scene._caller = new TestCaller(scene.There.Callee, scene.Here.Audit.Self.Certificate);
        scene._auditor = new TestCaller(scene.There.Callee, scene.FocalPoint.Self.Certificate);
        await scene.Here.Services.Keys.LearnAsync(
            scene.There.Audit.Self.Id, await scene.There.Services.Keys.PublishedAsync(0, default), default);
        return scene;
    }

    /// <summary>The setting is complete: from here on every entry counts.</summary>
    public async Task MarkAsync()
    {
        await Here.MarkAsync();
        await There.MarkAsync();
    }

    /// <summary>Records a consent.</summary>
    /// <returns>The case.</returns>
    public async Task<string> AgreeAsync() =>
        (await Desk.RecordConsentAsync(new RecordConsentRequest { Consent = Consent() }, Caseworker)).CaseId;

    /// <summary>Drafts an enquiry.</summary>
    /// <returns>The referral.</returns>
    public async Task<string> DraftAsync() => (await Desk.CreateReferralAsync(
        new CreateReferralRequest
        {
            Draft = new ReferralDraft
            {
                Recipient = There.Id,
                Stage = DisclosureStage.Enquiry,
                Priority = Priority.Normal,
                Enquiry = new Contracts.Packet.V1.Enquiry
                {
                    AgeBand = Contracts.Packet.V1.AgeBand.From25To34,
                    Gender = Contracts.Packet.V1.Gender.Female,
                    Languages = { "lv" },
                    Services = { Contracts.Packet.V1.ServiceKind.SafeAccommodation },
                },
            },
        },
        Caseworker)).ReferralId;

    /// <summary>Drafts an enquiry and seals it.</summary>
    /// <returns>The referral and the outbox row.</returns>
    public async Task<(string ReferralId, string OutboxId)> SendAsync()
    {
        var id = await DraftAsync();
        var sent = await Desk.SendReferralAsync(new SendReferralRequest { ReferralId = id }, Caseworker);
        return (id, sent.OutboxId);
    }

    /// <summary>Sends an enquiry, and has it answered with a receipt.</summary>
    /// <returns>The referral and the packet.</returns>
    public async Task<(string ReferralId, PacketId PacketId)> DeliverAsync()
    {
        var (id, _) = await SendAsync();
        var packet = await ClaimAsync();
        var answer = await There.Services.Receive.ReceiveAsync(packet.Envelope, Here.Audit.Self.Id, default);
        await Here.Services.Dispatch.SettleAsync(There.Audit.Self.Id, [(packet, answer)], default);
        return (id, packet.Id);
    }

    /// <summary>Publishes the log of the second node so often that its receipts are final without witnesses.</summary>
    public async Task CoverAsync()
    {
        for (var i = 0; i < GiveFinalReceipts.BareMax; i++)
        {
            await There.Audit.PublishAsync();
        }
    }

    /// <summary>As <see cref="DeliverAsync"/>, and makes the receipt final.</summary>
    public async Task<PacketId> FinishAsync()
    {
        var (_, packet) = await DeliverAsync();
        await CoverAsync();
        var (keep, there) = (Here.Services.KeepFinal, There.Audit.Self.Id);
        var waiting = await keep.WaitingAsync(there, default, default);
        var given = await There.Services.GiveFinal.FindAsync([packet], Here.Audit.Self.Id, default);
        Assert.Equal(1, (await keep.TakeAsync(there, waiting, given, default)).Kept);
        return packet;
    }

    /// <summary>Hands the log of the first node over to the second.</summary>
    public async Task PushAsync()
    {
        var checkpoint = await Here.Audit.PublishAsync();
        await Log.PushCheckpointAsync(
            new PushCheckpointRequest { Checkpoint = ByteString.CopyFrom(checkpoint.Note.ToBytes()) });
        await PushEntriesAsync(checkpoint.Size);
    }

    /// <summary>Hands over the entries of a checkpoint that was handed over.</summary>
    public async Task PushEntriesAsync(long size)
    {
        var id = TileLayout.BundleAt(size, 0);
        var bundle = await Here.Audit.Store.Tiles.ReadBundleAsync(id, default);
        var pushed = await Log.PushEntriesAsync(new PushEntriesRequest
        {
            Origin = Here.Audit.Origin,
            Bundles =
            {
                new Contracts.Audit.V1.File { Path = id.Path, Content = ByteString.CopyFrom(bundle!.Value.Span) },
            },
        });
        Assert.Equal((ulong)size, pushed.EntriesHeld);
    }

    /// <summary>Takes the packet that is due, as a worker does.</summary>
    public async Task<ClaimedPacket> ClaimAsync() =>
        Assert.Single(await Here.Services.Dispatch.ClaimAsync(There.Audit.Self.Id, 8, default));

    /// <summary>Carries an envelope over the wire.</summary>
    public async Task<DeliverResponse> CarryAsync(ReadOnlyMemory<byte> envelope)
    {
        using var stream = Exchange.Deliver();
        await stream.RequestStream.WriteAsync(new DeliverRequest
        {
            Number = 1,
            TotalBytes = (uint)envelope.Length,
            Data = ByteString.CopyFrom(envelope.Span),
        });
        await stream.RequestStream.CompleteAsync();
        Assert.True(await stream.ResponseStream.MoveNext(default));
        return stream.ResponseStream.Current;
    }

    /// <summary>A consent that covers what the other node may be sent.</summary>
    public ConsentRecord Consent() => new()
    {
        SubjectAlias = "Laine-77",
        GivenBy = Contracts.Packet.V1.ConsentGiver.Person,
        Capacity = Contracts.Packet.V1.Capacity.Capable,
        Form = Contracts.Packet.V1.ConsentForm.SignedPaper,
        Language = "lv",
        InformationGiven =
        {
            Enum.GetValues<Contracts.Packet.V1.InformationItem>().Where(item => item > 0),
        },
        UnderstandingCheck = Contracts.Packet.V1.UnderstandingCheck.TeachBack,
        Grants =
        {
            new Contracts.Packet.V1.Grant
            {
                Category = Contracts.Packet.V1.Category.Services,
                Recipient = There.Id,
                Purpose = Contracts.Packet.V1.Purpose.Shelter,
                Onward = Contracts.Packet.V1.OnwardRule.No,
            },
        },
        Permissions = new Contracts.Packet.V1.Permissions
        {
            EmbassyContact = Contracts.Packet.V1.PermissionAnswer.No,
            PoliceSharing = Contracts.Packet.V1.PermissionAnswer.No,
            FamilyContact = Contracts.Packet.V1.PermissionAnswer.No,
            Statistics = Contracts.Packet.V1.PermissionAnswer.No,
        },
        GivenAt = (ulong)(TestNetwork.Start - TimeSpan.FromDays(1)).ToUnixTimeSeconds(),
    };

    /// <summary>Asserts that a call is refused.</summary>
    public static async Task FailsAsync<T>(StatusCode status, AsyncUnaryCall<T> call)
    {
        using (call)
        {
            var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
            Assert.Equal(status, failure.StatusCode);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _caller.Dispose();
        _auditor.Dispose();
        await Here.DisposeAsync();
        await There.DisposeAsync();
        await FocalPoint.DisposeAsync();
        _network.Dispose();
    }
}
