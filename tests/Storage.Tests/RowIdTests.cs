using CbssReturn.Outcomes;

namespace CbssReturn.Storage.Tests;

public sealed class RowIdTests
{
    [Fact]
    public void New_ManyFromManyThreads_AreAllDifferentAndRiseInEachThread()
    {
        var clock = new StandingClock(Sample.Now);
        var ids = new RowId[8][];

        Parallel.For(0, ids.Length, thread =>
        {
            ids[thread] = new RowId[2000];
            for (var i = 0; i < ids[thread].Length; i++)
            {
                ids[thread][i] = RowId.New(clock);
            }
        });

        Assert.Equal(16000, ids.SelectMany(list => list).Distinct().Count());
        Assert.All(ids, list => Assert.Equal(list.Order(), list));
    }

    [Fact]
    public void New_WhenTheClockStepsBack_StillRises()
    {
        var clock = new StandingClock(Sample.Now);
        var first = RowId.New(clock);
        clock.Now = Sample.Now.AddDays(-1);

        Assert.True(RowId.New(clock) > first);
    }

    [Fact]
    public void New_AtAMoment_IsAUuidOfVersion7WithItsMilliseconds()
    {
        var bytes = RowId.New(new StandingClock(Sample.Now)).ToArray();

        Assert.Equal(Sample.Now.ToUnixTimeMilliseconds(), Convert.ToInt64(Convert.ToHexString(bytes[..6]), 16));
        Assert.Equal(7, bytes[6] >> 4);
        Assert.Equal(2, bytes[8] >> 6);
    }

    [Fact]
    public void Parse_OfTheTextForm_ReturnsTheId()
    {
        var id = Sample.NewId();

        Assert.Equal(id, RowId.Parse(id.ToString()).Value);
        Assert.Equal(id, RowId.FromBytes(id.ToArray()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0198c7a0b3d27a8b9c0d1e2f3a4b5c6")]
    [InlineData("0198c7a0b3d27a8b9c0d1e2f3a4b5c6d7")]
    [InlineData("0198C7A0B3D27A8B9C0D1E2F3A4B5C6D")]
    [InlineData(" 198c7a0b3d27a8b9c0d1e2f3a4b5c6d")]
    [InlineData("00000000000000000000000000000000")]
    public void Parse_OfAnythingElse_IsRefused(string text) =>
        Assert.Equal(RefusalCode.IdentifierMalformed, RowId.Parse(text).Refusal.Code);

    [Fact]
    public void FromBytes_OfAnotherSize_Throws() =>
        Assert.Throws<ArgumentException>(() => RowId.FromBytes(new byte[15]));

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
