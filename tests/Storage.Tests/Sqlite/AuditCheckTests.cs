using System.Globalization;
using CbssReturn.Outcomes;
using CbssReturn.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Tests.Sqlite;

/// <summary>Every column of every table of the audit log is changed once, past the store and past the rules of the
/// schema: the store is refused, or the check names the row.</summary>
public sealed class AuditCheckTests(AuditCheckTests.Filled filled) : IClassFixture<AuditCheckTests.Filled>, IDisposable
{
    private readonly StoreFolder _folder = new();

    public static TheoryData<string, string> Columns
    {
        get
        {
            using var folder = new StoreFolder();
            var data = new TheoryData<string, string>();
#pragma warning disable xUnit1031 // The framework asks for the data without awaiting it.
            folder.OpenAsync().GetAwaiter().GetResult().DisposeAsync().AsTask().GetAwaiter().GetResult();
#pragma warning restore xUnit1031
            foreach (var row in StoreFolder.Query(folder.DatabasePath, SelectColumns))
            {
                var parts = row.Split('|');
                data.Add(parts[0], parts[1]);
            }

            return data;
        }
    }

    // What waits in the intake is not in the log yet; it has a test of its own.
    private const string SelectColumns = """
        SELECT tables.name, columns.name
        FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
        WHERE tables.type = 'table' AND tables.name <> 'audit_intake'
            AND (tables.name GLOB 'audit_*' OR tables.name GLOB 'mirrored_*' OR tables.name IN (
                'outbox_proofs', 'outbox_unproven', 'witnessed_logs', 'seen_checkpoints'))
        """;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Check_OfWhatIsTrue_FindsNothing()
    {
        await using var store = await OpenCopyAsync();

        Assert.Empty(await store.CheckAsync(filled.Log.Means, default));
        Assert.Empty(await store.CheckAsync(new AuditCheckMeans(), default));
    }

    [Fact]
    public void Tables_OfTheFilledLog_AllHaveRows() => Assert.All(
        Columns.Select(column => (string)column[0]).Distinct(),
        table => Assert.NotEqual(["0"], StoreFolder.Query(filled.Path, $"SELECT count(*) FROM {table}")));

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task Check_OfAChangedColumn_NamesTheRow(string table, string column)
    {
        var rows = StoreFolder.Query(filled.Path, $"SELECT count(*) FROM {table} WHERE {column} IS NOT NULL")[0];
        var count = int.Parse(rows, CultureInfo.InvariantCulture);
        foreach (var place in new[] { 0, count / 2, count - 1 }.Distinct())
        {
            var copy = Copy();
            var (before, after) = Change(copy, table, column, place);

            var opened = await StoreFolder.TryOpenAsync(copy);
            if (!opened.TryGet(out var store, out var refusal))
            {
                Assert.Equal(RefusalCode.DatabaseCorrupt, refusal.Code);
                continue;
            }

            await using (store)
            {
                var found = await store.CheckAsync(filled.Log.Means, default);
                Assert.True(
                    found.Any(damage => IsIn(damage, table) && (Names(damage, before) || Names(damage, after))),
                    $"{table}.{column} of {before} → {after}: {string.Join("; ", found)}");
            }
        }
    }

    [Fact]
    public async Task Check_OfAMissingDetail_NamesTheEntryUnlessItWasErasedOrIsAPad()
    {
        var copy = Copy();
        StoreFolder.Query(copy, "DELETE FROM audit_details WHERE idx = 50");
        await using var store = await StoreFolder.OpenAsync(copy);

        var damage = Assert.Single(await store.CheckAsync(filled.Log.Means, default));

        Assert.Equal(("audit_details", 50L), (damage.Table, damage.FirstIndex));
    }

    [Fact]
    public async Task Check_OfAnEntryThatWasPutBehindTheEnd_NamesIt()
    {
        var copy = Copy();
        StoreFolder.Query(
            copy, "INSERT INTO audit_entries SELECT 1000, entry FROM audit_entries WHERE idx = 3");
        await using var store = await StoreFolder.OpenAsync(copy);

        Assert.Contains(
            await store.CheckAsync(filled.Log.Means, default),
            damage => damage is { Table: "audit_entries", FirstIndex: 1000 });
    }

    [Fact]
    public async Task Check_OfADetailThatWaits_NamesItWhenItDoesNotOpen()
    {
        var copy = Copy();
        StoreFolder.Query(copy, "UPDATE audit_intake SET ciphertext = zeroblob(560)");
        await using var store = await StoreFolder.OpenAsync(copy);

        Assert.Equal("audit_intake", Assert.Single(await store.CheckAsync(filled.Log.Means, default)).Table);
    }

    [Fact]
    public async Task Check_OfMuchDamage_ListsTheFirst()
    {
        var copy = Copy();
        StoreFolder.Query(copy, "UPDATE audit_details SET ciphertext = zeroblob(560)");
        await using var store = await StoreFolder.OpenAsync(copy);

        Assert.Equal(AuditDamage.ListMax, (await store.CheckAsync(filled.Log.Means, default)).Count);
    }

    // A mirror is held together by its log: what misses the log is told of what misses it.
    private static bool IsIn(AuditDamage damage, string table) => damage.Table == table
        || (table == "mirrored_logs" && damage.Table.StartsWith("mirrored_", StringComparison.Ordinal));

    private static bool Names(AuditDamage damage, string row) =>
        damage.Key.Contains(row, StringComparison.Ordinal)
        || (long.TryParse(row, CultureInfo.InvariantCulture, out var index)
            && damage.FirstIndex <= index && index <= damage.LastIndex);

    /// <summary>Changes one value of one row, whatever the schema says to it.</summary>
    /// <returns>How the row is named, before and after.</returns>
    private static (string Before, string After) Change(string path, string table, string column, int place)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False;Foreign Keys=False");
        connection.Open();
        Execute(connection, "PRAGMA ignore_check_constraints = ON");
        foreach (var trigger in List(
            connection, $"SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = '{table}'"))
        {
            Execute(connection, $"DROP TRIGGER {trigger}");
        }

        var keys = List(connection, $"SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk");
        var key = table switch
        {
            "mirrored_bundles" or "mirrored_tiles" or "mirrored_checkpoints" => "log_id",
            "audit_tiles" => "printf('tile/%d/%03d', level, idx)",
            "mirrored_logs" => "origin",
            "outbox_unproven" => "row_id",
            _ => keys[0],
        };
        Execute(connection, $"""
            CREATE TEMP TABLE chosen AS SELECT {string.Join(", ", keys)}, {column} AS value FROM {table}
            WHERE {column} IS NOT NULL ORDER BY {string.Join(", ", keys)} LIMIT 1 OFFSET {place}
            """);
        var same = string.Join(" AND ", keys.Select(name => $"{table}.{name} = (SELECT {name} FROM chosen)"));
        var before = List(connection, $"SELECT {Spelled(key)} FROM {table} WHERE {same}")[0];
        foreach (var step in new[] { 1, 1000 })
        {
            var change = $"""
                CASE typeof({column}) WHEN 'integer' THEN {column} + {step} WHEN 'text' THEN substr({column}, 2)
                    ELSE {Flipped(column)} END
                """;
            try
            {
                using var update = connection.CreateCommand();
                update.CommandText = $"UPDATE {table} SET {column} = {change} WHERE {same} RETURNING {Spelled(key)}";
                return (before, Convert.ToString(update.ExecuteScalar(), CultureInfo.InvariantCulture)!);
            }
            catch (SqliteException)
            {
                // Another row has this value; a larger step meets none.
            }
        }

        throw new InvalidOperationException($"{table}.{column} was not changed.");
    }

    private static string Spelled(string key) =>
        $"CASE typeof({key}) WHEN 'blob' THEN lower(hex({key})) ELSE {key} END";

    // The byte in the middle becomes another one.
    private static string Flipped(string column) => $"""
        CAST(substr({column}, 1, length({column}) / 2)
            || CASE substr({column}, length({column}) / 2 + 1, 1) WHEN x'41' THEN x'42' ELSE x'41' END
            || substr({column}, length({column}) / 2 + 2) AS BLOB)
        """;

    private static List<string> List(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private Task<SqliteNodeStore> OpenCopyAsync() => StoreFolder.OpenAsync(Copy());

    private string Copy()
    {
        var copy = Path.Combine(Directory.CreateDirectory(
            Path.Combine(_folder.FolderPath, Sample.NewId().ToString())).FullName, "node.db");
        File.Copy(filled.Path, copy);
        return copy;
    }

    /// <summary>The filled store, made once.</summary>
    public sealed class Filled : IAsyncLifetime, IDisposable
    {
        private readonly StoreFolder _folder = new();

        internal FilledLog Log { get; private set; } = null!;  // set before any test runs

        public string Path => _folder.DatabasePath;

        public async Task InitializeAsync()
        {
            Log = new FilledLog(System.IO.Path.Combine(_folder.FolderPath, "keystore"));
            await using var store = await _folder.OpenAsync();
            await Log.FillAsync(store);
        }

        public Task DisposeAsync() => Task.CompletedTask;

        public void Dispose()
        {
            Log.Dispose();
            _folder.Dispose();
        }
    }
}
