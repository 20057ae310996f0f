using CbssReturn.Outcomes;
using CbssReturn.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Tests.Sqlite;

/// <summary>A data folder of one test, removed at its end.</summary>
internal sealed class StoreFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cbss-storage-");

    public string DatabasePath => Path.Combine(_folder.FullName, "node.db");

    public string FolderPath => _folder.FullName;

    public static async Task<SqliteNodeStore> OpenAsync(string path, SqliteStoreOptions? options = null) =>
        (await TryOpenAsync(path, options)).Value;

    public static Task<Result<SqliteNodeStore>> TryOpenAsync(string path, SqliteStoreOptions? options = null) =>
        SqliteNodeStore.OpenAsync(path, TimeProvider.System, options ?? new SqliteStoreOptions { KeepsLeases = true });

    public Task<SqliteNodeStore> OpenAsync(SqliteStoreOptions? options = null) => OpenAsync(DatabasePath, options);

    public Task<Result<SqliteNodeStore>> TryOpenAsync(SqliteStoreOptions? options = null) =>
        TryOpenAsync(DatabasePath, options);

    public async Task<RefusalCode> OpenRefusedAsync(SqliteStoreOptions? options = null)
    {
        var result = await TryOpenAsync(options);
        if (result.IsOk)
        {
            await result.Value.DisposeAsync();
            Assert.Fail("It opened.");
        }

        return result.Refusal.Code;
    }

    /// <summary>Copies what a machine that loses power right now would find again.</summary>
    public string CopyAsAfterACrash()
    {
        var copy = _folder.CreateSubdirectory(RowId.New(TimeProvider.System).ToString());
        foreach (var name in (string[])["node.db", "node.db-wal"])
        {
            var source = Path.Combine(_folder.FullName, name);
            if (File.Exists(source))
            {
                File.Copy(source, Path.Combine(copy.FullName, name));
            }
        }

        return Path.Combine(copy.FullName, "node.db");
    }

    /// <summary>Whether any file of a store in a folder holds these bytes.</summary>
    public static bool Holds(string folder, ReadOnlySpan<byte> bytes) => Content(folder).AsSpan().IndexOf(bytes) >= 0;

    public bool Holds(ReadOnlySpan<byte> bytes) => Holds(FolderPath, bytes);

    /// <summary>All bytes of the files of the store, one after the other.</summary>
    public byte[] Content() => Content(FolderPath);

    /// <summary>Reads all rows of all tables past the store.</summary>
    public static List<string> Dump(string path)
    {
        var lines = new List<string>();
        foreach (var table in Query(path, "SELECT name FROM sqlite_schema WHERE type = 'table'"))
        {
            lines.AddRange(Query(path, $"SELECT * FROM \"{table}\"").Select(row => table + ": " + row).Order());
        }

        return lines;
    }

    public static List<string> Query(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            var values = Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue);
            rows.Add(string.Join('|', values.Select(value => value is byte[] bytes ? RowText.Of(bytes) : value)));
        }

        return rows;
    }

    public void Dispose() => _folder.Delete(true);

    private static byte[] Content(string folder)
    {
        using var all = new MemoryStream();
        foreach (var name in Directory.GetFiles(folder, "node.db*"))
        {
            using var file = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            file.CopyTo(all);
        }

        return all.ToArray();
    }
}
