using CbssReturn.Casework.Common;
using CbssReturn.Casework.Services;
using CbssReturn.Outcomes;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Mapping;

/// <summary>The services section between its wire form and the domain.</summary>
internal static class ServicesMapper
{
    public static Result<ServicesSection> FromWire(Wire.ServicesSection wire)
    {
        var reader = new FieldReader();
        var services = reader.List(wire.Services, "services", ReadService);
        var plan = reader.Inside(wire.Plan, "plan", ReadPlan);
        return reader.Finish(() => ServicesSection.Create(services, plan));
    }

    public static Wire.ServicesSection ToWire(ServicesSection section) => new()
    {
        Services = { section.Services.Select(WriteService) },
        Plan = section.Plan is { } plan ? WritePlan(plan) : null,
    };

    private static Wire.RequestedService WriteService(RequestedService service) => new()
    {
        Service = (Wire.ServiceKind)service.Service,
        ServiceOther = WireValues.Text(service.ServiceOther),
        Urgency = (Wire.ServiceUrgency)service.Urgency,
        FromDate = WireValues.Date(service.FromDate),
        DurationDays = service.DurationDays,
        GenderOfClient = (Wire.Gender)service.GenderOfClient,
        Language = service.Language?.ToString() ?? "",
        Notes = WireValues.Text(service.Notes),
        Status = (Wire.ServiceStatus)service.Status,
        ProviderAlias = service.ProviderAlias?.ToString() ?? "",
        StartedOn = WireValues.Date(service.StartedOn),
        DeclineReason = (Wire.PersonDeclineReason)service.DeclineReason,
    };

    private static Wire.ReintegrationPlan WritePlan(ReintegrationPlan plan) => new()
    {
        Goals = { plan.Goals.Select(goal => goal.Content) },
        Steps =
        {
            plan.Steps.Select(step => new Wire.PlanStep
            {
                What = step.What.Content,
                WhoAlias = step.WhoAlias?.ToString() ?? "",
                DueOn = WireValues.Date(step.DueOn),
                Done = step.IsDone,
            }),
        },
        First30Days = WireValues.Text(plan.First30Days),
        OwnPriorities = { plan.OwnPriorities.Select(priority => priority.Content) },
        ReviewOn = WireValues.Date(plan.ReviewOn),
        EmployerDisclosure = (Wire.EmployerDisclosure)plan.EmployerDisclosure,
    };

    private static Result<RequestedService> ReadService(Wire.RequestedService wire)
    {
        var reader = new FieldReader();
        var service = new RequestedService
        {
            Service = (ServiceKind)wire.Service,
            ServiceOther = reader.Text(wire.ServiceOther, RequestedService.ServiceOtherText, "service_other"),
            Urgency = (ServiceUrgency)wire.Urgency,
            FromDate = reader.Date(wire.FromDate, "from_date"),
            DurationDays = wire.DurationDays,
            GenderOfClient = (Gender)wire.GenderOfClient,
            Language = reader.Language(wire.Language, "language"),
            Notes = reader.Text(wire.Notes, RequestedService.NotesText, "notes"),
            Status = (ServiceStatus)wire.Status,
            ProviderAlias = reader.Alias(wire.ProviderAlias, "provider_alias"),
            StartedOn = reader.Date(wire.StartedOn, "started_on"),
            DeclineReason = (PersonDeclineReason)wire.DeclineReason,
        };
        return reader.Finish<RequestedService>(() => service);
    }

    private static Result<ReintegrationPlan> ReadPlan(Wire.ReintegrationPlan wire)
    {
        var reader = new FieldReader();
        var plan = new ReintegrationPlan
        {
            Goals = reader.Texts(wire.Goals, ReintegrationPlan.GoalText, "goals"),
            Steps = reader.List(wire.Steps, "steps", ReadStep),
            First30Days = reader.Text(wire.First30Days, ReintegrationPlan.First30DaysText, "first_30_days"),
            OwnPriorities = reader.Texts(wire.OwnPriorities, ReintegrationPlan.GoalText, "own_priorities"),
            ReviewOn = reader.Date(wire.ReviewOn, "review_on"),
            EmployerDisclosure = (EmployerDisclosure)wire.EmployerDisclosure,
        };
        return reader.Finish<ReintegrationPlan>(() => plan);
    }

    private static Result<PlanStep> ReadStep(Wire.PlanStep wire)
    {
        var reader = new FieldReader();
        var step = new PlanStep
        {
            What = reader.RequiredText(wire.What, PlanStep.WhatText, "what"),
            WhoAlias = reader.Alias(wire.WhoAlias, "who_alias"),
            DueOn = reader.Date(wire.DueOn, "due_on"),
            IsDone = wire.Done,
        };
        return reader.Finish<PlanStep>(() => step);
    }
}
