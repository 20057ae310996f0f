using CbssReturn.Exchange.Records;
using CbssReturn.Storage;
using CbssReturn.Storage.Changes;

namespace CbssReturn.Desk.Referrals;

/// <summary>A sealed packet on its way into the outbox: commit the changes together with the conversation.</summary>
internal sealed record QueuedPacket(RowId Row, ConversationFile File, IReadOnlyList<StoreChange> Changes);
