using CbssReturn.AuditLog;
using Microsoft.Extensions.Time.Testing;

namespace CbssReturn.Auditor.Tests;

public sealed class ReconcileCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Sample.At.AddHours(3));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reconcile_LogsThatAgree_FindsNothing()
    {
        var (sender, receiver) = Transfer(isSentWithheld: false);
        Write(sender, receiver);

        var (exitCode, output, _) = await RunAsync("--ahead-hours", "5");

        Assert.Equal(0, exitCode);
        Assert.Contains("2 logs, 1 pairs that name each other, 0 disagreements.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reconcile_SentWithheld_IsReceivedUnsentWhenTimeIsGiven()
    {
        var (sender, receiver) = Transfer(isSentWithheld: true);
        Write(sender, receiver);

        var now = await RunAsync();
        var later = await RunAsync("--ahead-hours", "5");

        Assert.Equal(0, now.ExitCode);
        Assert.Equal(4, later.ExitCode);
        Assert.Contains("RECEIVED_UNSENT", later.Output, StringComparison.Ordinal);
        Assert.Contains($"index 4 of {Sample.OtherOrigin}", later.Output, StringComparison.Ordinal);
    }

    private static (MemoryLog Sender, MemoryLog Receiver) Transfer(bool isSentWithheld)
    {
        var sender = Sample.Log(4);
        var receiver = Sample.Log(4, Sample.OtherOrigin, seed: 2);
        var at = Sample.At.AddMinutes(2);
        if (!isSentWithheld)
        {
            sender.Append(Sample.Packet(
                AuditEvent.PacketSent, AuditOutcome.Pending, receiver.Origin, 1, at));
            sender.Append(Sample.Packet(AuditEvent.PacketSent, AuditOutcome.Done, receiver.Origin, 1, at));
        }

        receiver.Append(Sample.Packet(AuditEvent.PacketReceived, AuditOutcome.Done, sender.Origin, 1, at));
        foreach (var log in new[] { sender, receiver })
        {
            log.Append(Sample.Local(99, at.AddMinutes(1)));
            log.Publish();
        }

        return (sender, receiver);
    }

    private void Write(MemoryLog sender, MemoryLog receiver)
    {
        sender.Export(_folder.File("sender"));
        receiver.Export(_folder.File("receiver"));
        File.WriteAllText(
            _folder.File("auditor.json"),
            $$"""
            {
              "logs": [
                { "key": "{{sender.Key}}", "source": { "folder": "sender" } },
                { "key": "{{receiver.Key}}", "source": { "folder": "receiver" } }
              ]
            }
            """);
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] more) =>
        CommandLine.RunAsync(_time, ["reconcile", "--config", _folder.File("auditor.json"), .. more]);
}
