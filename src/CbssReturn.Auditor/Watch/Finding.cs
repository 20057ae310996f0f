using CbssReturn.AuditLog;

namespace CbssReturn.Auditor.Watch;

/// <summary>An alarm and what it is about, so that it is raised once and not in each round.</summary>
/// <param name="Cause">Names the matter within one log; the same for as long as it is the same matter.</param>
/// <param name="Alarm">The alarm.</param>
internal sealed record Finding(string Cause, AuditAlarm Alarm)
{
    /// <summary>Makes a finding about one log.</summary>
    public static Finding Of(
        AlarmKind kind,
        AlarmLevel level,
        string origin,
        string cause,
        string text,
        long? index = null,
        params IEnumerable<(string Name, ReadOnlyMemory<byte> Blob)> evidence) =>
        new($"{AlarmJson.NameOf(kind)} {cause}".TrimEnd(), new AuditAlarm
        {
            Kind = kind,
            Level = level,
            Origin = origin,
            Index = index,
            Text = text,
            Evidence = evidence.ToDictionary(pair => pair.Name, pair => pair.Blob),
        });
}
