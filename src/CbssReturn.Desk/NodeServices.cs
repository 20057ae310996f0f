using CbssReturn.Desk.Audit;
using CbssReturn.Desk.Cases;
using CbssReturn.Desk.Keys;
using CbssReturn.Desk.Outbox;
using CbssReturn.Desk.Receipts;
using CbssReturn.Desk.Receiving;
using CbssReturn.Desk.Referrals;
using CbssReturn.Desk.Users;

namespace CbssReturn.Desk;

/// <summary>All use cases of one node, put together once.</summary>
public sealed class NodeServices : IDisposable
{
    /// <summary>Puts a node's use cases together.</summary>
    /// <param name="node">What they work with.</param>
    /// <param name="log">Where precise reasons of refusals stay.</param>
    public NodeServices(NodeContext node, IRefusalLog log)
    {
        ArgumentNullException.ThrowIfNull(node);
        Node = node;
        Signal = new OutboxSignal(node.Time);
        Keys = new EpochKeys(node);
        var held = new ReadHeldSection(node);
        FindActor = new FindActor(node);
        Users = new ManageUsers(node);
        Consents = new RecordConsent(node);
        Draft = new DraftReferral(node);
        Send = new SendReferral(node, Keys, Signal);
        Answer = new SendAnswer(node, Keys, Signal, held);
        Movement = new SendMovement(node, Keys, Signal);
        List = new ListReferrals(node);
        Show = new ShowReferral(node);
        Open = new OpenSection(node, held);
        Outbox = new ManageOutbox(node, Keys, Signal);
        Dispatch = new DispatchPackets(node, new ResealPacket(node, Keys), Signal);
        Receive = new ReceivePacket(node, Keys, new StorePacket(node), log);
        Receipts = new FindReceipt(node);
        GiveFinal = new GiveFinalReceipts(node);
        KeepFinal = new KeepFinalReceipts(node, log);
        Prove = new ProvePacket(node);
        Details = new ShowDetail(node);
        Erase = new EraseDetails(node);
        Events = new NoteEvents(node);
    }

    /// <summary>What the use cases work with.</summary>
    public NodeContext Node { get; }

    /// <summary>Wakes the outbox worker.</summary>
    public OutboxSignal Signal { get; }

    /// <summary>Daily envelope keys.</summary>
    public EpochKeys Keys { get; }

    /// <summary>Who holds a token.</summary>
    public FindActor FindActor { get; }

    /// <summary>Users.</summary>
    public ManageUsers Users { get; }

    /// <summary>Consents.</summary>
    public RecordConsent Consents { get; }

    /// <summary>Drafts referrals and enquiries.</summary>
    public DraftReferral Draft { get; }

    /// <summary>Sends drafts.</summary>
    public SendReferral Send { get; }

    /// <summary>Sends coded answers.</summary>
    public SendAnswer Answer { get; }

    /// <summary>Sends movement details.</summary>
    public SendMovement Movement { get; }

    /// <summary>Lists referrals.</summary>
    public ListReferrals List { get; }

    /// <summary>Shows one referral.</summary>
    public ShowReferral Show { get; }

    /// <summary>Opens sections.</summary>
    public OpenSection Open { get; }

    /// <summary>The outbox as people see it.</summary>
    public ManageOutbox Outbox { get; }

    /// <summary>The outbox as the worker sees it.</summary>
    public DispatchPackets Dispatch { get; }

    /// <summary>Takes in envelopes.</summary>
    public ReceivePacket Receive { get; }

    /// <summary>Stored receipts.</summary>
    public FindReceipt Receipts { get; }

    /// <summary>Final receipts that this node gives.</summary>
    public GiveFinalReceipts GiveFinal { get; }

    /// <summary>Final receipts that this node gets.</summary>
    public KeepFinalReceipts KeepFinal { get; }

    /// <summary>Final receipts as files.</summary>
    public ProvePacket Prove { get; }

    /// <summary>Details of audit entries.</summary>
    public ShowDetail Details { get; }

    /// <summary>The retention run.</summary>
    public EraseDetails Erase { get; }

    /// <summary>What happens to the node itself.</summary>
    public NoteEvents Events { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        Keys.Dispose();
        Signal.Dispose();
    }
}
