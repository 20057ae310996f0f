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
    ConversationFile File);
