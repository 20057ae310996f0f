using CbssReturn.Node.Peers;
using CbssReturn.Sealing;
using Microsoft.Extensions.Time.Testing;

namespace CbssReturn.Node.Tests.Peers;

public sealed class PeerBoardTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly PeerBoard _board;
    private readonly List<NodeId> _told = [];

    public PeerBoardTests()
    {
        _board = new PeerBoard(_time);
        _board.Called += (_, peer) => _told.Add(peer);
    }

    [Fact]
    public void NoteCalled_ManyTimes_IsToldOnceInFiveSeconds()
    {
        var (peer, other) = (NodeId.NewRandom(), NodeId.NewRandom());
        _board.NoteCalled(peer);
        _board.NoteCalled(peer);
        _board.NoteCalled(other);
        _time.Advance(TimeSpan.FromSeconds(4));
        _board.NoteCalled(peer);
        Assert.Equal([peer, other], _told);

        _time.Advance(TimeSpan.FromSeconds(1));
        _board.NoteCalled(peer);

        Assert.Equal([peer, other, peer], _told);
        Assert.Equal(_time.GetUtcNow(), _board.Of(peer).LastContactAt);
    }

    [Fact]
    public void TellOwed_CallCameTooSoon_IsToldOnceWhenItIsTime()
    {
        var (peer, other) = (NodeId.NewRandom(), NodeId.NewRandom());
        _board.NoteCalled(peer);
        _board.NoteCalled(other);
        _board.NoteCalled(peer);
        _time.Advance(TimeSpan.FromSeconds(4));
        _board.TellOwed();
        Assert.Equal([peer, other], _told);

        _time.Advance(TimeSpan.FromSeconds(1));
        _board.TellOwed();
        _board.TellOwed();
        _board.NoteCalled(peer);

        Assert.Equal([peer, other, peer], _told);
    }
}
