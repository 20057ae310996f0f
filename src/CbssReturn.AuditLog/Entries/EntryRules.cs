using System.Globalization;
using CbssReturn.Outcomes;

namespace CbssReturn.AuditLog;

/// <summary>What an auditor asks of the entries of a log in their order, beyond the form of each. Not safe to share
/// between threads.</summary>
/// <param name="newestAt">Newest moment among the entries before, when the log is known up to some index; null at its
/// start.</param>
public sealed class EntryRules(DateTimeOffset? newestAt = null)
{
    /// <summary>An entry may be older than the newest before it by as much, in seconds: two minutes, because moments
    /// are rounded and clocks are set.</summary>
    public const int BackwardSecondsMax = 120;

    /// <summary>An entry may be older than the moment at which its log was last seen without it by as much, in seconds:
    /// a quarter of an hour, for a clock that is slow.</summary>
    public const int BackdatedSecondsMax = 900;

    /// <summary>Newest moment so far; null before the first entry. An auditor keeps it with the size of the log.
    /// </summary>
    public DateTimeOffset? NewestAt { get; private set; } = newestAt;

    /// <summary>Checks that an entry says that the detail of another was erased, and not of some third one.</summary>
    /// <param name="erasure">An entry with <see cref="AuditEvent.DetailErased"/>.</param>
    /// <param name="target">The entry at its <see cref="LogEntry.Index"/>.</param>
    /// <returns>Null, or a refusal with <see cref="RefusalCode.DetailWrong"/>.</returns>
    public static Refusal? CheckErasure(LogEntry erasure, LogEntry target)
    {
        ArgumentNullException.ThrowIfNull(erasure);
        ArgumentNullException.ThrowIfNull(target);
        return erasure.Event == AuditEvent.DetailErased && target.Detail == erasure.Tag
            ? null
            : new Refusal(RefusalCode.DetailWrong, "The erased detail is not the one of the named entry.", "tag");
    }

    /// <summary>Checks the moment of an entry against what others know of its log: two clocks that no node can set.
    /// </summary>
    /// <param name="index">Its index.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="without">When a quorum stood behind a checkpoint that does not cover it; null for none. That one
    /// was seen says nothing: it may have come late.</param>
    /// <param name="with">When one was seen that covers it.</param>
    /// <returns>Null when it is right; else a refusal with <see cref="RefusalCode.EntryTimeWrong"/>.</returns>
    public static Refusal? CheckMoment(
        long index, LogEntry entry, DateTimeOffset? without, DateTimeOffset with)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return (entry.At - with).TotalSeconds > BackwardSecondsMax
            ? Breach(RefusalCode.EntryTimeWrong, index, "is of a moment that has not come")
            : without is { } seen && (seen - entry.At).TotalSeconds > BackdatedSecondsMax
                ? Breach(RefusalCode.EntryTimeWrong, index, "is older than when the log was last seen without it")
                : null;
    }

    /// <summary>Checks the next entry, and remembers it when it is right.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="entry">The entry.</param>
    /// <returns>Null when it is right; else a refusal with <see cref="RefusalCode.EntryTimeWrong"/>, or with
    /// <see cref="RefusalCode.EntryMalformed"/> when it erases the detail of an entry that is not before it.</returns>
    public Refusal? Check(long index, LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (NewestAt is { } newest && (newest - entry.At).TotalSeconds > BackwardSecondsMax)
        {
            return Breach(RefusalCode.EntryTimeWrong, index, "is older than one before it");
        }

        if (entry.Event == AuditEvent.DetailErased && entry.Index >= index)
        {
            return Breach(RefusalCode.EntryMalformed, index, "erases the detail of an entry that is not before it");
        }

        NewestAt = NewestAt > entry.At ? NewestAt : entry.At;
        return null;
    }

    private static Refusal Breach(RefusalCode code, long index, string what) =>
        new(code, string.Create(CultureInfo.InvariantCulture, $"The entry {index} {what}."));
}
