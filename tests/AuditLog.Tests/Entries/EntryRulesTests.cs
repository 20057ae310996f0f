using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog.Tests;

public sealed class EntryRulesTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, true)]
    [InlineData(-2, true)]
    [InlineData(-3, false)]
    [InlineData(100_000, true)]
    public void Check_MinutesAfterTheNewest_MayBeTwoMinutesBack(int minutes, bool isRight)
    {
        var rules = new EntryRules();
        Assert.Null(rules.Check(0, SampleEntries.Local()));

        var refusal = rules.Check(1, SampleEntries.Local(at: SampleEntries.At.AddMinutes(minutes)));

        Assert.Equal(isRight ? null : RefusalCode.EntryTimeWrong, refusal?.Code);
    }

    [Fact]
    public void Check_ManySmallStepsBack_AreMeasuredFromTheNewest()
    {
        var rules = new EntryRules();
        Assert.Null(rules.Check(0, SampleEntries.Local()));
        Assert.Null(rules.Check(1, SampleEntries.Local(at: SampleEntries.At.AddMinutes(-2))));

        Assert.Equal(SampleEntries.At, rules.NewestAt);
        Assert.NotNull(rules.Check(2, SampleEntries.Local(at: SampleEntries.At.AddMinutes(-3))));
    }

    [Fact]
    public void Check_GoingOnFromAKnownLog_RemembersItsNewest()
    {
        var rules = new EntryRules(SampleEntries.At.AddMinutes(3));

        var refusal = rules.Check(300, SampleEntries.Local());

        Assert.Equal(RefusalCode.EntryTimeWrong, refusal!.Code);
        Assert.Contains("300", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(SampleEntries.At.AddMinutes(3), rules.NewestAt);
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    [InlineData(11, false)]
    public void Check_Erasure_PointsBack(long target, bool isRight) => Assert.Equal(
        isRight ? null : RefusalCode.EntryMalformed,
        new EntryRules().Check(10, SampleEntries.Erased(target))?.Code);

    [Fact]
    public void CheckErasure_OfTheDetailOfTheEntry_IsRight()
    {
        var target = SampleEntries.Local(Digest.Of([3]));

        Assert.Null(EntryRules.CheckErasure(SampleEntries.Erased(0), target));
    }

    [Fact]
    public void CheckErasure_OfAnotherDetailOrNone_IsRefused()
    {
        var erasure = SampleEntries.Erased(0);

        Assert.NotNull(EntryRules.CheckErasure(erasure, SampleEntries.Local(Digest.Of([4]))));
        Assert.NotNull(EntryRules.CheckErasure(erasure, SampleEntries.Packet()));
        Assert.NotNull(EntryRules.CheckErasure(SampleEntries.Local(), SampleEntries.Local()));
    }
}
