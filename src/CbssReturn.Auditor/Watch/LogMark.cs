namespace CbssReturn.Auditor.Watch;

/// <summary>How far a log had come, by two clocks that it cannot set.</summary>
/// <param name="Size">Number of entries.</param>
/// <param name="At">A moment at which the log surely had no more: what is missing is counted up to here.</param>
/// <param name="By">A moment at which it surely had as many: what is asked is counted from here.</param>
internal readonly record struct LogMark(long Size, DateTimeOffset At, DateTimeOffset By);
