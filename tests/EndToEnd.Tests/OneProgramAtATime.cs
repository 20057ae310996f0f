namespace CbssReturn.EndToEnd.Tests;

/// <summary>Tests that start programs run one after another: five nodes at a time are enough for one machine.</summary>
[CollectionDefinition(Name)]
public sealed class OneProgramAtATime
{
    public const string Name = "programs";
}
