using CbssReturn.AuditLog;
using CbssReturn.Auditor.Output;
using CbssReturn.Auditor.Watch;

namespace CbssReturn.Auditor.Commands;

/// <summary>Says an alarm, as text or as one line of JSON.</summary>
internal static class AlarmReport
{
    /// <summary>Says it.</summary>
    public static void Say(AuditorConsole console, RaisedAlarm raised)
    {
        var alarm = raised.Alarm;
        var kind = AlarmJson.NameOf(alarm.Kind);
        var level = AlarmJson.NameOf(alarm.Level);
        var next = AlarmNextStep.After(alarm.Kind);
        var evidence = alarm.Evidence.Keys.Order(StringComparer.Ordinal).ToList();
        List<string> lines =
        [
            $"ALARM {kind} ({level})",
            $"  Log:   {alarm.Origin}",
            $"  What:  {alarm.Text}",
        ];
        if (alarm.Index is { } index)
        {
            lines.Add(FormattableString.Invariant($"  Entry: index {index}"));
        }

        lines.Add($"  Kept:  {raised.Place}" + (evidence.Count == 0 ? "" : $" ({string.Join(", ", evidence)})"));
        lines.Add($"  Next:  {next}");
        console.Say(
            new Report(
                kind, level, alarm.Origin, alarm.Index, alarm.Text, raised.At, next, raised.Place, evidence),
            lines);
    }

    private sealed record Report(
        string Kind,
        string Level,
        string Origin,
        long? Index,
        string Text,
        DateTimeOffset At,
        string Next,
        string EvidenceFolder,
        IReadOnlyList<string> Evidence);
}
