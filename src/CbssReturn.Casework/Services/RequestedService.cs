using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Services;

/// <summary>One service, and where it stands.</summary>
public sealed record RequestedService : Confidential
{
    /// <summary>Rule of <see cref="ServiceOther"/>.</summary>
    public static readonly TextRule ServiceOtherText = new(SensitivityClass.Operational, 80);

    /// <summary>Rule of <see cref="Notes"/>.</summary>
    public static readonly TextRule NotesText = new(SensitivityClass.Personal, 500);

    /// <summary>Longest duration, in days.</summary>
    public const int DurationDaysMax = 3650;

    /// <summary>Which service.</summary>
    public ServiceKind Service { get; init; }

    /// <summary>The other service, with <see cref="ServiceKind.Other"/> only.</summary>
    public FreeText? ServiceOther { get; init; }

    /// <summary>How soon.</summary>
    public ServiceUrgency Urgency { get; init; }

    /// <summary>From which day; null when open.</summary>
    public DateOnly? FromDate { get; init; }

    /// <summary>For how long, in days; 0 when open.</summary>
    public uint DurationDays { get; init; }

    /// <summary>Whom the service must be able to take in.</summary>
    public Gender GenderOfClient { get; init; }

    /// <summary>Language in which it is needed; null when open.</summary>
    public LanguageTag? Language { get; init; }

    /// <summary>Notes; null for none.</summary>
    public FreeText? Notes { get; init; }

    /// <summary>Where it stands.</summary>
    public ServiceStatus Status { get; init; }

    /// <summary>Who gives it; null when open.</summary>
    public StaffAlias? ProviderAlias { get; init; }

    /// <summary>Since when it is given; null when it is not.</summary>
    public DateOnly? StartedOn { get; init; }

    /// <summary>Why the person does not take it, with <see cref="ServiceStatus.DeclinedByPerson"/>; never required.
    /// </summary>
    public PersonDeclineReason DeclineReason { get; init; }

    internal Refusal? Validate() =>
        Check.Required(Service, "service")
        ?? Check.OnlyWhen(Service == ServiceKind.Other, ServiceOther is not null, "service_other")
        ?? Check.Range(DurationDays, 0, DurationDaysMax, "duration_days")
        ?? Check.Required(Status, "status")
        ?? Check.AllowedWhen(
            Status == ServiceStatus.DeclinedByPerson,
            DeclineReason != PersonDeclineReason.Unspecified,
            "decline_reason");
}
