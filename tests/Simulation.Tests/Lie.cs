using CbssReturn.Auditor.Tests;

namespace CbssReturn.Simulation.Tests;

/// <summary>How a node lies; by default it does not.</summary>
internal sealed record Lie
{
    public bool OmitsSent { get; init; }

    public bool OmitsReceived { get; init; }

    /// <summary>Whether every packet is received twice.</summary>
    public bool LogsTwice { get; init; }

    /// <summary>Whether nothing is handed over any more.</summary>
    public bool IsSilent { get; init; }

    /// <summary>By how much entries are dated before they are written.</summary>
    public TimeSpan DatesBackBy { get; init; }

    /// <summary>Which log a witness is shown; null for the true one.</summary>
    public Func<SimFocalPoint, MemoryLog?>? ShownTo { get; init; }

    /// <summary>What is done after each checkpoint; null for nothing.</summary>
    public Action<SimNode>? AfterPublish { get; init; }
}
