using CbssReturn.Outcomes;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Rows;
using CbssReturn.Storage.Sqlite;
using CsCheck;

namespace CbssReturn.Storage.Tests.Sqlite;

/// <summary>Any sequence of steps leaves the outbox as a few lines of plain code say. Invariants: a row is claimed only
/// when it is due; nobody gets it again before its lease ends; what has ended stays ended, but for a late receipt; what
/// may have left is never taken back.</summary>
public sealed class OutboxModelTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(100);

    private static readonly Gen<(int Kind, int Which, int Amount)[]> Steps =
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, 7], Gen.Int[0, 4]).Array[1, 40];

    [Fact]
    public async Task Outbox_AfterAnySteps_IsAsTheModelSays() =>
        await Steps.SampleAsync(RunAsync, iter: 40, threads: 1);

    private static async Task RunAsync((int Kind, int Which, int Amount)[] steps)
    {
        using var folder = new StoreFolder();
        await using var store = await folder.OpenAsync();
        var model = new Model(store);
        foreach (var (kind, which, amount) in steps)
        {
            await model.StepAsync(kind, which, amount);
        }

        StoreAssert.Same(model.Newest, await store.ListOutboxAsync(true, 100, default));
        StoreAssert.Same(
            model.Newest.Where(row => row.State is OutboxState.Queued or OutboxState.Undelivered),
            await store.ListOutboxAsync(false, 100, default));
        Assert.Equal(
            model.Newest.Count(row => row.State == OutboxState.Queued), await store.CountOutboxWaitingAsync(default));
    }

    private sealed class Model(SqliteNodeStore store)
    {
        private readonly PeerIndex[] _peers = [Sample.Peer(), Sample.Peer()];
        private readonly List<OutboxRow> _rows = [];
        private DateTimeOffset _now = Sample.Now;

        public IEnumerable<OutboxRow> Newest => Enumerable.Reverse(_rows);

        public async Task StepAsync(int kind, int which, int amount)
        {
            var peer = _peers[which % 2];
            if (kind <= 1 || _rows.Count == 0)
            {
                var added = Sample.Outbox(peer) with { DueAt = _now.AddSeconds(30 * amount) };
                _rows.Add(added);
                await StoreAssert.CommitsAsync(store, new Enqueue(added, Sample.Bytes(20)));
                return;
            }

            var place = which % _rows.Count;
            var row = _rows[place];
            switch (kind)
            {
                case 2:
                    await ClaimAsync(peer, amount + 1);
                    break;
                case 3:
                    await ExpectAsync(
                        new DeferOutbox(row.RowId, "w", _now.AddSeconds(50), amount, amount > 2, RefusalCode.PeerBusy),
                        place,
                        row.State == OutboxState.Queued && row.LeaseOwner == "w",
                        row with
                        {
                            DueAt = _now.AddSeconds(50),
                            Attempts = amount,
                            MayHaveLeft = amount > 2,
                            LastCode = RefusalCode.PeerBusy,
                            LeaseOwner = null,
                            LeaseUntil = null,
                        });
                    break;
                case 4:
                    await CompleteAsync(place, amount);
                    break;
                case 5:
                    await ExpectAsync(
                        new CancelOutbox(row.RowId),
                        place,
                        row.State == OutboxState.Queued && !row.MayHaveLeft,
                        row with { State = OutboxState.Cancelled });
                    break;
                case 6:
                    await ExpectAsync(
                        new RetryOutbox(row.RowId, _now, _now.AddHours(2)),
                        place,
                        row.State is OutboxState.Queued or OutboxState.Undelivered && !(row.LeaseUntil > _now),
                        row with
                        {
                            State = OutboxState.Queued,
                            Attempts = 0,
                            DueAt = _now,
                            GiveUpAt = _now.AddHours(2),
                            LeaseOwner = null,
                            LeaseUntil = null,
                        });
                    break;
                case 7:
                    await WakeAsync(peer);
                    break;
                default:
                    _now = _now.AddSeconds(40 * amount);
                    break;
            }
        }

        private async Task ClaimAsync(PeerIndex peer, int max)
        {
            var expected = _rows
                .Where(row => row.PeerIndex == peer && row.State == OutboxState.Queued && row.DueAt <= _now)
                .OrderBy(row => row.DueAt).ThenBy(row => row.RowId).Take(max).ToList();

            var claimed = await store.ClaimOutboxAsync(peer, max, _now, _now + Lease, "w", default);

            Assert.Equal(expected.Select(row => row.RowId), claimed.Select(row => row.Row.RowId));
            Assert.All(expected, row => Assert.False(row.LeaseUntil > _now));
            foreach (var row in expected)
            {
                _rows[_rows.IndexOf(row)] = row with
                {
                    Attempts = row.Attempts + 1,
                    MayHaveLeft = true,
                    DueAt = _now + Lease,
                    LeaseUntil = _now + Lease,
                    LeaseOwner = "w",
                };
            }
        }

        private async Task CompleteAsync(int place, int amount)
        {
            var (row, state) = (_rows[place], (OutboxState)(2 + (amount % 4)));
            var receipt = state == OutboxState.Undelivered ? null : Sample.Receipt();
            RefusalCode? code = state == OutboxState.Delivered ? null : RefusalCode.PeerRefused;
            await ExpectAsync(
                new CompleteOutbox(row.RowId, state, receipt, code),
                place,
                row.State == OutboxState.Queued
                    || (row.State == OutboxState.Undelivered && state != OutboxState.Undelivered),
                row with { State = state, Receipt = receipt, LastCode = code, LeaseOwner = null, LeaseUntil = null });
        }

        private async Task WakeAsync(PeerIndex peer)
        {
            await StoreAssert.CommitsAsync(store, new WakeOutboxOfPeer(peer, _now));
            for (var i = 0; i < _rows.Count; i++)
            {
                var row = _rows[i];
                if (row.PeerIndex == peer && row.State == OutboxState.Queued && row.LeaseUntil is null)
                {
                    _rows[i] = row with { DueAt = row.DueAt > _now ? _now : row.DueAt };
                }
            }
        }

        private async Task ExpectAsync(StoreChange change, int place, bool goesThrough, OutboxRow after)
        {
            if (goesThrough)
            {
                await StoreAssert.CommitsAsync(store, change);
                _rows[place] = after;
            }
            else
            {
                await StoreAssert.ConflictsAsync(store, 0, change);
            }
        }
    }
}
