using System.Text.RegularExpressions;

namespace CbssReturn.Storage.Tests.Sqlite;

/// <summary>The schema explains itself and holds no column into which plaintext would fit.</summary>
public sealed class SchemaTests : IAsyncLifetime, IDisposable
{
    // Every other column has a fixed size, a fixed range or a fixed set of characters.
    private static readonly string[] FreeBlobs =
        ["ciphertext", "body", "value", "hashes", "note", "proof", "entries"];

    private static readonly string[] Texts =
    [
        "users.alias", "outbox.lease_owner", "meta.key", "schema_versions.ScriptName", "schema_versions.Applied",
        "witnessed_logs.origin", "mirrored_logs.origin", "seen_checkpoints.origin",
    ];

    private readonly StoreFolder _folder = new();

    public async Task InitializeAsync() => await (await _folder.OpenAsync()).DisposeAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tables_All_AreStrict()
    {
        var tables = Tables();

        Assert.Equal(27, tables.Count);
        Assert.All(tables, table => Assert.Matches(@"\)\s*STRICT(, WITHOUT ROWID)?$", table.Sql));
    }

    [Fact]
    public void Columns_All_HaveATrailingCommentThatSaysWhetherTheyAreEncrypted()
    {
        foreach (var (table, name, _) in Columns())
        {
            var line = Assert.Single(
                table.Sql.Split('\n'), line => line.TrimStart().StartsWith(name + " ", StringComparison.Ordinal));

            Assert.Matches("-- .{10,}", line);
            Assert.Matches("encrypted|blind|not kept", line);
        }
    }

    [Fact]
    public void BlobColumns_All_AreBoundedInSize()
    {
        foreach (var (table, name, type) in Columns().Where(column => column.Type == "BLOB"))
        {
            var isFixed = Regex.IsMatch(
            table.Sql,
            $@"\b{name} {type}[^\n]*(length\({name}\) (= \d+|IN \([\d, ]+\))|REFERENCES)");
            var isBounded = Regex.IsMatch(table.Sql, $@"\b{name} {type}[^\n]*length\({name}\) (BETWEEN|<=)");

            Assert.True(isFixed || (isBounded && FreeBlobs.Contains(name)), $"{table.Name}.{name}");
        }
    }

    [Fact]
    public void TextColumns_All_AreNamesOfTheNodesOwn()
    {
        var texts = Columns().Where(column => column.Type == "TEXT" && column.Name != "updated_by")
            .Select(column => $"{column.Table.Name}.{column.Name}");

        Assert.Equal(Texts.Order(), texts.Order());
    }

    [Fact]
    public void WrappedKeys_All_StandBesideTheirKekId()
    {
        var sealedTables = Tables().Where(table => table.Sql.Contains("ciphertext BLOB", StringComparison.Ordinal));

        Assert.All(sealedTables, table =>
        {
            Assert.Contains("wrapped_key BLOB", table.Sql, StringComparison.Ordinal);
            Assert.Contains("kek_id INTEGER", table.Sql, StringComparison.Ordinal);
        });
    }

    private List<Table> Tables() => StoreFolder.Query(
        _folder.DatabasePath,
        "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .Select(row => row.Split('|', 2))
        .Select(parts => new Table(parts[0], parts[1]))
        .ToList();

    private IEnumerable<(Table Table, string Name, string Type)> Columns() =>
        from table in Tables()
        from column in StoreFolder.Query(
            _folder.DatabasePath, $"SELECT name, type FROM pragma_table_info('{table.Name}')")
        let parts = column.Split('|')
        select (table, parts[0], parts[1]);

    private sealed record Table(string Name, string Sql);
}
