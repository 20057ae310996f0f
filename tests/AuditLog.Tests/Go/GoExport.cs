using CbssReturn.Sealing;

namespace CbssReturn.AuditLog.Tests;

/// <summary>Writes trees as static exports, with a checkpoint that a log has signed and two witnesses have cosigned.
/// </summary>
internal sealed class GoExport : IDisposable
{
    public const string Origin = "log.example.org/xx/00112233445566778899aabbccddeeff/1";
    public const string FirstWitness = "witness.example.org/xx/0123456789abcdef0123456789abcdef";
    public const string SecondWitness = "witness.example.org/yy/fedcba9876543210fedcba9876543210";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cbss-export-");
    private readonly NoteKey _log = KeyOf(1);
    private readonly NoteKey _first = KeyOf(2);
    private readonly NoteKey _second = KeyOf(3);

    public GoExport()
    {
        Keys = Path.Combine(_folder.FullName, "export.vkeys");
        File.WriteAllLines(
            Keys,
            [
                VerifierKey.OfLog(Origin, _log.Public).ToString(),
                VerifierKey.OfWitness(FirstWitness, _first.Public).ToString(),
                VerifierKey.OfWitness(SecondWitness, _second.Public).ToString(),
            ]);
    }

    /// <summary>File of the verifier keys, one a line.</summary>
    public string Keys { get; }

    /// <summary>What a checker prints of a right tree.</summary>
    public static IEnumerable<string> LinesOf(long size) =>
    [
        $"cosigned {FirstWitness} at {1_800_000_000 + size}",
        $"cosigned {SecondWitness} at {1_800_000_001 + size}",
        $"ok size {size}",
    ];

    /// <summary>Writes a tree.</summary>
    /// <returns>Its folder.</returns>
    public string Write(MemoryTree tree, string name)
    {
        var folder = Path.Combine(_folder.FullName, name);
        foreach (var (path, bytes) in tree.Export())
        {
            WriteFile(folder, path, bytes);
        }

        var at = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000 + tree.Size);
        var checkpoint = new Checkpoint(Origin, tree.Size, tree.Root);
        var note = CheckpointSigning.Sign(checkpoint, _log).With(
        [
            Cosignature.Sign(checkpoint, FirstWitness, _first, at),
            Cosignature.Sign(checkpoint, SecondWitness, _second, at.AddSeconds(1)),
        ]);
        WriteFile(folder, TileLayout.CheckpointPath, note.Value.ToBytes());
        return folder;
    }

    public void Dispose()
    {
        _log.Dispose();
        _first.Dispose();
        _second.Dispose();
        _folder.Delete(recursive: true);
    }

    private static NoteKey KeyOf(byte number) => NoteKey.FromSeed(Enumerable.Repeat(number, 32).ToArray());

    private static void WriteFile(string folder, string path, byte[] bytes)
    {
        var file = Path.Combine([folder, .. path.Split('/')]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }
}
