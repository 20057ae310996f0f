namespace CbssReturn.Simulation.Tests;

/// <summary>The clock of one machine: the one fake clock, and how wrong it is there.</summary>
internal sealed class SkewedTime(TimeProvider time) : TimeProvider
{
    /// <summary>How far it is ahead; negative for behind.</summary>
    public TimeSpan Skew { get; set; }

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Skew;

    /// <summary>The minute that an entry says.</summary>
    public DateTimeOffset Minute()
    {
        var now = GetUtcNow();
        return new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
    }
}
