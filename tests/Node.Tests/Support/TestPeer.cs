using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CbssReturn.Casework.Common;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Certificates;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Tests.Support;

/// <summary>A node as its peers see it: an id, an identity key, a TLS key and a certificate.</summary>
internal sealed class TestPeer : IDisposable
{
    public TestPeer(TestNetwork network, string host = "127.0.0.1")
    {
        Certificate = Issue(network.Authority, network.Period, CertificateUsages.Both, host);
    }

    public NodeId Id { get; } = NodeId.NewRandom();

    public SigningKey Identity { get; } = SigningKey.Generate();

    /// <summary>The key that the directory names in place of <see cref="Identity"/>; null for that.</summary>
    public VerifyingKey? IdentityKey { get; set; }

    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>With its private key.</summary>
    public X509Certificate2 Certificate { get; private set; }

    public PeerEndpoint? Endpoint { get; set; }

    public bool IsSuspended { get; set; }

    public NodeKind Kind { get; set; } = NodeKind.Provider;

    public DirectoryLog? Log { get; set; }

    public Digest Pin => Digest.FromBytes(PinnedKey.PinOf(Certificate));

    public DirectoryNode Entry => new()
    {
        Id = Id,
        Country = "SE",
        Kind = Kind,
        Log = Log,
        Keys = [new DirectoryKey(IdentityKey ?? Identity.Public, DirectoryKeyState.Active, null)],
        Pins = [Pin],
        Endpoint = Endpoint,
        IsSuspended = IsSuspended,
    };

    /// <summary>A certificate over this node's key, good or bad; without an authority it signs for itself.</summary>
    public X509Certificate2 Issue(
        X509Certificate2? authority, CertificatePeriod period, CertificateUsages usages, string host = "127.0.0.1")
    {
        using var bare = authority is null
            ? CertificateIssuer.MakeSelfSignedNode(Key, host, period, usages)
            : CertificateIssuer.MakeNode(authority, Key, host, period, usages);
        return bare.CopyWithPrivateKey(Key);
    }

    public void Use(X509Certificate2 certificate) => Certificate = certificate;

    public void Dispose()
    {
        Identity.Dispose();
        Key.Dispose();
        Certificate.Dispose();
    }
}
