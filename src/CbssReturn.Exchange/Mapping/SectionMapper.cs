using CbssReturn.Casework.Common;
using CbssReturn.Casework.Documents;
using CbssReturn.Casework.Identity;
using CbssReturn.Casework.Movement;
using CbssReturn.Casework.Risk;
using CbssReturn.Casework.Services;
using CbssReturn.Outcomes;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Mapping;

/// <summary>Sections between their wire form and the domain. Codes that are not known survive the round trip;
/// everything else is strict.</summary>
public static class SectionMapper
{
    /// <summary>Reads a section and checks every rule on it.</summary>
    /// <param name="section">The wire form.</param>
    /// <param name="now">The moment, against which the age of a person counts.</param>
    /// <param name="source">Where it comes from.</param>
    /// <returns>The section, or a refusal whose field is a path in the names of the JSON form, for example
    /// <c>movement.legs[0].arrives.local</c>; <see cref="RefusalCode.FieldMissing"/> when it holds no section that is
    /// known here.</returns>
    public static Result<Section> FromWire(Wire.Section section, DateTimeOffset now, SectionSource source)
    {
        ArgumentNullException.ThrowIfNull(section);
        return section.ContentCase switch
        {
            Wire.Section.ContentOneofCase.Identity =>
                Place(IdentityMapper.FromWire(section.Identity, now), "identity"),
            Wire.Section.ContentOneofCase.Risk =>
                Place(RiskMapper.FromWire(section.Risk, source), "risk"),
            Wire.Section.ContentOneofCase.TravelDocs =>
                Place(TravelDocumentsMapper.FromWire(section.TravelDocs), "travel_docs"),
            Wire.Section.ContentOneofCase.Movement =>
                Place(MovementMapper.FromWire(section.Movement, source), "movement"),
            Wire.Section.ContentOneofCase.Services =>
                Place(ServicesMapper.FromWire(section.Services), "services"),
            _ => new Refusal(RefusalCode.FieldMissing, "This holds no section that is known here."),
        };
    }

    /// <summary>Writes a section. What the domain worked out, such as overall levels, is written out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A subclass without a wire form; a fault of this
    /// program.</exception>
    public static Wire.Section ToWire(Section section) => section switch
    {
        IdentitySection identity => new Wire.Section { Identity = IdentityMapper.ToWire(identity.Details) },
        RiskSection risk => new Wire.Section { Risk = RiskMapper.ToWire(risk.Details) },
        TravelDocumentsSection documents =>
            new Wire.Section { TravelDocs = TravelDocumentsMapper.ToWire(documents.Details) },
        MovementSection movement => new Wire.Section { Movement = MovementMapper.ToWire(movement.Details) },
        ServicesSection services => new Wire.Section { Services = ServicesMapper.ToWire(services) },
        _ => throw new ArgumentOutOfRangeException(nameof(section)),
    };

    /// <summary>The category of a section in its wire form; unspecified when it holds none that is known
    /// here.</summary>
    public static Category CategoryOf(Wire.Section section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return section.ContentCase switch
        {
            Wire.Section.ContentOneofCase.Identity => Category.Identity,
            Wire.Section.ContentOneofCase.Risk => Category.Risk,
            Wire.Section.ContentOneofCase.TravelDocs => Category.TravelDocs,
            Wire.Section.ContentOneofCase.Movement => Category.Movement,
            Wire.Section.ContentOneofCase.Services => Category.Services,
            _ => Category.Unspecified,
        };
    }

    private static Result<Section> Place<T>(Result<T> result, string field)
        where T : Section =>
        result.TryGet(out var section, out var refusal) ? section : refusal.Within(field);
}
