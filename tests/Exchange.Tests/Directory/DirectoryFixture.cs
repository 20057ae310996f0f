using CbssReturn.Contracts.Directory.V1;
using CbssReturn.Exchange.Directory;
using CbssReturn.Sealing;
using Google.Protobuf;
using NodeKind = CbssReturn.Casework.Common.NodeKind;
using WireDirectory = CbssReturn.Contracts.Directory.V1.Directory;

namespace CbssReturn.Exchange.Tests.Directory;

/// <summary>Makes directories, good ones and ones that only a faulty root would sign.</summary>
internal static class DirectoryFixture
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static DirectoryNode Node(string? endpoint = "node.example:7443") => new()
    {
        Id = NodeId.NewRandom(),
        Country = "SE",
        Kind = NodeKind.Provider,
        Keys = [new DirectoryKey(NewKey(), DirectoryKeyState.Active, null)],
        Pins = [NewPin()],
        Endpoint = endpoint is null ? null : PeerEndpoint.Parse(endpoint).Value,
    };

    public static VerifyingKey NewKey()
    {
        using var key = SigningKey.Generate();
        return key.Public;
    }

    public static Digest NewPin() =>
        Digest.FromBytes([.. NodeId.NewRandom().ToArray(), .. NodeId.NewRandom().ToArray()]);

    public static byte[] Sign(SigningKey root, ulong version = 1, params IEnumerable<DirectoryNode> nodes) =>
        DirectoryWriter.Sign(root, version, Now.AddSeconds(version), Now.AddDays(30), nodes).Value;

    /// <summary>Signs whatever it is told to, against every rule.</summary>
    public static byte[] SignBody(SigningKey root, WireDirectory body)
    {
        var bytes = body.ToByteString();
        var signature = SigningRule.Sign(root, Suite.One, "directory", bytes.Memory);
        return new SignedDirectory { Body = bytes, Signature = ByteString.CopyFrom(signature) }.ToByteArray();
    }

    /// <summary>The body of a good directory with two nodes, to be spoilt.</summary>
    public static WireDirectory Body(SigningKey root)
    {
        var signed = Sign(root, 1, Node(), Node("[::1]:7444"));
        return WireDirectory.Parser.ParseFrom(SignedDirectory.Parser.ParseFrom(signed).Body);
    }
}
