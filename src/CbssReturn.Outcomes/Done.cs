namespace CbssReturn.Outcomes;

/// <summary>The value of a <see cref="Result{T}"/> that has nothing to say but that it was done.</summary>
public readonly record struct Done
{
    /// <summary>The only value.</summary>
    public static Done Instance => default;
}
