namespace CbssReturn.Casework.Referrals;

/// <summary>How soon an answer is due (docs/spec/casework.md, rule 3.6).</summary>
public static class Deadlines
{
    /// <summary>For how long a packet is tried before somebody must phone.</summary>
    public static TimeSpan DeliverWithin { get; } = TimeSpan.FromHours(72);

    /// <summary>Time for a decision.</summary>
    /// <param name="priority">How soon.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not a priority that is known.</exception>
    public static TimeSpan DecideWithin(Priority priority) => priority switch
    {
        Priority.Emergency => TimeSpan.FromHours(24),
        Priority.Urgent => TimeSpan.FromHours(72),
        Priority.Normal => TimeSpan.FromDays(14),
        _ => throw new ArgumentOutOfRangeException(nameof(priority)),
    };

    /// <summary>Time until a person must have seen it; after that the deputy, then the focal point is told.</summary>
    /// <param name="priority">How soon.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not a priority that is known.</exception>
    public static TimeSpan AcknowledgeWithin(Priority priority) => priority switch
    {
        Priority.Emergency => TimeSpan.FromHours(8),
        Priority.Urgent => TimeSpan.FromHours(24),
        Priority.Normal => TimeSpan.FromDays(3),
        _ => throw new ArgumentOutOfRangeException(nameof(priority)),
    };

    /// <summary>When a decision is due.</summary>
    /// <param name="priority">How soon.</param>
    /// <param name="sentAt">When the question was sent.</param>
    public static DateTimeOffset RespondBy(Priority priority, DateTimeOffset sentAt) => sentAt + DecideWithin(priority);
}
