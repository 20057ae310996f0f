using CbssReturn.Storage.Rows;

namespace CbssReturn.Storage.Changes;

/// <summary>Stores a conversation, or its next version. Conflict: the stored version is not the expected one, or
/// another conversation has the same index.</summary>
/// <param name="Row">The conversation; its version is one more than the expected one. Of an existing row only state,
/// content and <see cref="ConversationRow.UpdatedAt"/> change.</param>
/// <param name="ExpectedVersion">The version that is replaced; 0 to add the conversation.</param>
public sealed record PutConversation(ConversationRow Row, long ExpectedVersion) : StoreChange;
