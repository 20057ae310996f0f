namespace CbssReturn.EndToEnd.Tests;

/// <summary>The auditor's program against a running node.</summary>
[Collection(OneProgramAtATime.Name)]
public sealed class AuditorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Auditor_OfARunningNode_VerifiesALogAndWatchesARoundWithTheConfigurationOfTheDirectory()
    {
        await using var network = await AuditorNetwork.StartAsync();
        var said = await AuditorNetwork.NodeAsync(
            "directory", "auditor-config",
            "--directory", network.At("directory"),
            "--directory-root", network.At("root", "directory-root.pub"),
            "--auditor", network.HubId,
            "--client-cert", network.At("hub", "tls.crt.pem"),
            "--client-key", network.At("hub", "tls.key.pem"),
            "--out", network.At("auditor.json"));
        Assert.Contains("watches 2 logs", said, StringComparison.Ordinal);

        // The provider pushes its first cosigned checkpoint within seconds; what is there until then is verified.
        var verified = await UntilDoneAsync(() => AuditorNetwork.AuditorAsync(
            "verify", "--json", "--node", network.HubEndpoint, "--pin", network.HubPin,
            "--client-cert", network.At("hub", "tls.crt.pem"), "--client-key", network.At("hub", "tls.key.pem"),
            "--origin", network.ProviderOrigin, "--vkeys", network.At("provider", "export.vkeys")));
        var watched = await AuditorNetwork.AuditorAsync(
            "watch", "--json", "--once", "--config", network.At("auditor.json"));

        var status = await network.StatusAsync();
        Assert.Contains($"Audit log {network.ProviderOrigin}: ", status.Output, StringComparison.Ordinal);
        Assert.Contains("witnesses", status.Output, StringComparison.Ordinal);
        Assert.Equal(0, verified.ExitCode);
        Assert.Contains(network.ProviderOrigin, verified.Output, StringComparison.Ordinal);
        Assert.True(watched.ExitCode == 0, watched.Output + watched.Error);
        Assert.NotEmpty(Directory.GetFiles(network.At("state"), "*", SearchOption.AllDirectories));
        Assert.NotEmpty(Directory.GetFiles(network.At("mirror"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task NodeStatus_NobodyHasAnsweredSinceTheStart_SaysThatItWaitsAndWhatToDo()
    {
        await using var network = await AuditorNetwork.StartAsync(withHub: false);

        var status = await UntilAsync(
            network.StatusAsync, result => result.Output.Contains("WAITING", StringComparison.Ordinal));

        Assert.Contains("--sign-unasked", status.Output, StringComparison.Ordinal);
        Assert.Contains("CB-4024", status.Output, StringComparison.Ordinal);
        Assert.Contains("No checkpoint yet.", status.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NodeRun_SignUnasked_PublishesAlthoughNobodyAnswers()
    {
        await using var network = await AuditorNetwork.StartAsync(withHub: false, "--sign-unasked");

        var status = await UntilAsync(
            network.StatusAsync, result => result.Output.Contains("Checkpoint over ", StringComparison.Ordinal));

        Assert.DoesNotContain("WAITING", status.Output, StringComparison.Ordinal);
    }

    private static Task<CbssResult> UntilDoneAsync(Func<Task<CbssResult>> run) =>
        UntilAsync(run, result => result.ExitCode == 0);

    private static async Task<CbssResult> UntilAsync(Func<Task<CbssResult>> run, Func<CbssResult, bool> isMet)
    {
        var start = TimeProvider.System.GetTimestamp();
        var result = await run();
        while (!isMet(result) && TimeProvider.System.GetElapsedTime(start) < Patience)
        {
            result = await run();
        }

        Assert.True(isMet(result), result.Output + result.Error);
        return result;
    }
}
