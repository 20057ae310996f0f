using CbssReturn.AuditLog;

namespace CbssReturn.Auditor.Tests;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Export => _folder.File("export");

    private string Keys => _folder.File("export.vkeys");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(300)]
    public async Task Verify_HonestExport_IsRight(int size)
    {
        WriteKeys(ExportLog(size).Key);

        var (exitCode, answer) = await VerifyAsync();

        Assert.Equal(0, exitCode);
        Assert.Equal(size, answer.GetProperty("size").GetInt64());
        Assert.Equal(Sample.Origin, answer.GetProperty("origin").GetString());
    }

    [Fact]
    public async Task Verify_ForPeople_SaysOneVerdict()
    {
        WriteKeys(ExportLog(300).Key);

        var (exitCode, output, error) = await CommandLine.RunAsync(
            TimeProvider.System, "verify", Export, "--vkeys", Keys);

        Assert.Equal(0, exitCode);
        Assert.StartsWith($"The log {Sample.Origin} is right.", output, StringComparison.Ordinal);
        Assert.Contains("300 LOCAL", output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Fact]
    public async Task Verify_EachByteChanged_IsRefused()
    {
        WriteKeys(ExportLog(260).Key);
        var files = Directory.GetFiles(Export, "*", SearchOption.AllDirectories);
        var checkedBytes = 0;
        foreach (var file in files)
        {
            var content = await File.ReadAllBytesAsync(file);

            // All of what is small, and a byte of each entry and hash of what is large.
            for (var place = 0; place < content.Length; place += content.Length > 400 ? 31 : 1)
            {
                var changed = content.ToArray();
                changed[place] ^= 1;
                await File.WriteAllBytesAsync(file, changed);

                var (exitCode, answer) = await VerifyAsync();

                Assert.True(exitCode == 4, $"{file} at {place}: {answer}");
                checkedBytes++;
            }

            await File.WriteAllBytesAsync(file, content);
        }

        Assert.True(checkedBytes > 1000);
        Assert.Equal(0, (await VerifyAsync()).ExitCode);
    }

    [Fact]
    public async Task Verify_EntryChanged_NamesIndexAndKeepsEvidence()
    {
        WriteKeys(ExportLog(300).Key);
        var file = Path.Combine(Export, "tile", "entries", "001.p", "44");
        var content = await File.ReadAllBytesAsync(file);
        content[^1] ^= 1;
        await File.WriteAllBytesAsync(file, content);
        var evidence = _folder.File("evidence");

        var (exitCode, answer) = await VerifyAsync("--evidence", evidence);

        Assert.Equal(4, exitCode);
        Assert.Equal("CB-4012", answer.GetProperty("code").GetString());
        Assert.Equal(299, answer.GetProperty("index").GetInt64());
        Assert.Equal(file, answer.GetProperty("field").GetString());
        Assert.Equal(evidence, answer.GetProperty("evidence").GetString());
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(evidence, "bundle")));
        Assert.True(File.Exists(Path.Combine(evidence, "checkpoint")));
    }

    [Theory]
    [InlineData("tile/0/000")]
    [InlineData("tile/1/000.p/1")]
    [InlineData("tile/entries/000")]
    [InlineData("tile/0/001.p/44")]
    public async Task Verify_FileMissing_IsRefused(string path)
    {
        WriteKeys(ExportLog(300).Key);
        File.Delete(Path.Combine(Export, path));

        var (exitCode, answer) = await VerifyAsync();

        Assert.Equal(4, exitCode);
        Assert.Equal("CB-4013", answer.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Verify_NoCheckpoint_IsNotFound()
    {
        WriteKeys(ExportLog(4).Key);
        File.Delete(Path.Combine(Export, "checkpoint"));

        var (exitCode, answer) = await VerifyAsync();

        Assert.Equal(1, exitCode);
        Assert.Equal("CB-1014", answer.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Verify_EntryBackInTime_IsRefusedWithIndex()
    {
        var log = MemoryLog.Create(Sample.Origin, 1);
        Sample.Grow(log, 40);
        log.Append(Sample.Local(40, Sample.At));
        log.Publish();
        log.Export(Export);
        WriteKeys(log.Key);

        var (exitCode, answer) = await VerifyAsync();

        Assert.Equal(4, exitCode);
        Assert.Equal("CB-4014", answer.GetProperty("code").GetString());
        Assert.Equal(40, answer.GetProperty("index").GetInt64());
    }

    [Fact]
    public async Task Verify_QuorumOfWitnesses_CountsEachOnce()
    {
        var log = Sample.Log(8);
        using var one = Sample.Key(50);
        using var two = Sample.Key(51);
        var checkpoint = Checkpoint.Parse(log.Note!.Text).Value;
        log.Note = log.Note.With(
        [
            Cosignature.Sign(checkpoint, "w1", one, Sample.At),
            Cosignature.Sign(checkpoint, "w1", one, Sample.At.AddMinutes(1)),
        ]).Value;
        log.Export(Export);
        WriteKeys(log.Key, VerifierKey.OfWitness("w1", one.Public), VerifierKey.OfWitness("w2", two.Public));

        var asked = await VerifyAsync("--quorum", "1");
        var usual = await VerifyAsync();

        Assert.Equal(0, asked.ExitCode);
        Assert.Equal(["w1"], asked.Answer.GetProperty("cosigned_by").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(4, usual.ExitCode);
        Assert.Equal("CB-4005", usual.Answer.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Verify_PolicyFile_CountsAsItSays()
    {
        var log = ExportLog(8);
        var policy = _folder.File("policy");
        await File.WriteAllBytesAsync(policy, WitnessPolicy.Of([log.Key], [], 0).Value.ToBytes());

        var (exitCode, _) = await CommandLine.RunJsonAsync(TimeProvider.System, "verify", Export, "--policy", policy);

        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Verify_OldCheckpoint_IsContinued()
    {
        var log = Sample.Log(70);
        await File.WriteAllBytesAsync(_folder.File("old"), log.Note!.ToBytes());
        Sample.Grow(log, 300);
        log.Publish();
        log.Export(Export);
        WriteKeys(log.Key);

        var whole = await VerifyAsync("--old-checkpoint", _folder.File("old"));
        var rest = await VerifyAsync("--old-checkpoint", _folder.File("old"), "--from-size", "70");
        var wrongSize = await VerifyAsync("--old-checkpoint", _folder.File("old"), "--from-size", "71");

        Assert.Equal(0, whole.ExitCode);
        Assert.Equal(70, whole.Answer.GetProperty("continues").GetInt64());
        Assert.Equal(370, whole.Answer.GetProperty("events").GetProperty("LOCAL").GetInt64());
        Assert.Equal(300, rest.Answer.GetProperty("events").GetProperty("LOCAL").GetInt64());
        Assert.Equal("CB-4019", wrongSize.Answer.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Verify_OldCheckpointOfAnotherHistory_IsSplitViewWithProof()
    {
        var log = Sample.Log(70);
        var other = Sample.Local(-1, Sample.At.AddMinutes(8)).ToBytes();
        var fork = log.Fork(70, (index, entry) => index == 33 ? other : entry);
        await File.WriteAllBytesAsync(_folder.File("old"), fork.Publish().ToBytes());
        Sample.Grow(log, 300);
        log.Publish();
        log.Export(Export);
        WriteKeys(log.Key);
        var evidence = _folder.File("evidence");

        var (exitCode, answer) = await VerifyAsync("--old-checkpoint", _folder.File("old"), "--evidence", evidence);

        Assert.Equal(4, exitCode);
        Assert.Equal("CB-4017", answer.GetProperty("code").GetString());
        var blobs = Directory.GetFiles(evidence).ToDictionary(
            file => Path.GetFileName(file), file => (ReadOnlyMemory<byte>)File.ReadAllBytes(file));
        Assert.True(SplitView.Check(blobs, log.Key).IsOk);
    }

    [Fact]
    public async Task Verify_LogSmallerThanOldCheckpoint_IsRollback()
    {
        var log = Sample.Log(70);
        await File.WriteAllBytesAsync(_folder.File("old"), log.Note!.ToBytes());
        var smaller = log.Fork(60);
        smaller.Publish();
        smaller.Export(Export);
        WriteKeys(log.Key);

        var (exitCode, answer) = await VerifyAsync("--old-checkpoint", _folder.File("old"));

        Assert.Equal(4, exitCode);
        Assert.Equal("CB-4016", answer.GetProperty("code").GetString());
        Assert.Equal(60, answer.GetProperty("index").GetInt64());
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(2, 4)]
    public async Task Verify_ErasureOfADetail_IsThatOfTheEntryItNames(long index, int exitCode)
    {
        var log = Sample.Log(8);
        var erased = LogEntry.Parse(log.EntryAt(3)).Value.Detail!.Value;
        log.Append(new LogEntry
        {
            Event = AuditEvent.DetailErased,
            Outcome = AuditOutcome.Done,
            At = Sample.At.AddMinutes(3),
            Tag = erased,
            Index = index,
        });
        log.Publish();
        log.Export(Export);
        WriteKeys(log.Key);

        var verified = await VerifyAsync();

        Assert.Equal(exitCode, verified.ExitCode);
        if (exitCode != 0)
        {
            Assert.Equal("CB-4015", verified.Answer.GetProperty("code").GetString());
            Assert.Equal(8, verified.Answer.GetProperty("index").GetInt64());
        }
    }

    [Fact]
    public async Task Verify_FromSizeAndAnEntryOlderThanThoseBelow_IsFound()
    {
        var log = Sample.Log(70);
        await File.WriteAllBytesAsync(_folder.File("old"), log.Note!.ToBytes());
        log.Append(Sample.Local(70, Sample.At));
        log.Publish();
        log.Export(Export);
        WriteKeys(log.Key);

        var rest = await VerifyAsync("--old-checkpoint", _folder.File("old"), "--from-size", "70");

        Assert.Equal(4, rest.ExitCode);
        Assert.Equal(70, rest.Answer.GetProperty("index").GetInt64());
    }

    [Theory]
    [InlineData("verify", "x")]
    [InlineData("verify", "--vkeys", "x")]
    [InlineData("verify", "x", "--vkeys", "x", "--policy", "x")]
    [InlineData("verify", "x", "--policy", "x", "--quorum", "1")]
    public async Task Verify_OptionsThatDoNotGoTogether_AreRefused(params string[] arguments)
    {
        WriteKeys(Sample.Log(0).Key);
        var line = arguments.Select(argument => argument == "x" ? Keys : argument).ToArray();

        var (exitCode, answer) = await CommandLine.RunJsonAsync(TimeProvider.System, line);

        Assert.Equal(1, exitCode);
        Assert.Equal("CB-1013", answer.GetProperty("code").GetString());
    }

    private MemoryLog ExportLog(int size)
    {
        var log = Sample.Log(size);
        log.Export(Export);
        return log;
    }

    private void WriteKeys(params VerifierKey[] keys) =>
        File.WriteAllText(Keys, string.Concat(keys.Select(key => $"{key}\n")));

    private Task<(int ExitCode, System.Text.Json.JsonElement Answer)> VerifyAsync(params string[] more) =>
        CommandLine.RunJsonAsync(TimeProvider.System, ["verify", Export, "--vkeys", Keys, .. more]);
}
