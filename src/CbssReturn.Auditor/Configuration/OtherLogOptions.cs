namespace CbssReturn.Auditor.Configuration;

/// <summary>A log that is known and not watched: entries of other logs name its node.</summary>
internal sealed class OtherLogOptions
{
    /// <summary>Origin of the log.</summary>
    public required string Origin { get; init; }

    /// <summary>The auditor's node that tells its tags; absent for nobody.</summary>
    public PlaceOptions? Tags { get; init; }
}
