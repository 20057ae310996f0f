using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Referrals;

/// <summary>Answer to an enquiry (docs/spec/casework.md, rule 10.2).</summary>
public sealed record EnquiryAnswer : CodedAnswer
{
    private EnquiryAnswer(
        EnquiryVerdict verdict,
        DeclineCode code,
        ValueList<RecipientId> alternatives,
        DateTimeOffset? offerValidUntil) =>
        (Verdict, DeclineCode, Alternatives, OfferValidUntil) = (verdict, code, alternatives, offerValidUntil);

    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.EnquiryAnswer;

    /// <summary>Whether the provider could help.</summary>
    public EnquiryVerdict Verdict { get; }

    /// <summary>Why not, with <see cref="EnquiryVerdict.Cannot"/>; unspecified otherwise.</summary>
    public DeclineCode DeclineCode { get; }

    /// <summary>Nodes that may be able to; at most 8.</summary>
    public ValueList<RecipientId> Alternatives { get; }

    /// <summary>Until when the offer holds, in UTC, to the second; null for no offer or no end.</summary>
    public DateTimeOffset? OfferValidUntil { get; }

    /// <summary>Makes an answer.</summary>
    /// <returns>The answer, or a refusal: <see cref="RefusalCode.DeclineCodeMissing"/>,
    /// <see cref="RefusalCode.AnswerDoesNotFit"/>, or one about the form of a field.</returns>
    public static Result<EnquiryAnswer> Create(
        EnquiryVerdict verdict, DeclineCode code, ValueList<RecipientId> alternatives, DateTimeOffset? offerValidUntil)
    {
        ArgumentNullException.ThrowIfNull(alternatives);
        var refusal = Check.Known(verdict, "verdict")
            ?? Check.KnownOrUnset(code, "decline_code")
            ?? (verdict == EnquiryVerdict.Cannot && code == DeclineCode.Unspecified
                ? Decline.CodeMissing("decline_code")
                : null)
            ?? Check.AllowedWhen(verdict == EnquiryVerdict.Cannot, code != DeclineCode.Unspecified, "decline_code")
            ?? Decline.CheckAlternatives(alternatives)
            ?? (verdict == EnquiryVerdict.TryOther && alternatives.Count == 0
                ? new Refusal(RefusalCode.AnswerDoesNotFit, "Name the node to try.", "alternatives")
                : null)
            ?? Check.AllowedWhen(verdict == EnquiryVerdict.Can, offerValidUntil is not null, "offer_valid_until");
        return refusal is null
            ? new EnquiryAnswer(verdict, code, alternatives, Moments.ToSeconds(offerValidUntil))
            : refusal;
    }
}
