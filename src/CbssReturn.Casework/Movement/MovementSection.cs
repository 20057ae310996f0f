using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Movement;

/// <summary>Journey and pickup (docs/spec/casework.md, section 7): the most dangerous section, sent last and erased
/// first.
/// </summary>
public sealed record MovementSection : Section
{
    /// <summary>Most legs.</summary>
    public const int LegsMax = 12;

    /// <summary>Most effects of a refusal.</summary>
    public const int RefusalEffectsMax = 8;

    /// <summary>Most people who meet.</summary>
    public const int MeetingPersonsMax = 6;

    /// <summary>Most places with help.</summary>
    public const int TransitAssistanceMax = 8;

    /// <summary>Most steps when the person is not seen.</summary>
    public const int NoShowStepsMax = 8;

    /// <summary>Most contacts.</summary>
    public const int FallbackContactsMax = 8;

    private MovementSection(MovementDetails details) => Details = details;

    /// <summary>How long after the arrival the section may still be opened.</summary>
    public static TimeSpan KeptAfterArrival { get; } = TimeSpan.FromHours(72);

    /// <inheritdoc/>
    public override Category Category => Category.Movement;

    /// <summary>What it says.</summary>
    public MovementDetails Details { get; }

    /// <summary>The scheduled arrival at the end of the journey.</summary>
    public LocalMoment Arrival => Details.Legs[^1].Arrives;

    /// <summary>When the right to open it ends at the latest, whatever the grant says; in UTC.</summary>
    public DateTimeOffset EndsAt => Arrival.Utc + KeptAfterArrival;

    /// <summary>Whether this machine's rules for a zone differ from the writer's, so that a person must check the times
    /// by phone (<see cref="LocalMoment.IsDoubtful"/>).</summary>
    public bool HasDoubtfulTimes
    {
        get
        {
            var times = Details.Legs.SelectMany(leg => new[] { leg.Departs, leg.Arrives });
            return times.Any(time => time.IsDoubtful)
                || Details.Window is { Start.IsDoubtful: true } or { End.IsDoubtful: true };
        }
    }

    /// <summary>Makes a section.</summary>
    /// <param name="details">What it says.</param>
    /// <returns>The section, or a refusal: <see cref="RefusalCode.PickupRefusedByPerson"/>,
    /// <see cref="RefusalCode.AddressNotAllowed"/>, <see cref="RefusalCode.WindowMissesArrival"/>,
    /// <see cref="RefusalCode.LeadWithoutDeputy"/>, <see cref="RefusalCode.FallbackContactMissing"/>,
    /// <see cref="RefusalCode.DatesContradict"/>, or one about the form of a field.</returns>
    public static Result<MovementSection> Create(MovementDetails details)
    {
        ArgumentNullException.ThrowIfNull(details);
        return MovementRules.Validate(details) is { } refusal ? refusal : new MovementSection(details);
    }
}
