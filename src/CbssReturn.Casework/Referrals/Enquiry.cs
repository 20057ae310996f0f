using CbssReturn.Casework.Common;
using CbssReturn.Casework.Services;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Referrals;

/// <summary>Circumstances without identity: enough to say whether there is room (docs/spec/casework.md, rule 10.1).
/// </summary>
public sealed record Enquiry : CodedAnswer
{
    /// <summary>Most forms of exploitation.</summary>
    public const int ExploitationFormsMax = 10;

    /// <summary>Most languages.</summary>
    public const int LanguagesMax = 8;

    /// <summary>Most services.</summary>
    public const int ServicesMax = 32;

    /// <summary>Most children who travel along.</summary>
    public const int ChildrenMax = 10;

    private Enquiry(
        AgeBand ageBand,
        Gender gender,
        ValueList<ExploitationForm> exploitationForms,
        ValueList<LanguageTag> languages,
        ValueList<ServiceKind> services,
        uint childrenTravelling)
    {
        (AgeBand, Gender, ExploitationForms) = (ageBand, gender, exploitationForms);
        (Languages, Services, ChildrenTravelling) = (languages, services, childrenTravelling);
    }

    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.Enquiry;

    /// <summary>Age band of an adult.</summary>
    public AgeBand AgeBand { get; }

    /// <summary>Whom the service must be able to take in.</summary>
    public Gender Gender { get; }

    /// <summary>Forms of exploitation; at most 10.</summary>
    public ValueList<ExploitationForm> ExploitationForms { get; }

    /// <summary>Languages; at most 8.</summary>
    public ValueList<LanguageTag> Languages { get; }

    /// <summary>Services asked for; at most 32.</summary>
    public ValueList<ServiceKind> Services { get; }

    /// <summary>Children who travel along; 0 to 10.</summary>
    public uint ChildrenTravelling { get; }

    /// <summary>Makes an enquiry.</summary>
    /// <returns>The enquiry, or a refusal: <see cref="RefusalCode.PossibleMinor"/>, or one about the form of a field.
    /// </returns>
    public static Result<Enquiry> Create(
        AgeBand ageBand,
        Gender gender,
        ValueList<ExploitationForm> exploitationForms,
        ValueList<LanguageTag> languages,
        ValueList<ServiceKind> services,
        uint childrenTravelling)
    {
        ArgumentNullException.ThrowIfNull(exploitationForms);
        ArgumentNullException.ThrowIfNull(languages);
        ArgumentNullException.ThrowIfNull(services);
        var refusal = AdultRule.CheckBand(ageBand)
            ?? Check.KnownOrUnset(gender, "gender")
            ?? Check.Count(exploitationForms, 0, ExploitationFormsMax, "exploitation_forms")
            ?? Check.AllKnown(exploitationForms, "exploitation_forms")
            ?? Check.Count(languages, 0, LanguagesMax, "languages")
            ?? Check.Unique(languages, "languages")
            ?? Check.Count(services, 0, ServicesMax, "services")
            ?? Check.AllKnown(services, "services")
            ?? Check.Range(childrenTravelling, 0, ChildrenMax, "children_travelling");
        return refusal is null
            ? new Enquiry(ageBand, gender, exploitationForms, languages, services, childrenTravelling)
            : refusal;
    }
}
