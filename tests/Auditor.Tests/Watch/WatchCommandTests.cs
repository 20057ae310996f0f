using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace CbssReturn.Auditor.Tests;

public sealed class WatchCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Sample.At.AddHours(3));

    private string Export => _folder.File("export");

    private string Config => _folder.File("auditor.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Watch_EmptyLogFirst_IsNoAlarm()
    {
        var log = Sample.Log(0);
        log.Export(Export);
        WriteConfig(log);

        var (exitCode, output, _) = await WatchAsync();

        Assert.Equal(0, exitCode);
        Assert.Contains(": 0 entries, awake, 0 alarms", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_HonestGrowth_IsMirroredAsAnExport()
    {
        var log = Sample.Log(70);
        log.Export(Export);
        WriteConfig(log);

        foreach (var count in new[] { 0, 186, 1, 300 })
        {
            Sample.Grow(log, count, _time.GetUtcNow());
            log.Publish();
            log.Export(Export);
            Assert.Equal(0, (await WatchAsync()).ExitCode);
        }

        var mirror = Assert.Single(Directory.GetDirectories(_folder.File("mirror")));
        var keys = _folder.File("vkeys");
        await File.WriteAllTextAsync(keys, $"{log.Key}\n");
        var (exitCode, answer) = await CommandLine.RunJsonAsync(_time, "verify", mirror, "--vkeys", keys);
        Assert.Equal(0, exitCode);
        Assert.Equal(557, answer.GetProperty("size").GetInt64());
    }

    [Fact]
    public async Task Watch_EntryAlteredBehindTheCheckpoint_IsAlteredOnceWithIndex()
    {
        var log = Sample.Log(300);
        log.Export(Export);
        WriteConfig(log);
        await WatchAsync();
        var file = Path.Combine(Export, "tile", "entries", "000");
        var content = await File.ReadAllBytesAsync(file);
        content[(151 * 17) + 2 + 120] ^= 1;
        await File.WriteAllBytesAsync(file, content);

        var first = await WatchJsonAsync();
        var second = await WatchJsonAsync();

        var alarm = Assert.Single(first.Alarms);
        Assert.Equal(4, first.ExitCode);
        Assert.Equal("ALTERED", alarm.GetProperty("kind").GetString());
        Assert.Equal(17, alarm.GetProperty("index").GetInt64());
        Assert.Empty(second.Alarms);
        await AssertEvidenceHoldsAsync(log, alarm);
    }

    [Fact]
    public async Task Watch_SmallerLog_IsRollback()
    {
        var log = Sample.Log(300);
        log.Export(Export);
        WriteConfig(log);
        await WatchAsync();
        Replace(log.Fork(290));

        var (exitCode, alarms) = await WatchJsonAsync();

        Assert.Equal(4, exitCode);
        var alarm = Assert.Single(alarms);
        Assert.Equal("ROLLBACK", alarm.GetProperty("kind").GetString());
        Assert.Equal(290, alarm.GetProperty("index").GetInt64());
        await AssertEvidenceHoldsAsync(log, alarm);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(310)]
    public async Task Watch_OtherHistorySigned_IsSplitViewWithProof(int size)
    {
        var log = Sample.Log(300);
        log.Export(Export);
        WriteConfig(log);
        await WatchAsync();
        var other = Sample.Local(-1, Sample.At.AddMinutes(30)).ToBytes();
        var fork = log.Fork(300, (index, entry) => index == 123 ? other : entry);
        Sample.Grow(fork, size - 300);
        Replace(fork);

        var (exitCode, alarms) = await WatchJsonAsync();

        Assert.Equal(4, exitCode);
        var alarm = Assert.Single(alarms);
        Assert.Equal("SPLIT_VIEW", alarm.GetProperty("kind").GetString());
        await AssertEvidenceHoldsAsync(log, alarm);
    }

    [Fact]
    public async Task Watch_EntryBackInTime_IsEntryRuleWithBothEntries()
    {
        var log = Sample.Log(40);
        log.Export(Export);
        WriteConfig(log);
        await WatchAsync();
        log.Append(Sample.Local(40, Sample.At));
        log.Publish();
        log.Export(Export);

        var (exitCode, alarms) = await WatchJsonAsync();

        Assert.Equal(4, exitCode);
        var alarm = Assert.Single(alarms);
        Assert.Equal("ENTRY_RULE", alarm.GetProperty("kind").GetString());
        Assert.Equal(40, alarm.GetProperty("index").GetInt64());
        await AssertEvidenceHoldsAsync(log, alarm);
    }

    [Fact]
    public async Task Watch_BundleMissing_IsAlarmOnlyWhenItLasts()
    {
        var log = Sample.Log(70);
        log.Export(Export);
        WriteConfig(log);
        File.Delete(Path.Combine(Export, "tile", "entries", "000.p", "70"));

        var first = await WatchJsonAsync();
        _time.Advance(TimeSpan.FromMinutes(4));
        var second = await WatchJsonAsync();
        _time.Advance(TimeSpan.FromMinutes(7));
        var third = await WatchJsonAsync();

        Assert.Empty(first.Alarms);
        Assert.Empty(second.Alarms);
        Assert.Equal("ALTERED", Assert.Single(third.Alarms).GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Watch_SilentInItsHours_IsStaleOnce()
    {
        var log = Sample.Log(70);
        log.Export(Export);
        WriteConfig(log);
        List<string?> kinds = [];
        for (var minute = 0; minute < 20; minute++)
        {
            kinds.AddRange((await WatchJsonAsync()).Alarms.Select(alarm => alarm.GetProperty("kind").GetString()));
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(["STALE"], kinds);
    }

    [Fact]
    public async Task Watch_SilentWhileAsleep_IsNoAlarm()
    {
        var log = Sample.Log(70);
        log.Export(Export);
        WriteConfig(log, """, "awake": { "from_minute": 0, "until_minute": 60, "weekdays": 127 }""");

        for (var minute = 0; minute < 20; minute++)
        {
            Assert.Equal(0, (await WatchAsync()).ExitCode);
            _time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task Watch_MirrorLost_IsReadAgainWithoutAlarm()
    {
        var log = Sample.Log(300);
        log.Export(Export);
        WriteConfig(log);
        await WatchAsync();
        Directory.Delete(_folder.File("mirror"), recursive: true);
        Sample.Grow(log, 10, _time.GetUtcNow());
        log.Publish();
        log.Export(Export);

        var (exitCode, output, _) = await WatchAsync();

        Assert.Equal(0, exitCode);
        Assert.Contains(": 310 entries", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_StateDamaged_IsRefused()
    {
        var log = Sample.Log(70);
        log.Export(Export);
        WriteConfig(log);
        await WatchAsync();
        var state = Assert.Single(Directory.GetFiles(_folder.File("state"), "*.json"));
        var text = await File.ReadAllTextAsync(state);
        await File.WriteAllTextAsync(state, text.Replace("\"size\": 70", "\"size\": 69", StringComparison.Ordinal));

        var (exitCode, _, error) = await WatchAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains("CB-1002", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_UnknownKeyInConfiguration_IsRefused()
    {
        await File.WriteAllTextAsync(Config, """{ "logs": [], "lgos": [] }""");

        var (exitCode, _, error) = await WatchAsync();

        Assert.Equal(2, exitCode);
        Assert.Contains("CB-2001", error, StringComparison.Ordinal);
    }

    private void Replace(MemoryLog log)
    {
        Directory.Delete(Export, recursive: true);
        log.Publish();
        log.Export(Export);
    }

    private void WriteConfig(MemoryLog log, string more = "") => File.WriteAllText(
        Config,
        $$"""{ "logs": [ { "key": "{{log.Key}}", "source": { "folder": "export" }{{more}} } ] }""");

    private Task<(int ExitCode, string Output, string Error)> WatchAsync() =>
        CommandLine.RunAsync(_time, "watch", "--config", Config, "--once");

    private async Task<(int ExitCode, IReadOnlyList<JsonElement> Alarms)> WatchJsonAsync()
    {
        var (exitCode, output, _) = await CommandLine.RunAsync(_time, "watch", "--config", Config, "--once", "--json");
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .Where(line => line.TryGetProperty("kind", out _));
        return (exitCode, [.. lines]);
    }

    private async Task AssertEvidenceHoldsAsync(MemoryLog log, JsonElement alarm)
    {
        var keys = _folder.File("vkeys");
        await File.WriteAllTextAsync(keys, $"{log.Key}\n");
        var (exitCode, answer) = await CommandLine.RunJsonAsync(
            _time, "check-evidence", alarm.GetProperty("evidence_folder").GetString()!, "--vkeys", keys);
        Assert.True(exitCode == 0, answer.ToString());
    }
}
