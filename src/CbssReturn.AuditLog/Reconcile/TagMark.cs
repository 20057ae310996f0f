namespace CbssReturn.AuditLog;

/// <summary>Place of an entry, and the two moments between which its log has grown by it.</summary>
/// <param name="Index">Index of the entry.</param>
/// <param name="After">Newest moment at which the log was known without it; null when it was not known before.</param>
/// <param name="By">First moment at which the log was known with it; null as long as nothing covers it.</param>
/// <remarks>No moment is one that the log could choose: an entry may say what it likes about its time.</remarks>
internal readonly record struct TagMark(long Index, DateTimeOffset? After, DateTimeOffset? By)
{
    /// <summary>Takes state that was kept.</summary>
    public static TagMark? Restore(TagMarkState? state) =>
        state is null ? null : new TagMark(state.Index, MomentOf(state.After), MomentOf(state.By));

    /// <summary>The state to keep.</summary>
    public TagMarkState ToState() => new(Index, After?.ToUnixTimeSeconds(), By?.ToUnixTimeSeconds());

    /// <summary>Notes that a log is known to a size and a moment.</summary>
    public TagMark Cover(long size, DateTimeOffset? until) =>
        By is null && Index < size ? this with { By = until } : this;

    private static DateTimeOffset? MomentOf(long? seconds) =>
        seconds is { } value ? DateTimeOffset.FromUnixTimeSeconds(value) : null;
}
