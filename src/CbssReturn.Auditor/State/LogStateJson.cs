using System.Text.Json;
using System.Text.Json.Serialization;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Auditor.State;

/// <summary>The file form of <see cref="LogState"/>: one JSON object, read strictly.</summary>
internal static class LogStateJson
{
    /// <summary>Largest file, in bytes: notes that are ahead and causes, with room.</summary>
    public const int SizeBytesMax = 4 * 1024 * 1024;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        WriteIndented = true,
    };

    /// <summary>Writes a state.</summary>
    public static byte[] Write(LogState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var file = new StateFile
        {
            Origin = state.Origin,
            Note = state.Note.ToArray(),
            Size = state.Size,
            Root = state.Root.ToString(),
            GrownAt = state.GrownAt,
            CoveredAt = state.CoveredAt,
            EntriesSince = state.EntriesSince,
            EntriesSinceNext = state.EntriesSinceNext,
            LatestEntryAt = state.LatestEntryAt,
            LatestEntryIndex = state.LatestEntryIndex,
            WitnessedAt = state.WitnessedAt,
            WatchedSince = state.WatchedSince,
            LookedAt = state.LookedAt,
            IncompleteSince = state.IncompleteSince,
            AuditedAt = state.AuditedAt,
            Ahead = [.. state.Ahead.Select(note => note.ToArray())],
            Raised = state.Raised.ToDictionary(),
        };
        return JsonSerializer.SerializeToUtf8Bytes(file, Options);
    }

    /// <summary>Reads a state.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="origin">Whose state it must be.</param>
    /// <returns>The state, or a refusal with <see cref="RefusalCode.FieldMalformed"/>.</returns>
    public static Result<LogState> Parse(ReadOnlySpan<byte> bytes, string origin)
    {
        StateFile? file;
        try
        {
            file = JsonSerializer.Deserialize<StateFile>(bytes, Options);
        }
        catch (JsonException)
        {
            return Malformed();
        }

        if (file is null
            || file.Origin != origin
            || file.Size < 0
            || file.LatestEntryIndex < 0
            || (file.Size > 0 && file.Note.Length == 0)
            || file.Ahead.Count > LogState.AheadMax
            || file.Raised.Count > LogState.RaisedMax
            || !Digest.Parse(file.Root).TryGet(out var root, out _))
        {
            return Malformed();
        }

        return new LogState
        {
            Origin = file.Origin,
            Note = file.Note,
            Size = file.Size,
            Root = root,
            GrownAt = file.GrownAt,
            CoveredAt = file.CoveredAt,
            EntriesSince = file.EntriesSince,
            EntriesSinceNext = file.EntriesSinceNext,
            LatestEntryAt = file.LatestEntryAt,
            LatestEntryIndex = file.LatestEntryIndex,
            WitnessedAt = file.WitnessedAt,
            WatchedSince = file.WatchedSince,
            LookedAt = file.LookedAt,
            IncompleteSince = file.IncompleteSince,
            AuditedAt = file.AuditedAt,
            Ahead = [.. file.Ahead.Select(note => (ReadOnlyMemory<byte>)note)],
            Raised = file.Raised,
        };
    }

    private static Refusal Malformed() =>
        new(RefusalCode.FieldMalformed, "The state that was kept of this log cannot be read.");

    private sealed class StateFile
    {
        public required string Origin { get; init; }

        public required byte[] Note { get; init; }

        public required long Size { get; init; }

        public required string Root { get; init; }

        public DateTimeOffset? GrownAt { get; init; }

        public DateTimeOffset? CoveredAt { get; init; }

        public DateTimeOffset? EntriesSince { get; init; }

        public DateTimeOffset? EntriesSinceNext { get; init; }

        public DateTimeOffset? LatestEntryAt { get; init; }

        public long LatestEntryIndex { get; init; }

        public DateTimeOffset? WitnessedAt { get; init; }

        public DateTimeOffset? WatchedSince { get; init; }

        public DateTimeOffset? LookedAt { get; init; }

        public DateTimeOffset? IncompleteSince { get; init; }

        public DateTimeOffset? AuditedAt { get; init; }

        public required IReadOnlyList<byte[]> Ahead { get; init; }

        public required Dictionary<string, DateTimeOffset> Raised { get; init; }
    }
}
