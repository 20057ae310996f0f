namespace CbssReturn.Casework.Risk;

/// <summary>A level for each of the four phases; <see cref="RiskLevel.Unspecified"/> for no opinion.</summary>
/// <param name="BeforeDeparture">Before departure.</param>
/// <param name="Transit">On the way.</param>
/// <param name="Arrival">On arrival.</param>
/// <param name="AfterReturn">After the return.</param>
public sealed record PhaseLevels(RiskLevel BeforeDeparture, RiskLevel Transit, RiskLevel Arrival, RiskLevel AfterReturn)
{
    /// <summary>No opinion on any phase.</summary>
    public static PhaseLevels None { get; } = new(default, default, default, default);

    /// <summary>The four phases, in order.</summary>
    public static IReadOnlyList<JourneyPhase> Phases { get; } =
        [JourneyPhase.BeforeDeparture, JourneyPhase.Transit, JourneyPhase.Arrival, JourneyPhase.AfterReturn];

    /// <summary>The level of one phase.</summary>
    /// <param name="phase">The phase; for one that is not known there is no opinion.</param>
    public RiskLevel this[JourneyPhase phase] => phase switch
    {
        JourneyPhase.BeforeDeparture => BeforeDeparture,
        JourneyPhase.Transit => Transit,
        JourneyPhase.Arrival => Arrival,
        JourneyPhase.AfterReturn => AfterReturn,
        _ => RiskLevel.Unspecified,
    };

    /// <summary>Makes levels phase by phase.</summary>
    /// <param name="level">Gives the level of a phase.</param>
    public static PhaseLevels From(Func<JourneyPhase, RiskLevel> level)
    {
        ArgumentNullException.ThrowIfNull(level);
        return new PhaseLevels(
            level(JourneyPhase.BeforeDeparture),
            level(JourneyPhase.Transit),
            level(JourneyPhase.Arrival),
            level(JourneyPhase.AfterReturn));
    }

    /// <summary>The highest level of all phases.</summary>
    public RiskLevel Highest() => Phases.Max(phase => this[phase]);
}
