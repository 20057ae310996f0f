using CbssReturn.Contracts.Desk.V1;

namespace CbssReturn.Cli.Demo;

/// <summary>One of the five organisations of the demo.</summary>
/// <param name="Name">Its name in scenario files and its folder.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Kind">Kind of node, as cbss-node init takes it.</param>
/// <param name="UserRole">What the one who works there may do.</param>
internal sealed record DemoRole(string Name, string Title, string Country, string Kind, Role UserRole)
{
    /// <summary>The kind of the one that checks the others' audit logs.</summary>
    public const string FocalPointKind = "FOCAL_POINT";

    /// <summary>The five, in the order of the story. All are made up.</summary>
    public static IReadOnlyList<DemoRole> All { get; } =
    [
        new("sender", "Sending shelter", "FI", "PROVIDER", Role.Caseworker),
        new("shelter_a", "Receiving shelter A", "LV", "PROVIDER", Role.Caseworker),
        new("shelter_b", "Receiving shelter B", "LV", "PROVIDER", Role.Caseworker),
        new("operator", "Return-programme operator", "FI", "RETURN_PROGRAMME_OPERATOR", Role.ProgrammeOperator),
        new("focal_point", "National focal point", "LV", FocalPointKind, Role.FocalPoint),
    ];
}
