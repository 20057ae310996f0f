using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Referrals;

/// <summary>End of the matter by its origin.</summary>
public sealed record Cancellation : CodedAnswer
{
    private Cancellation(CancelReason reason) => Reason = reason;

    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.Cancel;

    /// <summary>Why.</summary>
    public CancelReason Reason { get; }

    /// <summary>Makes a cancellation.</summary>
    /// <returns>The cancellation, or a refusal about the code.</returns>
    public static Result<Cancellation> Create(CancelReason reason) =>
        Check.Known(reason, "reason") is { } refusal ? refusal : new Cancellation(reason);
}
