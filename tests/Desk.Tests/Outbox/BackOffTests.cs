using CbssReturn.Desk.Outbox;
using CsCheck;

namespace CbssReturn.Desk.Tests.Outbox;

public sealed class BackOffTests
{
    [Fact]
    public void Draw_AnyAttempt_LiesBetweenNothingAndTheCeiling() => Gen.Int[0, int.MaxValue].Sample(attempts =>
        BackOff.Draw(attempts) >= TimeSpan.Zero && BackOff.Draw(attempts) <= BackOff.Ceiling(attempts));

    [Fact]
    public void Ceiling_AnyAttempt_DoublesUpToFifteenMinutes() => Gen.Int[0, int.MaxValue - 1].Sample(attempts =>
    {
        var (ceiling, next) = (BackOff.Ceiling(attempts), BackOff.Ceiling(attempts + 1));
        return ceiling <= TimeSpan.FromMinutes(15)
            && (next == 2 * ceiling || next == TimeSpan.FromMinutes(15));
    });

    [Fact]
    public void Ceiling_FirstAttempts_AreAsWritten()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(500), BackOff.Ceiling(0));
        Assert.Equal(TimeSpan.FromSeconds(1), BackOff.Ceiling(1));
        Assert.Equal(TimeSpan.FromSeconds(512), BackOff.Ceiling(10));
        Assert.Equal(TimeSpan.FromMinutes(15), BackOff.Ceiling(11));
    }

    [Fact]
    public void Draw_ManyTimes_UsesTheWholeRange()
    {
        var drawn = Enumerable.Range(0, 400).Select(_ => BackOff.Draw(3)).ToArray();

        // Full jitter: the chance that this fails is below 10^-49.
        Assert.Contains(drawn, wait => wait < TimeSpan.FromSeconds(1));
        Assert.Contains(drawn, wait => wait > TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Ceiling_NegativeAttempts_IsAMistake() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BackOff.Ceiling(-1));
}
