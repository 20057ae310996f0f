using CbssReturn.Casework.Common;
using CbssReturn.Casework.Referrals;
using CbssReturn.Outcomes;

namespace CbssReturn.Exchange;

/// <summary>What a packet of a kind may hold; the same for who writes and who reads
/// (docs/spec/referral-packet.md, section 6).</summary>
internal static class PacketRules
{
    /// <summary>Most sections that fit beside manifest, excerpt and answer into 32 parts.</summary>
    public const int SectionsMax = 16;

    public static Result<Done> Check(
        PacketHeading heading, CodedAnswer? answer, bool hasExcerpt, IReadOnlyList<Category> categories)
    {
        var needsAnswer = heading.Kind is not (
            MessageKind.ReferralSubmit or MessageKind.MovementDetails or MessageKind.MovementChange);
        if (needsAnswer ? answer?.Kind != heading.Kind : answer is not null)
        {
            return new Refusal(RefusalCode.AnswerDoesNotFit, "The answer does not fit the kind of packet.");
        }

        if (needsAnswer != (categories.Count == 0) || categories.Count > SectionsMax)
        {
            return new Refusal(
                RefusalCode.ManifestInvalid, "This kind of packet holds sections or an answer, not both.");
        }

        // An excerpt without a section would let one end change what the other is told of the person's will.
        if (hasExcerpt && categories.Count == 0)
        {
            return new Refusal(RefusalCode.ManifestInvalid, "A consent excerpt stands beside sections only.");
        }

        return DisclosureRules.Check(heading.Stage, heading.Kind, categories);
    }
}
