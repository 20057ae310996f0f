using CbssReturn.Node.Peers;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace CbssReturn.Node.Tests.Peers;

public sealed class ByteWindowTests
{
    [Fact]
    public async Task Enter_FullByCount_WaitsForALeave()
    {
        var window = new ByteWindow(2, 100);
        await window.EnterAsync(1, default);
        await window.EnterAsync(1, default);

        var third = window.EnterAsync(1, default).AsTask();
        Assert.False(third.IsCompleted);
        window.Leave(1);

        await third;
        Assert.Equal(2, window.Count);
    }

    [Fact]
    public async Task Enter_SmallBehindLarge_DoesNotOvertake()
    {
        var window = new ByteWindow(10, 100);
        await window.EnterAsync(60, default);
        var large = window.EnterAsync(60, default).AsTask();
        var small = window.EnterAsync(1, default).AsTask();

        Assert.False(small.IsCompleted);
        window.Leave(60);

        await large;
        await small;
    }

    [Fact]
    public async Task Enter_LargerThanTheWindow_EntersAnEmptyOne()
    {
        var window = new ByteWindow(10, 100);

        await window.EnterAsync(1000, default);

        Assert.Equal(1, window.Count);
    }

    [Fact]
    public async Task Enter_GivenUp_LetsTheNextOneIn()
    {
        var window = new ByteWindow(10, 100);
        await window.EnterAsync(50, default);
        using var impatience = new CancellationTokenSource();
        var large = window.EnterAsync(80, impatience.Token).AsTask();
        var small = window.EnterAsync(10, default).AsTask();

        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        await small;
        Assert.Equal(2, window.Count);
    }

    [Fact]
    public async Task Enter_ManyAtOnce_NeverHoldsMoreThanAllowedAndEndsEmpty()
    {
        var window = new ByteWindow(8, 1_000);
        var inside = 0;
        var bytes = 0;

        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => Task.Run(async () =>
        {
            var size = 1 + (i * 37 % 400);
            await window.EnterAsync(size, default);
            var count = Interlocked.Increment(ref inside);
            var sum = Interlocked.Add(ref bytes, size);
            Assert.True(count <= 8);
            Assert.True(sum <= 1_000);
            await Task.Yield();
            Interlocked.Add(ref bytes, -size);
            Interlocked.Decrement(ref inside);
            window.Leave(size);
        })));

        Assert.Equal(0, window.Count);
    }

    [Fact]
    public void TokenBucket_AnyRate_GivesNoMoreThanTheRateInTheLongRun() => Gen.Int[1, 50].Sample(rate =>
    {
        var time = new FakeTimeProvider();
        var bucket = new TokenBucket(rate, time);
        var taken = 0;
        for (var tenth = 0; tenth < 100; tenth++)
        {
            while (bucket.TryTake(out var retryAfter))
            {
                Assert.Equal(TimeSpan.Zero, retryAfter);
                taken++;
            }

            time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.InRange(taken, rate * 10, rate * 12);
    });
}
