using System.Globalization;
using CbssReturn.AuditLog;
using CbssReturn.Auditor.State;

namespace CbssReturn.Auditor.Watch;

/// <summary>What a log's silence means at an hour.</summary>
internal static class Liveness
{
    /// <summary>Judges how a log stands.</summary>
    /// <param name="log">The log and its declared hours.</param>
    /// <param name="state">What is known of it.</param>
    /// <param name="watchedSince">Since when this auditor has been watching, and could reach somebody.</param>
    /// <param name="now">The moment.</param>
    public static LogStanding Judge(
        WatchedLog log, LogState state, DateTimeOffset watchedSince, DateTimeOffset now)
    {
        if (log.AwakeSince(now) is not { } awakeSince)
        {
            return LogStanding.Asleep;
        }

        // What happened while nobody watched, or while the node may sleep, is not held against it.
        var from = awakeSince > watchedSince ? awakeSince : watchedSince;
        if (now - Latest(state.GrownAt, from) > log.StaleAfter)
        {
            return LogStanding.Stale;
        }

        return now - Latest(state.WitnessedAt, from) > log.UnwitnessedAfter
            ? LogStanding.Unwitnessed
            : LogStanding.Awake;
    }

    /// <summary>Makes the finding of a standing.</summary>
    /// <returns>The finding, or null when the standing is as it should be.</returns>
    public static Finding? FindingOf(WatchedLog log, LogState state, LogStanding standing) => standing switch
    {
        LogStanding.Stale => Finding.Of(
            AlarmKind.Stale,
            AlarmLevel.Warning,
            log.Origin,
            FormattableString.Invariant($"{state.Size}"),
            FormattableString.Invariant($"The log has shown nothing new beyond {state.Size} entries ")
                + $"for more than {Minutes(log.StaleAfter)} minutes of the hours in which its node is declared awake."),
        LogStanding.Unwitnessed => Finding.Of(
            AlarmKind.Unwitnessed,
            AlarmLevel.Warning,
            log.Origin,
            FormattableString.Invariant($"{state.WitnessedAt?.ToUnixTimeSeconds()}"),
            $"For more than {Minutes(log.UnwitnessedAfter)} minutes too few witnesses have cosigned the log.",
            null,
            state.Note.IsEmpty ? [] : [(EvidenceName.Checkpoint, state.Note)]),
        LogStanding.Awake or LogStanding.Asleep => null,
        _ => throw new InvalidOperationException($"There is no standing {standing}."),
    };

    private static DateTimeOffset Latest(DateTimeOffset? one, DateTimeOffset other) =>
        one > other ? one.Value : other;

    private static string Minutes(TimeSpan time) => time.TotalMinutes.ToString("0", CultureInfo.InvariantCulture);
}
