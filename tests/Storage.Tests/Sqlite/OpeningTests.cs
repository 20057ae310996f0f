using CbssReturn.Outcomes;
using CbssReturn.Storage.Changes;

namespace CbssReturn.Storage.Tests.Sqlite;

/// <summary>What is opened, and what is refused.</summary>
public sealed class OpeningTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OpenAsync_AfterAGoodEnd_FindsEverythingInOneFile()
    {
        var row = Sample.Case();
        await using (var store = await _folder.OpenAsync())
        {
            await StoreAssert.CommitsAsync(store, new PutCase(row, 0));
        }

        Assert.Equal(
            ["node.db", "store.lock"], Directory.GetFiles(_folder.FolderPath).Select(Path.GetFileName).Order());
        await using var again = await _folder.OpenAsync();
        StoreAssert.Same(row, await again.GetCaseAsync(row.CaseId, default));
    }

    [Fact]
    public async Task OpenAsync_OfAnyFolder_SetsTheModesOfTheDatabase()
    {
        await using var store = await _folder.OpenAsync();

        Assert.Equal(["16384|wal"], StoreFolder.Query(
            _folder.DatabasePath, "SELECT page_size, journal_mode FROM pragma_page_size, pragma_journal_mode"));
    }

    [Fact]
    public async Task OpenAsync_OnUnix_GivesEveryFileToItsOwnerAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;  // there the folder's own access list decides
        }

        await File.WriteAllBytesAsync(_folder.DatabasePath, []);
        File.SetUnixFileMode(_folder.DatabasePath, (UnixFileMode)0b110_110_110);

        await using var store = await _folder.OpenAsync();
        await StoreAssert.CommitsAsync(store, new PutCase(Sample.Case(), 0));
        await store.ListUsersAsync(1, default);

        var files = Directory.GetFiles(_folder.FolderPath);
        Assert.Equal(4, files.Length);
        foreach (var file in files)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task OpenAsync_Twice_RefusesTheSecondUntilTheFirstEnds()
    {
        var first = await _folder.OpenAsync();

        Assert.Equal(RefusalCode.DataFolderInUse, await _folder.OpenRefusedAsync());

        await first.DisposeAsync();
        await (await _folder.OpenAsync()).DisposeAsync();
    }

    [Fact]
    public async Task OpenAsync_WhileAnotherProcessHoldsTheFolder_IsRefused()
    {
        using var process = OtherProcess.Start("hold", _folder.DatabasePath);
        Assert.Equal("open", await process.ReadLineAsync());

        Assert.Equal(RefusalCode.DataFolderInUse, await _folder.OpenRefusedAsync());

        await process.EndAsync();
        await (await _folder.OpenAsync()).DisposeAsync();
    }

    [Fact]
    public async Task OpenAsync_InAMissingFolder_IsRefused()
    {
        var result = await StoreFolder.TryOpenAsync(Path.Combine(_folder.FolderPath, "missing", "node.db"));

        Assert.Equal(RefusalCode.FileUnreadable, result.Refusal.Code);
    }

    [Fact]
    public async Task OpenAsync_OfAFolderInPlaceOfTheFile_IsRefused()
    {
        Directory.CreateDirectory(_folder.DatabasePath);

        Assert.Equal(RefusalCode.FileUnreadable, await _folder.OpenRefusedAsync());
    }

    [Fact]
    public async Task OpenAsync_OfANewerSchema_IsRefused()
    {
        await (await _folder.OpenAsync()).DisposeAsync();
        StoreFolder.Query(
            _folder.DatabasePath,
            "INSERT INTO schema_versions (ScriptName, Applied) VALUES ('9999_later.sql', '2030-01-01')");

        Assert.Equal(RefusalCode.SchemaUnknown, await _folder.OpenRefusedAsync());
    }

    [Fact]
    public async Task OpenAsync_OfAnotherProgramsDatabase_IsRefusedAndLeftAlone()
    {
        StoreFolder.Query(_folder.DatabasePath, "CREATE TABLE theirs (x)");
        var before = await File.ReadAllBytesAsync(_folder.DatabasePath);

        Assert.Equal(RefusalCode.SchemaUnknown, await _folder.OpenRefusedAsync());

        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.DatabasePath));
    }
}
