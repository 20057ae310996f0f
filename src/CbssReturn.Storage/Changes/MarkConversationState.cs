namespace CbssReturn.Storage.Changes;

/// <summary>Moves a conversation from one state to another and leaves content and version alone. Conflict: it is not in
/// the expected state.</summary>
/// <param name="ReferralId">The conversation.</param>
/// <param name="From">Number of the state it must be in, 1 to 255.</param>
/// <param name="To">Number of the state it gets, 1 to 255.</param>
/// <param name="UpdatedAt">When, UTC.</param>
public sealed record MarkConversationState(RowId ReferralId, byte From, byte To, DateTimeOffset UpdatedAt)
    : StoreChange;
