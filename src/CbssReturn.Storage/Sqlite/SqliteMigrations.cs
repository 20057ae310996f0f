using System.Reflection;
using CbssReturn.Outcomes;
using DbUp;
using DbUp.Engine;
using DbUp.Sqlite;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Storage.Sqlite;

/// <summary>Brings a database from the schema it has to the newest one, script by script, each in one transaction.
/// </summary>
internal static class SqliteMigrations
{
    // As DbUp would make it, but strict and commented like every other table.
    private const string CreateJournal = """
        CREATE TABLE IF NOT EXISTS schema_versions (
            SchemaVersionID INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- order in which scripts ran; not encrypted
            ScriptName TEXT NOT NULL, -- name of the script; not encrypted
            Applied TEXT NOT NULL -- when it ran, ISO 8601 in UTC; not encrypted
        ) STRICT
        """;

    private const string SelectScripts = "SELECT ScriptName FROM schema_versions ORDER BY SchemaVersionID LIMIT 1000";

    /// <summary>Refuses a schema from the future, runs what is missing.</summary>
    /// <returns>Null when the schema is the newest one.</returns>
    public static Refusal? Apply(SqliteSession session, string path)
    {
        var scripts = Scripts();
        session.ExecuteScript(CreateJournal);
        var applied = session.Query(SelectScripts, static reader => reader.GetString(0));
        if (!applied.SequenceEqual(scripts.Select(script => script.Name).Take(applied.Count)))
        {
            return new Refusal(
                RefusalCode.SchemaUnknown,
                "The database has a schema that this program does not know. Start a newer version of the program.");
        }

        if (applied.Count == scripts.Count)
        {
            return null;
        }

        var text = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false };
        var upgrade = DeployChanges.To.SqliteDatabase(text.ConnectionString)
            .WithScripts(scripts)
            .JournalTo((connections, log) => new SqliteTableJournal(connections, log, "schema_versions"))
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        return upgrade.Successful ? null : SqliteErrors.ToRefusal(upgrade.Error);
    }

    private static List<SqlScript> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new SqlScript(name, Read(assembly, name)))
            .ToList();
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);  // the name comes from the list
        return reader.ReadToEnd();
    }
}
