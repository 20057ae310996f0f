using CbssReturn.Exchange.Directory;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using Microsoft.Extensions.Time.Testing;

namespace CbssReturn.Exchange.Tests.Directory;

public sealed class CurrentDirectoryTests : IDisposable
{
    private readonly SigningKey _root = SigningKey.Generate();
    private readonly FakeTimeProvider _time = new(DirectoryFixture.Now);
    private readonly CurrentDirectory _current;
    private int _changes;

    public CurrentDirectoryTests()
    {
        _current = new CurrentDirectory(_root.Public, _time);
        _current.Changed += (_, _) => _changes++;
    }

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Now_BeforeTheFirst_IsEmptyAndExpired()
    {
        Assert.Empty(_current.Now.Nodes);
        Assert.True(_current.IsExpired);
    }

    [Fact]
    public void Apply_NewerVersion_TakesEffectAndTells()
    {
        Assert.True(_current.Apply(DirectoryFixture.Sign(_root, 1)).IsOk);
        Assert.True(_current.Apply(DirectoryFixture.Sign(_root, 2, DirectoryFixture.Node())).IsOk);

        Assert.Equal(2UL, _current.Now.Version);
        Assert.Equal(2, _changes);
        Assert.False(_current.IsExpired);
    }

    [Fact]
    public void Apply_SameFileAgain_ChangesNothing()
    {
        var file = DirectoryFixture.Sign(_root, 1);
        _ = _current.Apply(file);

        Assert.True(_current.Apply(file).IsOk);
        Assert.Equal(1, _changes);
    }

    [Fact]
    public void Apply_OlderVersion_IsRefusedAndTheNewerStays()
    {
        _ = _current.Apply(DirectoryFixture.Sign(_root, 2));

        Assert.Equal(RefusalCode.DirectoryOlder, _current.Apply(DirectoryFixture.Sign(_root, 1)).Refusal.Code);
        Assert.Equal(2UL, _current.Now.Version);
    }

    [Fact]
    public void Apply_SameVersionOtherContent_IsRefused()
    {
        _ = _current.Apply(DirectoryFixture.Sign(_root, 2));

        var other = _current.Apply(DirectoryFixture.Sign(_root, 2, DirectoryFixture.Node()));

        Assert.Equal(RefusalCode.DirectoryOlder, other.Refusal.Code);
    }

    [Fact]
    public void Apply_NewerVersionMadeEarlier_IsRefused()
    {
        _ = _current.Apply(DirectoryFixture.Sign(_root, 5));
        var earlier = DirectoryWriter.Sign(
            _root, 6, DirectoryFixture.Now.AddSeconds(4), DirectoryFixture.Now.AddDays(1), []).Value;

        Assert.Equal(RefusalCode.DirectoryOlder, _current.Apply(earlier).Refusal.Code);
    }

    [Fact]
    public void Apply_LowerThanBeforeTheStart_IsRefused()
    {
        var current = new CurrentDirectory(_root.Public, _time, versionMin: 3);

        Assert.Equal(RefusalCode.DirectoryOlder, current.Apply(DirectoryFixture.Sign(_root, 2)).Refusal.Code);
        Assert.True(current.Apply(DirectoryFixture.Sign(_root, 3)).IsOk);
    }

    [Fact]
    public void Apply_Ended_IsRefused()
    {
        var file = DirectoryFixture.Sign(_root, 1);
        _time.SetUtcNow(DirectoryFixture.Now.AddDays(30));

        Assert.Equal(RefusalCode.DirectoryExpired, _current.Apply(file).Refusal.Code);
    }

    [Fact]
    public void IsExpired_WhenItsTimeIsOver_IsTrue()
    {
        _ = _current.Apply(DirectoryFixture.Sign(_root, 1));
        _time.SetUtcNow(DirectoryFixture.Now.AddDays(30).AddTicks(-1));
        Assert.False(_current.IsExpired);

        _time.Advance(TimeSpan.FromTicks(1));

        Assert.True(_current.IsExpired);
    }
}
