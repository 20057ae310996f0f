using CbssReturn.Node.Certificates;
using CbssReturn.Node.Files;
using CbssReturn.Node.Hosting;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Node.Tls;
using CbssReturn.Node.Workers;
using CbssReturn.Outcomes;
using Grpc.Health.V1;
using Grpc.HealthCheck;

namespace CbssReturn.Node.Tests.Workers;

/// <summary>What changes on the disk takes effect, and what stands in the way is said.</summary>
public sealed class DirectoryWorkerTests : IDisposable
{
    private const int DirectoryRefusedEvent = 6011;
    private const int CertificateRefusedEvent = 6013;

    private readonly TestFolder _folder = new();
    private readonly TestNetwork _network = new();
    private readonly TestPeer _self;
    private readonly CollectingLog _log = new();
    private readonly HealthServiceImpl _health = new();
    private readonly OwnCertificate _certificate;
    private readonly NodeReadiness _readiness;
    private readonly DirectoryWorker _worker;
    private readonly List<ulong> _kept = [];

    public DirectoryWorkerTests()
    {
        _self = _network.AddPeer();
        WriteCertificate();
        _certificate = OwnCertificate.Load(CertificatePath, KeyPath, _network.Time).Value;
        _readiness = new NodeReadiness(
            _self.Id,
            _self.Identity.Kid,
            _network.Directory,
            _certificate,
            new AuditBoard(_network.Time, _log),
            _health,
            _log);
        _worker = new DirectoryWorker(
            DirectoryPath,
            _network.Directory,
            new FileWatch(CertificatePath, KeyPath),
            _certificate,
            _readiness,
            Keep,
            () => { },
            _network.Time,
            _log);
        _readiness.IsServing = true;
    }

    private string DirectoryPath => _folder.File("directory");

    private string CertificatePath => _folder.File(CertificateFiles.NodeCertificate);

    private string KeyPath => _folder.File(CertificateFiles.NodeKey);

    public void Dispose()
    {
        _log.Dispose();
        _network.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Look_NoDirectory_IsAProblemUntilThereIsOne()
    {
        await _worker.LookAsync(default);
        Assert.Equal([RefusalCode.DirectoryMalformed], _readiness.Problems());
        await AssertHealthAsync(HealthCheckResponse.Types.ServingStatus.NotServing);

        Publish();
        await _worker.LookAsync(default);

        Assert.Empty(_readiness.Problems());
        await AssertHealthAsync(HealthCheckResponse.Types.ServingStatus.Serving);
        Assert.Equal([1UL], _kept);
    }

    [Fact]
    public async Task Look_DirectoryThatMustNotCount_IsRefusedAndTheOneInForceStays()
    {
        var first = _network.Sign();
        await PutAsync(_network.Sign());
        foreach (var (file, code) in new[]
        {
            (first, RefusalCode.DirectoryOlder),
            ([1, 2, 3], RefusalCode.DirectoryMalformed),
            (Spoilt(_network.Sign()), RefusalCode.DirectorySignatureWrong),
        })
        {
            await PutAsync(file);

            Assert.Equal(code, await _log.WaitAsync(DirectoryRefusedEvent));
            Assert.Equal(2UL, _network.Directory.Now.Version);
        }
    }

    [Fact]
    public async Task Run_DirectoryChanges_IsAppliedAtTheNextLook()
    {
        Publish();
        using var stopping = new CancellationTokenSource();
        var applied = new TaskCompletionSource();
        _network.Directory.Changed += (_, _) =>
        {
            if (_network.Directory.Now.Version == 2)
            {
                applied.SetResult();
            }
        };
        var running = _worker.RunAsync(stopping.Token);
        Publish();

        while (!applied.Task.IsCompleted)
        {
            _network.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stopping.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Problems_NodeNotAsTheDirectorySays_AreTold()
    {
        Publish();
        await _worker.LookAsync(default);
        _self.IsSuspended = true;
        await PutAsync(_network.Sign());
        Assert.Equal([RefusalCode.PeerSuspended], _readiness.Problems());

        using var successor = new TestPeer(_network);
        _self.IsSuspended = false;
        _self.Use(successor.Certificate);
        await PutAsync(_network.Sign());
        Assert.Equal([RefusalCode.NodeNotInDirectory], _readiness.Problems());

        _network.Time.SetUtcNow(TestNetwork.Start.AddDays(90));
        Assert.Equal([RefusalCode.CertificateUnusable, RefusalCode.DirectoryExpired], _readiness.Problems());

        _readiness.IsServing = false;
        Assert.Equal(RefusalCode.NodeNotReady, _readiness.Problems()[0]);
    }

    [Fact]
    public async Task Look_CertificateRenewed_IsInUse()
    {
        await _worker.LookAsync(default);
        _self.Use(_self.Issue(
            _network.Authority,
            new CertificatePeriod(TestNetwork.Start, TestNetwork.Start.AddDays(60)),
            CertificateUsages.Both));
        WriteCertificate();

        await _worker.LookAsync(default);

        Assert.Equal(TestNetwork.Start.AddDays(60), _certificate.ExpiresAt);
    }

    [Fact]
    public async Task Look_CertificateSpoilt_IsRefusedAndTheOldOneStays()
    {
        var expiresAt = _certificate.ExpiresAt;
        Assert.True(PrivateFiles.Write(CertificatePath, "no certificate"u8).IsOk);

        await _worker.LookAsync(default);

        Assert.Equal(RefusalCode.CertificateUnusable, await _log.WaitAsync(CertificateRefusedEvent));
        Assert.Equal(expiresAt, _certificate.ExpiresAt);
    }

    [Fact]
    public async Task Look_FileUnreadableOnce_IsAppliedAtTheNextLook()
    {
        Publish();
        await _worker.LookAsync(default);
        var whole = _network.Sign();
        var changedAt = DateTime.UnixEpoch.AddYears(60);
        await File.WriteAllBytesAsync(DirectoryPath, Spoilt([.. whole]));
        File.SetLastWriteTimeUtc(DirectoryPath, changedAt);
        await _worker.LookAsync(default);
        await _worker.LookAsync(default);
        Assert.Equal(1UL, _network.Directory.Now.Version);

        // Size and moment are as before: only another look can tell.
        await File.WriteAllBytesAsync(DirectoryPath, whole);
        File.SetLastWriteTimeUtc(DirectoryPath, changedAt);
        await _worker.LookAsync(default);

        Assert.Equal(2UL, _network.Directory.Now.Version);
        Assert.Equal(1, _log.Count(DirectoryRefusedEvent));
        Assert.Empty(_readiness.Problems());
    }

    [Fact]
    public async Task Look_CertificateUnreadableOnce_IsInUseAtTheNextLook()
    {
        await _worker.LookAsync(default);
        var expiresAt = TestNetwork.Start.AddDays(60);
        _self.Use(_self.Issue(
            _network.Authority, new CertificatePeriod(TestNetwork.Start, expiresAt), CertificateUsages.Both));
        WriteCertificate();
        var whole = await File.ReadAllBytesAsync(CertificatePath);
        var changedAt = DateTime.UnixEpoch.AddYears(60);
        await File.WriteAllBytesAsync(CertificatePath, new byte[whole.Length]);
        File.SetLastWriteTimeUtc(CertificatePath, changedAt);
        await _worker.LookAsync(default);
        await _worker.LookAsync(default);

        await File.WriteAllBytesAsync(CertificatePath, whole);
        File.SetLastWriteTimeUtc(CertificatePath, changedAt);
        await _worker.LookAsync(default);

        Assert.Equal(expiresAt, _certificate.ExpiresAt);
        Assert.Equal(1, _log.Count(CertificateRefusedEvent));
    }

    [Fact]
    public async Task Problems_NewerDirectoryRefused_IsToldWhileTheOldOneCounts()
    {
        Publish();
        await _worker.LookAsync(default);
        await PutAsync(Spoilt(_network.Sign()));

        // It is told, and packets go all the same.
        Assert.Equal([RefusalCode.DirectorySignatureWrong], _readiness.Problems());
        await AssertHealthAsync(HealthCheckResponse.Types.ServingStatus.Serving);

        await PutAsync(_network.Sign());
        Assert.Empty(_readiness.Problems());
    }

    private static byte[] Spoilt(byte[] file)
    {
        file[^1] ^= 1;
        return file;
    }

    private void WriteCertificate()
    {
        Assert.True(CertificateFiles.Write(CertificatePath, _self.Certificate).IsOk);
        Assert.True(CertificateFiles.WriteKey(KeyPath, _self.Key).IsOk);
    }

    private void Publish() => Assert.True(PrivateFiles.Write(DirectoryPath, _network.Sign()).IsOk);

    private async Task PutAsync(byte[] file)
    {
        Assert.True(PrivateFiles.Write(DirectoryPath, file).IsOk);
        await _worker.LookAsync(default);
    }

    private Task Keep(ulong version, CancellationToken ct)
    {
        _kept.Add(version);
        return Task.CompletedTask;
    }

    private async Task AssertHealthAsync(HealthCheckResponse.Types.ServingStatus status) => Assert.Equal(
        status, (await _health.Check(new HealthCheckRequest(), null!)).Status);
}
