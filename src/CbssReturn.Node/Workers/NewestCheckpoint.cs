using System.Threading.Channels;
using CbssReturn.Desk.Audit;

namespace CbssReturn.Node.Workers;

/// <summary>Hands the newest checkpoint to one loop that works at its own pace: what it has not taken when the next one
/// comes, it never sees.</summary>
internal sealed class NewestCheckpoint
{
    private readonly Channel<SignedCheckpoint> _slot = Channel.CreateBounded<SignedCheckpoint>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Puts one in, in place of one that was not taken.</summary>
    public void Put(SignedCheckpoint checkpoint) => _slot.Writer.TryWrite(checkpoint);

    /// <summary>Waits for one.</summary>
    public ValueTask<SignedCheckpoint> NextAsync(CancellationToken ct) => _slot.Reader.ReadAsync(ct);
}
