namespace CbssReturn.AuditLog;

/// <summary>Place and moment of an entry.</summary>
internal readonly record struct TagMark(long Index, DateTimeOffset At)
{
    /// <summary>Takes state that was kept.</summary>
    public static TagMark? Restore(TagMarkState? state) =>
        state is null ? null : new TagMark(state.Index, DateTimeOffset.FromUnixTimeSeconds(state.At));

    /// <summary>The state to keep.</summary>
    public TagMarkState ToState() => new(Index, At.ToUnixTimeSeconds());
}
