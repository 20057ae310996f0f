namespace CbssReturn.Desk.Referrals;

/// <summary>One referral as a person sees it, without a section's content.</summary>
/// <param name="Conversation">State and file.</param>
/// <param name="Packets">Packets both ways, in the order in which they were stored.</param>
public sealed record ReferralView(Conversation Conversation, IReadOnlyList<PacketView> Packets);
