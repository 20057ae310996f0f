using CbssReturn.Node.Certificates;
using CbssReturn.Node.Peers;
using CbssReturn.Node.Tls;

namespace CbssReturn.Node.Tests.Support;

/// <summary>What a node calls its peers with.</summary>
internal sealed class TestDialer : IDisposable
{
    private readonly TestFolder _folder = new();

    public TestDialer(TestNetwork network, TestPeer self)
    {
        Network = network;
        Self = self;
        WriteCertificate();
        Certificate = OwnCertificate.Load(
            _folder.File(CertificateFiles.NodeCertificate), _folder.File(CertificateFiles.NodeKey), network.Time).Value;
        Board = new PeerBoard(network.Time);
        Channels = new PeerChannels(
            self.Id,
            network.Directory,
            Certificate,
            new CertificateJudge(network.Directory, network.Time, [network.Authority]),
            TimeSpan.FromSeconds(10),
            Checkpoint,
            network.Time);
    }

    public TestNetwork Network { get; }

    public TestPeer Self { get; }

    public OwnCertificate Certificate { get; }

    public PeerBoard Board { get; }

    public CheckpointHeader Checkpoint { get; } = new();

    public PeerChannels Channels { get; }

    public void WriteCertificate()
    {
        Assert.True(CertificateFiles.Write(_folder.File(CertificateFiles.NodeCertificate), Self.Certificate).IsOk);
        Assert.True(CertificateFiles.WriteKey(_folder.File(CertificateFiles.NodeKey), Self.Key).IsOk);
    }

    public void Dispose()
    {
        Channels.Dispose();
        _folder.Dispose();
    }
}
