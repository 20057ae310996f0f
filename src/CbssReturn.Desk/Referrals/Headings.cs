using CbssReturn.Casework.Referrals;
using CbssReturn.Exchange;
using CbssReturn.Exchange.Records;

namespace CbssReturn.Desk.Referrals;

/// <summary>Makes the heading of a conversation's next packet.</summary>
internal static class Headings
{
    public static PacketHeading Next(ConversationFile file, MessageKind kind) => new()
    {
        Kind = kind,
        Stage = kind is MessageKind.Cancel ? file.Stage : DisclosureRules.StageOf(kind),
        Conversation = file.Conversation,
        Sequence = file.NextSequence,
        Message = MessageId.NewRandom(),
        Priority = file.Priority,
        RespondBy = file.RespondBy,
        Alias = file.Alias,
        FromCountry = file.FromCountry,
        ToCountry = file.ToCountry,
    };
}
