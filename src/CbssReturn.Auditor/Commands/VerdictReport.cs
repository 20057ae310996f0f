using System.Globalization;
using CbssReturn.AuditLog;
using CbssReturn.Auditor.Output;
using CbssReturn.Auditor.Verify;

namespace CbssReturn.Auditor.Commands;

/// <summary>Says what a verified log holds.</summary>
internal static class VerdictReport
{
    /// <summary>Says it.</summary>
    public static void Say(AuditorConsole console, LogVerdict verdict, WitnessPolicy policy)
    {
        var checkpoint = verdict.Checkpoint.Checkpoint;
        var cosigners = verdict.Checkpoint.Cosignatures.Select(cosignature => cosignature.Key.Name).Order().ToList();
        var events = verdict.Events.ToDictionary(pair => NameOf(pair.Key), pair => pair.Value);
        var json = new Report(
            true,
            checkpoint.Origin,
            checkpoint.Size,
            checkpoint.Root.ToString(),
            cosigners,
            policy.Witnesses.Count,
            verdict.Checkpoint.WitnessedAt(policy),
            verdict.FirstAt,
            verdict.LastAt,
            events,
            verdict.ContinuesSize);
        List<string> lines =
        [
            $"The log {checkpoint.Origin} is right.",
            Line($"  Entries:   {checkpoint.Size}, each hashed, and every tile"),
            $"  Root:      {checkpoint.Root}",
            Line($"  Witnesses: {cosigners.Count} of {policy.Witnesses.Count} have cosigned, as the policy asks"),
        ];
        if (verdict is { FirstAt: { } first, LastAt: { } last })
        {
            lines.Add(Line($"  Time:      {first:u} to {last:u}"));
            lines.Add($"  Events:    {string.Join(", ", events.Select(pair => Line($"{pair.Value} {pair.Key}")))}");
        }

        if (verdict.ContinuesSize is { } old)
        {
            lines.Add(Line($"  Continues: the old checkpoint of {old} entries"));
        }

        console.Say(json, lines);
    }

    private static string NameOf(AuditEvent kind) =>
        System.Text.Json.JsonNamingPolicy.SnakeCaseUpper.ConvertName(kind.ToString());

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Report(
        bool Ok,
        string Origin,
        long Size,
        string Root,
        IReadOnlyList<string> CosignedBy,
        int Witnesses,
        DateTimeOffset? CosignedAt,
        DateTimeOffset? FirstAt,
        DateTimeOffset? LastAt,
        IReadOnlyDictionary<string, long> Events,
        long? Continues);
}
