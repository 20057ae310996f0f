using CbssReturn.Casework.Common;

namespace CbssReturn.Casework.Movement;

/// <summary>When to meet, in the zone of the arrival.</summary>
/// <param name="Start">Start, not later than the arrival.</param>
/// <param name="End">End, not earlier than the arrival.</param>
/// <param name="GraceMinutes">Minutes to wait beyond the end, 0 to 240.</param>
public sealed record PickupWindow(LocalMoment Start, LocalMoment End, uint GraceMinutes)
{
    /// <summary>Longest grace, in minutes.</summary>
    public const uint GraceMinutesMax = 240;

    /// <summary>When the search begins for a person who was not seen.</summary>
    public DateTimeOffset MissedAt => End.Utc.AddMinutes(GraceMinutes);
}
