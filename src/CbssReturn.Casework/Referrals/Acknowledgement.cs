using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Referrals;

/// <summary>A person has seen the referral, and these two will answer for it (docs/spec/casework.md, rule
/// 10.3).</summary>
public sealed record Acknowledgement : CodedAnswer
{
    private Acknowledgement(StaffPair staff) => Staff = staff;

    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.Acknowledge;

    /// <summary>Lead and deputy.</summary>
    public StaffPair Staff { get; }

    /// <summary>Makes an acknowledgement.</summary>
    /// <returns>The acknowledgement, or a refusal with <see cref="RefusalCode.LeadWithoutDeputy"/>.</returns>
    public static Result<Acknowledgement> Create(StaffPair staff)
    {
        ArgumentNullException.ThrowIfNull(staff);
        return staff.Validate() is { } refusal ? refusal : new Acknowledgement(staff);
    }
}
