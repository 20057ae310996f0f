using System.Diagnostics;
using System.Security.Cryptography;
using CbssReturn.AuditLog;
using CbssReturn.Sealing;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Bench.Audit;

/// <summary>What cannot be beaten here: the same bytes, durable, with nothing else done.</summary>
internal sealed class AppendFloor(string folder, int appends, int ciphertextSizeBytes)
{
    private const int GroupSize = 512;

    private readonly byte[] _entry = RandomNumberGenerator.GetBytes(LogEntry.SizeBytesWithDetail);
    private readonly byte[] _detail =
        RandomNumberGenerator.GetBytes(SealedContent.WrappedKeySizeBytes + ciphertextSizeBytes);

    public double RunFile()
    {
        using var file = new FileStream(Path.Combine(folder, "floor.log"), FileMode.Create);
        var start = Stopwatch.GetTimestamp();
        for (var i = 1; i <= appends; i++)
        {
            file.Write(_entry);
            file.Write(_detail);
            if (i % GroupSize == 0 || i == appends)
            {
                file.Flush(flushToDisk: true);
            }
        }

        return appends / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public double RunSqlite()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "floor.db")};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        Execute(connection, "CREATE TABLE floor (idx INTEGER PRIMARY KEY, entry BLOB, detail BLOB)");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO floor (entry, detail) VALUES ($entry, $detail)";
        insert.Parameters.AddWithValue("$entry", _entry);
        insert.Parameters.AddWithValue("$detail", _detail);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < appends;)
        {
            Execute(connection, "BEGIN IMMEDIATE");
            for (var end = Math.Min(appends, i + GroupSize); i < end; i++)
            {
                insert.ExecuteNonQuery();
            }

            Execute(connection, "COMMIT");
        }

        return appends / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
