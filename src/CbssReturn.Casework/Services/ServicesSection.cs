using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Services;

/// <summary>Services and a new start (docs/spec/casework.md, section 8).</summary>
public sealed record ServicesSection : Section
{
    /// <summary>Most services.</summary>
    public const int ServicesMax = 32;

    private ServicesSection(ValueList<RequestedService> services, ReintegrationPlan? plan) =>
        (Services, Plan) = (services, plan);

    /// <inheritdoc/>
    public override Category Category => Category.Services;

    /// <summary>Services; 1 to 32, each kind once but <see cref="ServiceKind.Other"/>.</summary>
    public ValueList<RequestedService> Services { get; }

    /// <summary>Plan for the time after return; null when there is none.</summary>
    public ReintegrationPlan? Plan { get; }

    /// <summary>Makes a section.</summary>
    /// <returns>The section, or a refusal about the form of a field.</returns>
    public static Result<ServicesSection> Create(ValueList<RequestedService> services, ReintegrationPlan? plan)
    {
        ArgumentNullException.ThrowIfNull(services);
        var refusal = Check.Count(services, 1, ServicesMax, "services")
            ?? Check.Each(services, "services", service => service.Validate())
            ?? CheckTwice(services)
            ?? Check.Inside(plan, "plan", inner => inner.Validate());
        return refusal is null ? new ServicesSection(services, plan) : refusal;
    }

    private static Refusal? CheckTwice(ValueList<RequestedService> services)
    {
        var seen = new HashSet<ServiceKind>();
        for (var i = 0; i < services.Count; i++)
        {
            if (services[i].Service != ServiceKind.Other && !seen.Add(services[i].Service))
            {
                return Check.Twice(Check.At("services", i));
            }
        }

        return null;
    }
}
