using System.Security.Cryptography.X509Certificates;
using CbssReturn.AuditLog;
using CbssReturn.Casework.Common;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Certificates;
using CbssReturn.Node.Setup;
using CbssReturn.Node.Tests.Support;
using CbssReturn.Node.Tls;
using CbssReturn.Outcomes;

namespace CbssReturn.Node.Tests.Setup;

/// <summary>Certificates, entries and directories as the verbs make them.</summary>
public sealed class SetupTests : IDisposable
{
    private static readonly DateTimeOffset Now = TestNetwork.Start;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void MakeNode_SignedByTheAuthority_PassesEveryRuleOfAHandshake()
    {
        Assert.True(CertificateSetup.MakeAuthority(_folder.File("ca"), CertificatePeriod.From(Now, 30)).IsOk);
        var pin = CertificateSetup.MakeNode(
            _folder.File("node"), "node.example", _folder.File("ca"), CertificatePeriod.From(Now, 30)).Value;
        using var authority = CertificateFiles.Read(_folder.File("ca/authority.crt.pem")).Value;
        using var certificate = CertificateFiles.Read(_folder.File("node/tls.crt.pem")).Value;
        using var root = Sealing.SigningKey.Generate();
        var node = new DirectoryNode
        {
            Id = Sealing.NodeId.NewRandom(),
            Country = "SE",
            Kind = NodeKind.Provider,
            Keys = [new DirectoryKey(root.Public, DirectoryKeyState.Active, null)],
            Pins = [pin],
        };
        var directory = NodeDirectory.Read(
            DirectoryWriter.Sign(root, 1, Now, Now.AddDays(1), [node]).Value, root.Public).Value;

        foreach (var side in Enum.GetValues<CertificateSide>())
        {
            Assert.Equal(node.Id, CertificateVerdict.Of(certificate, side, directory, Now, [authority]).Value);
        }

        Assert.True(certificate.MatchesHostname("node.example"));
        Assert.Equal(ObjectIds.CurveP256, certificate.GetECDsaPublicKey()!.ExportParameters(false).Curve.Oid.Value);
        Assert.Equal(Now.AddDays(30), new DateTimeOffset(certificate.NotAfter));
        Assert.False(authority.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any());
    }

    [Fact]
    public void MakeNode_Again_KeepsTheKeyAndSoThePin()
    {
        var first = CertificateSetup.MakeNode(_folder.Path, "127.0.0.1", null, CertificatePeriod.From(Now, 1)).Value;
        var serial = SerialNumber();

        var second = CertificateSetup.MakeNode(_folder.Path, "127.0.0.1", null, CertificatePeriod.From(Now, 1)).Value;

        Assert.Equal(first, second);
        Assert.NotEqual(serial, SerialNumber());
    }

    [Fact]
    public void MakeNode_LongerThanItsAuthority_EndsWithIt()
    {
        Assert.True(CertificateSetup.MakeAuthority(_folder.File("ca"), CertificatePeriod.From(Now, 3)).IsOk);
        Assert.True(CertificateSetup.MakeNode(
            _folder.File("node"), "node.example", _folder.File("ca"), CertificatePeriod.From(Now, 30)).IsOk);

        using var certificate = CertificateFiles.Read(_folder.File("node/tls.crt.pem")).Value;
        Assert.Equal(Now.AddDays(3), new DateTimeOffset(certificate.NotAfter));
    }

    [Fact]
    public void MakeNode_KeyThatOthersCanRead_IsRefused()
    {
        Assert.True(CertificateSetup.MakeNode(_folder.Path, "127.0.0.1", null, CertificatePeriod.From(Now, 1)).IsOk);
        File.SetUnixFileMode(
            _folder.File("tls.key.pem"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        var again = CertificateSetup.MakeNode(_folder.Path, "127.0.0.1", null, CertificatePeriod.From(Now, 1));

        Assert.Equal(RefusalCode.PermissionsTooWide, again.Refusal.Code);
    }

    [Fact]
    public void MakeAuthority_Twice_IsRefused()
    {
        Assert.True(CertificateSetup.MakeAuthority(_folder.Path, CertificatePeriod.From(Now, 1)).IsOk);

        var again = CertificateSetup.MakeAuthority(_folder.Path, CertificatePeriod.From(Now, 1));

        Assert.Equal(RefusalCode.AlreadyInitialised, again.Refusal.Code);
    }

    [Fact]
    public void EntryFile_WhatWasWritten_IsReadAgain()
    {
        using var network = new TestNetwork();
        using var key = Sealing.SigningKey.Generate();
        var node = network.AddPeer().Entry with
        {
            Endpoint = PeerEndpoint.Parse("[::1]:7443").Value,
            Log = new DirectoryLog
            {
                LogKey = VerifierKey.OfLog("log.example/se/1/1", key.Public),
                HomeAuditor = Sealing.NodeId.NewRandom(),
                WitnessKey = VerifierKey.OfWitness("witness.example/se/1", key.Public),
                Awake = new AwakeHours(480, 1_020, 31),
            },
        };

        var read = DirectoryEntryFile.Read(DirectoryEntryFile.Write(node)).Value;

        Assert.Equal(node.Log, read.Log);
        Assert.Equal(DirectoryEntryFile.Write(node), DirectoryEntryFile.Write(read));
    }

    [Theory]
    [InlineData("\"SE\"", "\"SE\", \"name\": \"a\"", RefusalCode.JsonMalformed)]
    [InlineData("\"country\": \"SE\",", "", RefusalCode.JsonMalformed)]
    [InlineData("PROVIDER", "SHELTER", RefusalCode.CodeUnknown)]
    [InlineData("PROVIDER", "UNSPECIFIED", RefusalCode.CodeUnknown)]
    [InlineData("ACTIVE", "active", RefusalCode.CodeUnknown)]
    public void EntryFile_OutOfForm_IsRefused(string good, string bad, RefusalCode code)
    {
        using var network = new TestNetwork();
        var text = System.Text.Encoding.UTF8.GetString(DirectoryEntryFile.Write(network.AddPeer().Entry));
        Assert.Contains(good, text, StringComparison.Ordinal);

        var read = DirectoryEntryFile.Read(
            System.Text.Encoding.UTF8.GetBytes(text.Replace(good, bad, StringComparison.Ordinal)));

        Assert.Equal(code, read.Refusal.Code);
    }

    [Fact]
    public void Sign_ThenSuspendAndReinstate_CountsVersionsUp()
    {
        using var network = new TestNetwork();
        var node = network.AddPeer();
        File.WriteAllBytes(_folder.File("a.json"), DirectoryEntryFile.Write(node.Entry));
        Assert.True(DirectoryRoot.Make(_folder.File("root")).IsOk);
        Assert.Equal(1UL, Sign().Value);
        Assert.Equal(2UL, Sign().Value);

        Assert.Equal(3UL, SetSuspended(node.Id, true).Value);
        Assert.True(Read().Nodes[0].IsSuspended);
        Assert.Equal(4UL, SetSuspended(node.Id, false).Value);
        Assert.False(Read().Nodes[0].IsSuspended);
        Assert.Equal(RefusalCode.NotFound, SetSuspended(Sealing.NodeId.NewRandom(), true).Refusal.Code);
    }

    [Fact]
    public void Sign_RootKeyThatOthersCanRead_IsRefused()
    {
        Assert.True(DirectoryRoot.Make(_folder.File("root")).IsOk);
        File.SetUnixFileMode(
            _folder.File("root/directory-root.key"), UnixFileMode.UserRead | UnixFileMode.GroupRead);

        var signed = DirectorySetup.Sign(_folder.File("root"), [], _folder.File("directory"), null, null, Now, 1);

        Assert.Equal(RefusalCode.PermissionsTooWide, signed.Refusal.Code);
    }

    private string SerialNumber()
    {
        using var certificate = CertificateFiles.Read(_folder.File("tls.crt.pem")).Value;
        return certificate.SerialNumber;
    }

    private Result<ulong> Sign() => DirectorySetup.Sign(
        _folder.File("root"), [_folder.File("a.json")], _folder.File("directory"), null, null, Now, 30);

    private Result<ulong> SetSuspended(Sealing.NodeId node, bool isSuspended) => DirectorySetup.SetSuspended(
        _folder.File("root"), _folder.File("directory"), node, isSuspended, Now, 30);

    private NodeDirectory Read() => NodeDirectory.Read(
        File.ReadAllBytes(_folder.File("directory")),
        DirectoryRoot.ReadPublic(_folder.File("root/directory-root.pub")).Value).Value;
}
