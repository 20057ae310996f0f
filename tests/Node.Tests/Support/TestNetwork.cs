using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Certificates;
using CbssReturn.Sealing;
using Microsoft.Extensions.Time.Testing;

namespace CbssReturn.Node.Tests.Support;

/// <summary>A root, an authority, a clock and a directory.</summary>
internal sealed class TestNetwork : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SigningKey _root = SigningKey.Generate();
    private readonly List<TestPeer> _peers = [];
    private ulong _version;

    public TestNetwork()
    {
        Directory = new CurrentDirectory(_root.Public, Time);
        Authority = MakeAuthority();
    }

    public FakeTimeProvider Time { get; } = new(Start);

    public CertificatePeriod Period { get; } = CertificatePeriod.From(Start, 30);

    public X509Certificate2 Authority { get; }

    /// <summary>When the directories that are signed from now on end.</summary>
    public DateTimeOffset ExpiresAt { get; set; } = Start.AddDays(90);

    public CurrentDirectory Directory { get; }

    public VerifyingKey Root => _root.Public;

    public X509Certificate2 MakeAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return CertificateIssuer.MakeAuthority(key, Period);
    }

    public TestPeer AddPeer()
    {
        var peer = new TestPeer(this);
        _peers.Add(peer);
        return peer;
    }

    /// <summary>Signs the peers as they are now.</summary>
    public byte[] Sign()
    {
        _version++;
        return DirectoryWriter.Sign(
            _root, _version, Start.AddSeconds(_version), ExpiresAt, _peers.Select(peer => peer.Entry)).Value;
    }

    /// <summary>Puts the peers as they are now in force.</summary>
    public void Publish() => Assert.True(Directory.Apply(Sign()).IsOk);

    public void Dispose()
    {
        foreach (var peer in _peers)
        {
            peer.Dispose();
        }

        Authority.Dispose();
        _root.Dispose();
    }
}
