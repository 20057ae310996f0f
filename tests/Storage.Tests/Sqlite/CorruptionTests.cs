using CbssReturn.AuditLog;
using CbssReturn.Outcomes;
using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Tests.Sqlite;

/// <summary>A damaged file is refused by name, wherever the damage lies.</summary>
public sealed class CorruptionTests : IDisposable
{
    private const int PageSizeBytes = 16384;

    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OpenAsync_WithAnyOnePageOverwritten_IsRefused()
    {
        var sound = await FillAsync();
        for (var page = 0; page < sound.Length / PageSizeBytes; page++)
        {
            var damaged = (byte[])sound.Clone();
            damaged.AsSpan(page * PageSizeBytes, 128).Fill(0xA5);
            await File.WriteAllBytesAsync(_folder.DatabasePath, damaged);

            Assert.Equal((page, RefusalCode.DatabaseCorrupt), (page, await _folder.OpenRefusedAsync()));
        }
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(0.95)]
    public async Task OpenAsync_OfACutOffFile_IsRefused(double share)
    {
        var sound = await FillAsync();
        await File.WriteAllBytesAsync(_folder.DatabasePath, sound[..(int)(sound.Length * share)]);

        Assert.Equal(RefusalCode.DatabaseCorrupt, await _folder.OpenRefusedAsync());
    }

    [Fact]
    public async Task OpenAsync_OfSomethingElse_IsRefused()
    {
        await File.WriteAllBytesAsync(_folder.DatabasePath, Sample.Bytes(100_000));

        Assert.Equal(RefusalCode.DatabaseCorrupt, await _folder.OpenRefusedAsync());
    }

    [Fact]
    public async Task ReadBody_OfADamagedEnvelopeInALargeFile_SaysThatTheDatabaseIsDamaged()
    {
        var row = Sample.Received();
        await using (var store = await _folder.OpenAsync())
        {
            await StoreAssert.CommitsAsync(store, new AddReceived(row, Sample.Bytes(400_000)));
        }

        // The body's pages are the last ones; their first four bytes point to the next.
        await using (var file = new FileStream(_folder.DatabasePath, FileMode.Open))
        {
            for (var page = 2; page <= 20; page++)
            {
                file.Position = file.Length - (page * PageSizeBytes);
                file.Write([0xFF, 0xFF, 0xFF, 0xFF]);
            }
        }

        Assert.Equal(RefusalCode.DatabaseCorrupt, await _folder.OpenRefusedAsync());
        await using var large = await _folder.OpenAsync(new SqliteStoreOptions { LargeCheckSizeBytesMax = 0 });
        var thrown = await Assert.ThrowsAsync<StoreException>(() => large.ReadBodyAsync(row.RowId, default));
        Assert.Equal(RefusalCode.DatabaseCorrupt, thrown.Refusal.Code);
        StoreAssert.Same(row, await large.GetReceivedAsync(row.RowId, default));
    }

    [Theory]
    [InlineData("audit_entries")]
    [InlineData("sqlite_autoindex_audit_tiles_1")]
    [InlineData("audit_details")]
    public async Task ReadLog_OfADamagedTableInALargeFile_SaysThatTheDatabaseIsDamaged(string table)
    {
        await (await _folder.OpenAsync()).DisposeAsync();
        Damage(RootPageOf(table));

        Assert.Equal(RefusalCode.DatabaseCorrupt, await _folder.OpenRefusedAsync());
        await using var large = await _folder.OpenAsync(new SqliteStoreOptions { LargeCheckSizeBytesMax = 0 });
        var thrown = await Assert.ThrowsAsync<StoreException>(async () => _ = table switch
        {
            "audit_entries" => (object)await large.ReadEntriesAsync(0, 1, default),
            "sqlite_autoindex_audit_tiles_1" => await large.Tiles.ReadTileAsync(new TileId(0, 0, 1), default),
            _ => await large.GetDetailAsync(0, default),
        });
        Assert.Equal(RefusalCode.DatabaseCorrupt, thrown.Refusal.Code);
    }

    private long RootPageOf(string table)
    {
        using var database = new SqliteConnection($"Data Source={_folder.DatabasePath};Mode=ReadOnly;Pooling=False");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = "SELECT rootpage FROM sqlite_schema WHERE name = $table";
        command.Parameters.AddWithValue("$table", table);
        return (long)command.ExecuteScalar()!;
    }

    private void Damage(long page)
    {
        using var file = new FileStream(_folder.DatabasePath, FileMode.Open);
        file.Position = (page - 1) * PageSizeBytes;
        file.Write([0xFF, 0xFF, 0xFF, 0xFF]);
    }

    private async Task<byte[]> FillAsync()
    {
        await using (var store = await _folder.OpenAsync())
        {
            var kinds = new EveryKind();
            await kinds.PrepareAsync(store);
            for (var i = 0; i < 5; i++)
            {
                await StoreAssert.CommitsAsync(store, new AddReceived(Sample.Received(), Sample.Bytes(40_000)));
            }
        }

        return await File.ReadAllBytesAsync(_folder.DatabasePath);
    }
}
