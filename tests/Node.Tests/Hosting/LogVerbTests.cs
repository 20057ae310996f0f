using System.Text.Json.Nodes;
using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Certificates;
using CbssReturn.Node.Setup;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CbssReturn.Node.Tests.Hosting;

/// <summary><c>cbss-node log check</c> on the folder of a node that ran.</summary>
public sealed class LogVerbTests : IDisposable
{
    private const int CheckpointPublishedEvent = 6044;

    private readonly TestFolder _folder = new();

    private string Config => _folder.File("a/node.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Check_OfALog_FindsTheEntryOfWhichABitWasChanged()
    {
        await MakeNodeAsync();
        using (var node = NodeProgram.Start("run", "--config", Config))
        {
            await node.WaitUntilReadyAsync();
            var busy = await CheckAsync();
            Assert.Equal(2, busy.ExitCode);
            Assert.Contains("CB-2004", busy.Error, StringComparison.Ordinal);
            await node.WaitForLogAsync(CheckpointPublishedEvent);
            await node.SignalAsync("TERM");
            Assert.Equal(0, await node.WaitForExitAsync());
        }

        var sound = await CheckAsync();
        Assert.Equal((0, ""), (sound.ExitCode, sound.Error));
        Assert.EndsWith(
            "entries: each stands as it was written, and so does what is kept of other logs.\n",
            sound.Output,
            StringComparison.Ordinal);

        ChangeABitOf(await EntryAsync(1));
        var damaged = await CheckAsync();
        Assert.Equal(4, damaged.ExitCode);
        Assert.StartsWith("audit_entries ", damaged.Output, StringComparison.Ordinal);
        Assert.Contains(" Entry 1.\n", damaged.Output, StringComparison.Ordinal);
        Assert.StartsWith("CB-4012: The audit log is not what it was.", damaged.Error, StringComparison.Ordinal);

        var json = JsonNode.Parse((await CheckAsync("--json")).Output)!;
        Assert.Contains(json["damage"]!.AsArray(), found => (long?)found!["first_index"] == 1);
    }

    [Fact]
    public async Task Check_OfATreeRewrittenWithoutItsNotes_IsFound()
    {
        await MakeNodeAsync();
        using (var node = NodeProgram.Start("run", "--config", Config))
        {
            await node.WaitUntilReadyAsync();
            await node.WaitForLogAsync(CheckpointPublishedEvent);
            await node.WaitForLogAsync(CheckpointPublishedEvent);
            await node.WaitForLogAsync(CheckpointPublishedEvent);
            await node.SignalAsync("TERM");
            Assert.Equal(0, await node.WaitForExitAsync());
        }

        ExecuteSql("UPDATE audit_checkpoints SET note = NULL");
        var bare = await CheckAsync();
        Assert.Equal(4, bare.ExitCode);
        Assert.Contains("The checkpoint has no note, and is not the newest.", bare.Output, StringComparison.Ordinal);

        ExecuteSql("DELETE FROM audit_checkpoints");
        var cut = await CheckAsync();
        Assert.Equal(4, cut.ExitCode);
        Assert.Contains("that the database does not know.", cut.Output, StringComparison.Ordinal);
    }

    private void ExecuteSql(string sql)
    {
        using var database = new SqliteConnection($"Data Source={_folder.File("a/node.db")};Pooling=False");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0);
    }

    private Task<(int ExitCode, string Output, string Error)> CheckAsync(params string[] more) =>
        NodeProgram.RunAsync(["log", "check", "--config", Config, .. more]);

    private async Task<byte[]> EntryAsync(int index)
    {
        await using var store = (await SqliteNodeStore.OpenAsync(_folder.File("a/node.db"), TimeProvider.System)).Value;
        return (await store.ReadEntriesAsync(index, 1, default)).Single().ToArray();
    }

    private void ChangeABitOf(byte[] entry)
    {
        var path = _folder.File("a/node.db");
        var content = File.ReadAllBytes(path);
        var at = content.AsSpan().IndexOf(entry);
        Assert.True(at > 0);
        content[at + LogEntry.SizeBytes - 1] ^= 1;
        File.WriteAllBytes(path, content);
    }

    private async Task MakeNodeAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        Assert.True(CertificateSetup.MakeAuthority(_folder.File("ca"), CertificatePeriod.From(now, 30)).IsOk);
        Assert.True(DirectoryRoot.Make(_folder.File("root")).IsOk);
        var made = await NodeSetup.MakeAsync(
            new NodeSetupRequest
            {
                Folder = _folder.File("a"),
                Country = "SE",
                Kind = NodeKind.Provider,
                Endpoint = PeerEndpoint.Parse($"127.0.0.1:{NodeProgram.FreePort()}").Value,
                ListenAddress = "127.0.0.1",
                AuthorityFolder = _folder.File("ca"),
                DirectoryRootFile = _folder.File("root/directory-root.pub"),
                DirectoryFile = _folder.File("directory"),
            },
            TimeProvider.System,
            CancellationToken.None);
        Assert.True(made.IsOk);
        Assert.True(DirectorySetup.Sign(
            _folder.File("root"),
            [_folder.File("a/directory-entry.json")],
            _folder.File("directory"),
            null,
            null,
            now,
            30).IsOk);
        var config = JsonNode.Parse(await File.ReadAllBytesAsync(Config))!;
        config["audit"]!["interval_ms"] = 1000;
        config["log"] = new JsonObject { ["level"] = "DEBUG" };
        await File.WriteAllTextAsync(Config, config.ToJsonString());
    }
}
