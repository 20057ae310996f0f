namespace CbssReturn.AuditLog.Tests.Witness;

/// <summary>What a witness stores, and what it has cosigned so far: a letter a size, so that states can be
/// compared.</summary>
internal sealed record WitnessState(WitnessedHead? Stored, string Cosigned)
{
    /// <summary>Cosigns; fails when another root was cosigned for this size.</summary>
    public WitnessState Cosign(WitnessedHead head)
    {
        var item = $"{head.Size}:{head.Root.ToString()[..8]} ";
        Assert.True(
            Cosigned.Contains(item, StringComparison.Ordinal)
            || !Cosigned.Contains($"{head.Size}:", StringComparison.Ordinal),
            $"two roots for size {head.Size}");
        var items = Cosigned.Contains(item, StringComparison.Ordinal) ? Cosigned : Cosigned + item;
        return new WitnessState(head, items);
    }
}
