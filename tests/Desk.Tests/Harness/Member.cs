using System.Security.Cryptography;
using System.Text;
using CbssReturn.Sealing;

namespace CbssReturn.Desk.Tests.Harness;

/// <summary>Who a test node is: id and keystore. There are three in the whole run, because each new keystore, and each
/// new day in one, costs a pass of Argon2id.</summary>
internal sealed class Member
{
    private static readonly byte[] Passphrase = Encoding.UTF8.GetBytes("of the tests of the desk");
    private static readonly DirectoryInfo Folder = Directory.CreateTempSubdirectory("cbss-desk-keys-");

    private readonly Lazy<KeyRing> _keys;

    static Member() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Folder.Delete(recursive: true);

    private readonly string _path;

    private Member(string name)
    {
        _path = Path.Combine(Folder.FullName, name);
        _keys = new Lazy<KeyRing>(() => Keystore.Create(_path, Passphrase, PassphraseKind.Drawn).Value);
    }

    public static Member Origin { get; } = new("origin");

    public static Member Receiver { get; } = new("receiver");

    public static Member Third { get; } = new("third");

    /// <summary>The key that signs the directories of all networks.</summary>
    public static SigningKey Root { get; } = SigningKey.Generate();

    public NodeId Id { get; } = NodeId.NewRandom();

    public Digest Pin { get; } = Digest.FromBytes(RandomNumberGenerator.GetBytes(Digest.SizeBytes));

    public KeyRing Keys => _keys.Value;

    /// <summary>Name of its audit log.</summary>
    public string LogOrigin => $"log.example.org/lv/{Id}/1";

    /// <summary>Name under which it cosigns.</summary>
    public string WitnessName => $"witness.example.org/lv/{Id}";

    /// <summary>Opens a keystore of this or another member, which belongs to one test.</summary>
    public static KeyRing Open(string path) => Keystore.Open(path, Passphrase).Value;

    /// <summary>Copies the keystore, for a test that destroys keys which others need.</summary>
    public void CopyKeystore(string path) => File.Copy(_path, path);
}
