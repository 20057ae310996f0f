using CbssReturn.Casework.Common;
using CbssReturn.Casework.Services;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Tests.Services;

/// <summary>Services and a new start (docs/spec/casework.md, section 8).</summary>
public sealed class ServicesSectionTests
{
    private static readonly RequestedService Housing = new()
    {
        Service = ServiceKind.LongTermHousing,
        Status = ServiceStatus.Requested,
    };

    [Fact]
    public void Create_NoService_Refused() => Refused(RefusalCode.FieldMissing, "services");

    [Fact]
    public void Create_ServiceTwice_Refused() => Refused(RefusalCode.ValueTwice, "services[1]", Housing, Housing);

    [Fact]
    public void Create_OtherTwice_Taken()
    {
        var other = Housing with { Service = ServiceKind.Other, ServiceOther = Samples.Text("A bicycle") };

        Expect.Value(ServicesSection.Create([other, other with { ServiceOther = Samples.Text("A dog") }], null));
    }

    [Fact]
    public void Create_OtherWithoutWords_Refused()
    {
        Refused(
            RefusalCode.FieldMissing, "services[0].service_other", Housing with { Service = ServiceKind.Other });
        Refused(
            RefusalCode.FieldNotAllowed,
            "services[0].service_other",
            Housing with { ServiceOther = Samples.Text("A bicycle") });
    }

    [Fact]
    public void Create_DeclinedByPerson_NeedsNoReason()
    {
        var declined = Housing with { Status = ServiceStatus.DeclinedByPerson };

        Expect.Value(ServicesSection.Create([declined], null));
        Expect.Value(ServicesSection.Create([declined with { DeclineReason = PersonDeclineReason.NoReason }], null));
        Refused(
            RefusalCode.FieldNotAllowed,
            "services[0].decline_reason",
            Housing with { DeclineReason = PersonDeclineReason.Stigma });
    }

    [Fact]
    public void Create_CodesUntold_Refused()
    {
        Refused(RefusalCode.FieldMissing, "services[0].service", Housing with { Service = default });
        Refused(RefusalCode.FieldMissing, "services[0].status", Housing with { Status = default });
        Refused(RefusalCode.NumberOutOfRange, "services[0].duration_days", Housing with { DurationDays = 3651 });
    }

    [Fact]
    public void Create_PlanTooLong_Refused() => Expect.Refusal(
        RefusalCode.TooMany,
        "plan.goals",
        ServicesSection.Create(
            [Housing],
            new ReintegrationPlan { Goals = Enumerable.Repeat(Samples.Text("Rest"), 17).ToValueList() }));

    [Theory]
    [InlineData(EmployerDisclosure.Unspecified, false)]
    [InlineData(EmployerDisclosure.Forbidden, false)]
    [InlineData(EmployerDisclosure.Allowed, true)]
    [InlineData((EmployerDisclosure)42, false)]
    public void MayEmployerKnow_UnlessAllowed_No(EmployerDisclosure disclosure, bool mayKnow) =>
        Assert.Equal(mayKnow, new ReintegrationPlan { EmployerDisclosure = disclosure }.MayEmployerKnow);

    private static void Refused(RefusalCode code, string field, params RequestedService[] services) =>
        Expect.Refusal(code, field, ServicesSection.Create(services.ToValueList(), null));
}
