using CbssReturn.Casework.Common;
using CbssReturn.Casework.Movement;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Referrals;

/// <summary>The receiving side's word on the pickup (docs/spec/casework.md, rule 10.7).</summary>
public sealed record PickupAnswer : CodedAnswer
{
    private PickupAnswer(PickupVerdict verdict, uint movementVersion, StaffPair? staff) =>
        (Verdict, MovementVersion, Staff) = (verdict, movementVersion, staff);

    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.PickupAnswer;

    /// <summary>Which way.</summary>
    public PickupVerdict Verdict { get; }

    /// <summary>Version of the movement section that is answered, counted from 1.</summary>
    public uint MovementVersion { get; }

    /// <summary>Who meets, with <see cref="PickupVerdict.Confirmed"/>; null otherwise.</summary>
    public StaffPair? Staff { get; }

    /// <summary>Makes an answer.</summary>
    /// <returns>The answer, or a refusal with <see cref="RefusalCode.LeadWithoutDeputy"/> or one about the form of a
    /// field.</returns>
    public static Result<PickupAnswer> Create(PickupVerdict verdict, uint movementVersion, StaffPair? staff)
    {
        var refusal = Check.Known(verdict, "verdict")
            ?? Check.Range(movementVersion, 1, uint.MaxValue, "movement_version")
            ?? Check.OnlyWhen(verdict == PickupVerdict.Confirmed, staff is not null, "lead_alias")
            ?? staff?.Validate();
        return refusal is null ? new PickupAnswer(verdict, movementVersion, staff) : refusal;
    }

    /// <summary>Checks the answer against the movement section that it answers.</summary>
    /// <param name="version">Newest version that is known here.</param>
    /// <param name="choice">What the person wants, in that version.</param>
    /// <returns>Done, or a refusal: <see cref="RefusalCode.SectionVersionOld"/> when a newer version is known,
    /// <see cref="RefusalCode.AnswerDoesNotFit"/> when it answers one that was never sent or stands down a pickup that
    /// the person wants, <see cref="RefusalCode.PickupRefusedByPerson"/> when somebody would wait for a person who does
    /// not want it.</returns>
    public Result<Done> CheckAgainst(uint version, PickupChoice choice)
    {
        if (MovementVersion < version)
        {
            return new Refusal(RefusalCode.SectionVersionOld, "A newer plan is known.", "movement_version");
        }

        if (MovementVersion > version)
        {
            return new Refusal(RefusalCode.AnswerDoesNotFit, "There is no such plan.", "movement_version");
        }

        return (Verdict, choice) switch
        {
            (PickupVerdict.Confirmed, PickupChoice.Refused or PickupChoice.ContactOnly) => new Refusal(
                RefusalCode.PickupRefusedByPerson, "The person does not want to be met; stand down.", "verdict"),
            (PickupVerdict.StoodDown, PickupChoice.Wanted) => new Refusal(
                RefusalCode.AnswerDoesNotFit, "The person wants to be met; say CANNOT if nobody can come.", "verdict"),
            _ => Done.Instance,
        };
    }
}
