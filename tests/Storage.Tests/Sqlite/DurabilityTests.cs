using System.Globalization;
using CbssReturn.Storage.Changes;

namespace CbssReturn.Storage.Tests.Sqlite;

/// <summary>What was acknowledged is there after every kind of end.</summary>
public sealed class DurabilityTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CommitAsync_OnceAnswered_IsInTheFilesWithoutAnyFurtherStep()
    {
        var rows = Enumerable.Range(0, 20).Select(_ => Sample.Received()).ToArray();
        var copies = new List<string>();
        await using (var store = await _folder.OpenAsync())
        {
            foreach (var row in rows)
            {
                await StoreAssert.CommitsAsync(store, new AddReceived(row, Sample.Bytes(16500)));
                copies.Add(_folder.CopyAsAfterACrash());
            }
        }

        for (var i = 0; i < copies.Count; i++)
        {
            await using var store = await StoreFolder.OpenAsync(copies[i]);
            StoreAssert.Same(rows[i], await store.GetReceivedAsync(rows[i].RowId, default));
            Assert.Equal(i + 1, (await store.ReadAuditIntakeAsync(0, 100, default)).Count);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(150)]
    public async Task CommitAsync_OfAProcessThatIsKilled_KeepsAllThatItAcknowledged(int afterLines)
    {
        using var process = OtherProcess.Start("write", _folder.DatabasePath);
        var acknowledged = new List<string>();
        while (acknowledged.Count < afterLines)
        {
            acknowledged.Add(await process.ReadLineAsync() ?? throw new EndOfStreamException());
        }

        acknowledged.AddRange(await process.KillAsync());

        await using var store = await _folder.OpenAsync();
        foreach (var line in acknowledged)
        {
            var id = RowId.Parse(line).Value;
            Assert.NotNull(await store.GetReceivedAsync(id, default));
            Assert.NotNull(await store.ReadBodyAsync(id, default));
        }

        var counts = StoreFolder.Query(_folder.DatabasePath, """
            SELECT (SELECT count(*) FROM received), (SELECT count(*) FROM packet_body),
                (SELECT count(*) FROM audit_intake)
            """)[0].Split('|').Select(count => int.Parse(count, CultureInfo.InvariantCulture)).ToArray();
        Assert.True(counts[0] == counts[1] && counts[1] == counts[2] && counts[0] >= acknowledged.Count);
    }
}
