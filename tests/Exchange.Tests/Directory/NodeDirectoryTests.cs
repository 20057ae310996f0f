using CbssReturn.Contracts.Directory.V1;
using CbssReturn.Exchange.Directory;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using Google.Protobuf;
using WireDirectory = CbssReturn.Contracts.Directory.V1.Directory;

namespace CbssReturn.Exchange.Tests.Directory;

public sealed class NodeDirectoryTests : IDisposable
{
    private readonly SigningKey _root = SigningKey.Generate();

    public static TheoryData<string, Action<WireDirectory>> Breaches => new()
    {
        { "version", body => body.Version = 0 },
        { "expires_at", body => body.ExpiresAt = body.IssuedAt },
        { "expires_at", body => body.ExpiresAt = body.IssuedAt + (185 * 86_400) },
        { "expires_at", body => body.ExpiresAt = ulong.MaxValue },
        { "entries[1].node_id", body => SwapEntries(body) },
        { "entries[1].node_id", body => body.Entries[1].NodeId = body.Entries[0].NodeId },
        { "entries[0].node_id", body => body.Entries[0].NodeId = ByteString.CopyFrom(new byte[16]) },
        { "entries[0].node_id", body => body.Entries[0].NodeId = ByteString.CopyFrom(new byte[15]) },
        { "entries[0].country", body => body.Entries[0].Country = "se" },
        { "entries[0].country", body => body.Entries[0].Country = "SWE" },
        { "entries[0].kind", body => body.Entries[0].Kind = NodeKind.Unspecified },
        { "entries[0].kind", body => body.Entries[0].Kind = (NodeKind)8 },
        { "entries[0].suite_min", body => body.Entries[0].SuiteMin = 0 },
        { "entries[0].suite_min", body => body.Entries[0].SuiteMin = 65_536 },
        { "entries[0].manifest_format_max", body => body.Entries[0].ManifestFormatMax = 0 },
        { "entries[0].tls_pins", body => body.Entries[0].TlsPins.Clear() },
        { "entries[0].tls_pins", body => body.Entries[0].TlsPins.Add([Pin(2), Pin(3)]) },
        { "entries[0].tls_pins", body => body.Entries[0].TlsPins[0] = ByteString.CopyFrom(new byte[31]) },
        { "entries[1].tls_pins", body => body.Entries[1].TlsPins[0] = body.Entries[0].TlsPins[0] },
        { "entries[0].endpoint", body => body.Entries[0].Endpoint = "node.example" },
        { "entries[0].endpoint", body => body.Entries[0].Endpoint = "node.example:0" },
        { "entries[0].endpoint", body => body.Entries[0].Endpoint = "node.example:07443" },
        { "entries[0].endpoint", body => body.Entries[0].Endpoint = "Node.example:7443" },
        { "entries[0].endpoint", body => body.Entries[0].Endpoint = "user@node.example:7443" },
        { "entries[0].endpoint", body => body.Entries[0].Endpoint = "127.1:7443" },
        { "entries[0].identity_keys", body => body.Entries[0].IdentityKeys.Clear() },
        { "entries[0].identity_keys", body => body.Entries[0].IdentityKeys.Add([Key(), Key()]) },
        { "entries[0].identity_keys", body => body.Entries[0].IdentityKeys.Add(RetiredKeys(16)) },
        {
            "entries[1].identity_keys",
            body => body.Entries[1].IdentityKeys[0] = body.Entries[0].IdentityKeys[0]
        },
        {
            "entries[0].identity_keys[0].public_key",
            body => body.Entries[0].IdentityKeys[0].PublicKey = ByteString.CopyFrom(new byte[32])
        },
        {
            "entries[0].identity_keys[0].state",
            body => body.Entries[0].IdentityKeys[0].State = IdentityKeyState.Unspecified
        },
        { "entries[0].identity_keys[0].since", body => body.Entries[0].IdentityKeys[0].Since = 1 },
        {
            "entries[0].identity_keys[1].since",
            body => body.Entries[0].IdentityKeys.Add(Key(IdentityKeyState.Revoked))
        },
    };

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Read_SignedDirectory_FindsNodesByIdPinAndKid()
    {
        var node = DirectoryFixture.Node() with
        {
            Keys =
            [
                new DirectoryKey(DirectoryFixture.NewKey(), DirectoryKeyState.Active, null),
                new DirectoryKey(DirectoryFixture.NewKey(), DirectoryKeyState.Revoked, DirectoryFixture.Now),
            ],
            Pins = [DirectoryFixture.NewPin(), DirectoryFixture.NewPin()],
            IsSuspended = true,
        };

        var file = DirectoryFixture.Sign(_root, 7, DirectoryFixture.Node(null), node, DirectoryFixture.Node());
        var directory = NodeDirectory.Read(file, _root.Public).Value;

        Assert.Equal(7UL, directory.Version);
        Assert.Equal(3, directory.Nodes.Count);
        Assert.True(directory.TryFind(node.Id, out var byId));
        Assert.True(directory.TryFindByPin(node.Pins[1], out var byPin));
        Assert.True(directory.TryFindByKid(node.Keys[1].Kid, out var byKid, out var key));
        Assert.Same(byId, byPin);
        Assert.Same(byId, byKid);
        Assert.Equal(DirectoryKeyState.Revoked, key.State);
        Assert.Equal(DirectoryFixture.Now, key.Since);
        Assert.Equal(node.Keys[0].Kid, Assert.Single(byId.ActiveKeys).Kid);
        Assert.True(byId.IsSuspended);
        Assert.Equal(node.Endpoint, byId.Endpoint);
    }

    [Theory]
    [MemberData(nameof(Breaches), DisableDiscoveryEnumeration = true)]
    public void Read_BodyAgainstARule_IsRefusedAndNamesTheField(string field, Action<WireDirectory> spoil)
    {
        ArgumentNullException.ThrowIfNull(spoil);
        var body = DirectoryFixture.Body(_root);
        spoil(body);

        var read = NodeDirectory.Read(DirectoryFixture.SignBody(_root, body), _root.Public);

        Assert.Equal(RefusalCode.DirectoryMalformed, read.Refusal.Code);
        Assert.Equal(field, read.Refusal.Field);
    }

    [Fact]
    public void Read_MoreNodesThanAllowed_IsRefused()
    {
        var body = new WireDirectory { Version = 1, IssuedAt = 1, ExpiresAt = 2 };
        body.Entries.AddRange(Enumerable.Repeat(new DirectoryEntry(), NodeDirectory.NodesMax + 1));

        var read = NodeDirectory.Read(DirectoryFixture.SignBody(_root, body), _root.Public);

        Assert.Equal("entries", read.Refusal.Field);
    }

    [Fact]
    public void Read_OtherRoot_IsRefused()
    {
        using var other = SigningKey.Generate();

        var read = NodeDirectory.Read(DirectoryFixture.Sign(other, 1, DirectoryFixture.Node()), _root.Public);

        Assert.Equal(RefusalCode.DirectorySignatureWrong, read.Refusal.Code);
    }

    [Fact]
    public void Read_AnyBitFlipped_IsRefused()
    {
        var file = DirectoryFixture.Sign(_root, 1, DirectoryFixture.Node());

        for (var bit = 0; bit < file.Length * 8; bit++)
        {
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(NodeDirectory.Read(file, _root.Public).IsOk, $"bit {bit}");
            file[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Read_TooLarge_IsRefusedUnread()
    {
        var read = NodeDirectory.Read(new byte[NodeDirectory.SizeBytesMax + 1], _root.Public);

        Assert.Equal(RefusalCode.DirectoryMalformed, read.Refusal.Code);
    }

    [Fact]
    public void Sign_NodeAgainstARule_IsRefusedByItsOwnReader()
    {
        var node = DirectoryFixture.Node() with { Country = "??" };
        var written = DirectoryWriter.Sign(_root, 1, DirectoryFixture.Now, DirectoryFixture.Now.AddDays(1), [node]);

        Assert.Equal(RefusalCode.DirectoryMalformed, written.Refusal.Code);
    }

    private static ByteString Pin(byte value) => ByteString.CopyFrom([.. Enumerable.Repeat(value, 32)]);

    private static void SwapEntries(WireDirectory body)
    {
        var first = body.Entries[0];
        body.Entries.RemoveAt(0);
        body.Entries.Add(first);
    }

    private static IEnumerable<IdentityKey> RetiredKeys(int count) =>
        Enumerable.Range(0, count).Select(_ => Key(IdentityKeyState.Retired, 1));

    private static IdentityKey Key(IdentityKeyState state = IdentityKeyState.Active, ulong since = 0) => new()
    {
        PublicKey = ByteString.CopyFrom(DirectoryFixture.NewKey().Bytes.Span),
        State = state,
        Since = since,
    };
}
