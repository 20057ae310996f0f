using CbssReturn.AuditLog;
using CbssReturn.Storage.Sqlite;

namespace CbssReturn.Storage.Tests.Sqlite;

/// <summary>Each storage call of the audit path fails once, "not kept" and "kept, but not told", and the machine loses
/// power right then. Afterwards: one root for each size for ever, every acknowledged row once, head, tiles and entries
/// of one tree, and the node goes on.</summary>
public sealed class AuditFaultTests : IDisposable
{
    // More than a life has; the first test holds this to the truth.
    private const int CallsMax = 35;

    private readonly StoreFolder _folder = new();
    private readonly AuditFacts _facts = new();
    private int _call;
    private (int Call, CommitPoint Point)? _fails;
    private (string Path, AuditFacts Facts)? _crash;

    public static TheoryData<int, bool> Faults
    {
        get
        {
            var data = new TheoryData<int, bool>();
            for (var call = 1; call <= CallsMax; call++)
            {
                data.Add(call, false);
                data.Add(call, true);
            }

            return data;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Life_WithoutAFault_HasAsManyCallsAsAreTried()
    {
        await LiveAsync();

        Assert.Equal(CallsMax, _call);
        await AssertSoundAsync(_folder.DatabasePath, _facts);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Life_WithAFaultAtOneCall_LosesNothingAndGoesOn(int call, bool isKept)
    {
        _fails = (call, isKept ? CommitPoint.AfterCommit : CommitPoint.BeforeCommit);

        await LiveAsync();

        Assert.NotNull(_crash);
        await AssertSoundAsync(_folder.DatabasePath, _facts);
        await AssertSoundAsync(_crash.Value.Path, _crash.Value.Facts);
    }

    private async Task LiveAsync()
    {
        await using var store = await _folder.OpenAsync(new SqliteStoreOptions { AtCommit = AtCommit });
        var life = new AuditLife<SqliteNodeStore>(store) { Facts = _facts };
        for (var round = 0; round < 2; round++)
        {
            await life.AppendAsync();
            await life.IntegrateAsync();
            await life.EraseAsync();
            await life.PublishAsync();
            await life.ServeAsync();
        }

        await life.AppendAsync();
        await life.IntegrateAsync();
        await life.AppendAsync();
        await life.RollBackAsync();
        await life.PublishAsync();
    }

    private static async Task AssertSoundAsync(string path, AuditFacts facts)
    {
        await using var store = await StoreFolder.OpenAsync(path);
        await TestLog.AssertSoundAsync(store);
        var digests = await TestLog.DigestsOfRowsAsync(store);
        Assert.Equal(digests.Count, digests.Distinct().Count());
        Assert.Empty(facts.Acknowledged.Except(digests));
        foreach (var (size, root) in facts.Signed)
        {
            Assert.Equal(root, (await store.GetCheckpointAsync(size, default))!.Root);
            Assert.Equal(root, (await RightEdge.LoadAsync(store.Tiles, size, default)).Value.Root());
        }

        foreach (var index in facts.Erased)
        {
            Assert.Null(await store.GetDetailAsync(index, default));
        }

        Assert.True(((await store.GetWitnessedAsync("log.example.org/lv/0123456789abcdef/1", default))?.Size ?? 0)
            >= facts.Cosigned);
        await AssertMirrorAsync(store, facts);

        // And the node goes on where it is.
        var life = new AuditLife<SqliteNodeStore>(store) { Facts = facts.Copy() };
        await store.SetAuditLogStateAsync(Rows.AuditLogState.Signing, default);
        await life.AppendAsync();
        await life.PublishAsync();
        await TestLog.AssertSoundAsync(store);
        Assert.Equal(0, await store.CountAuditIntakeAsync(default));
    }

    private static async Task AssertMirrorAsync(SqliteNodeStore store, AuditFacts facts)
    {
        var mirrored = (await store.ListMirroredAsync(default)).SingleOrDefault();
        Assert.True((mirrored?.Size ?? 0) >= facts.Mirrored);
        if (mirrored is not null)
        {
            var audit = new TreeAudit(store.MirroredTiles(mirrored.Origin), RightEdge.Empty());
            Assert.Null(await audit.AdvanceAsync(mirrored.Size, mirrored.Root, null, default));
        }
    }

    private void AtCommit(CommitPoint point, IReadOnlyList<string> names)
    {
        _call += point == CommitPoint.BeforeCommit ? 1 : 0;
        if (_fails == (_call, point))
        {
            _fails = null;
            _crash = (_folder.CopyAsAfterACrash(), _facts.Copy());
            throw new IOException($"A fault on purpose, at {names[0]}.");
        }
    }
}
