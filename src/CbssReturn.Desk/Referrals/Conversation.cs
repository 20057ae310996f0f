using CbssReturn.Casework.Referrals;
using CbssReturn.Exchange.Records;
using CbssReturn.Storage;

namespace CbssReturn.Desk.Referrals;

/// <summary>A conversation as a use case holds it: the row's plain columns and the opened file.</summary>
/// <param name="ReferralId">Names it at this node only.</param>
/// <param name="CaseId">The person's case; at the origin only.</param>
/// <param name="Incoming">Whether the peer opened it.</param>
/// <param name="State">Where the referral stands.</param>
/// <param name="Version">Version that was read; 0 for a new one.</param>
/// <param name="CreatedAt">When it was opened here, UTC.</param>
/// <param name="UpdatedAt">Last change, UTC.</param>
/// <param name="File">What lies sealed.</param>
public sealed record Conversation(
    RowId ReferralId,
    RowId? CaseId,
    bool Incoming,
    ReferralState State,
    long Version,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    ConversationFile File)
{
    /// <summary>Which end this is.</summary>
    public ConversationRole Role => Incoming ? ConversationRole.Receiver : ConversationRole.Origin;

    /// <summary>The conversation after a packet of this node that the peer never took in: its number is free again, and
    /// if nothing has happened since, so is the state that it led to.</summary>
    /// <param name="record">The packet.</param>
    /// <param name="next">Where the first packet of a referral leads then; otherwise <see cref="State"/>.</param>
    internal Conversation Void(PacketRecord record, ReferralState next)
    {
        var isLast = File.Packets.LastOrDefault(packet => !packet.Incoming && !packet.IsVoid) == record;
        var before = (ReferralState)record.StateBefore;
        var isItsState = before is not ReferralState.Unspecified
            && ReferralMachine.OnSent(before, Role, record.Kind, record.Answer).TryGet(out var made, out _)
            && made == State;
        return this with
        {
            State = next == State && isLast && isItsState ? before : next,
            File = File.Void(record),
        };
    }
}
