using System.Security.Cryptography;

namespace CbssReturn.Sealing.Tests;

/// <summary>Holds the vector files to their list of hashes.</summary>
public sealed class VectorSumsTests
{
    private static readonly string Folder = Repository.Combine("tests", "Vectors", "crypto");

    [Fact]
    public void VectorFiles_OnDisk_AreThoseOfTheList()
    {
        var listed = Sums().Select(sum => sum.Path).Order();
        var onDisk = Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'))
            .Where(path => path != "SHA256SUMS")
            .Order();

        Assert.Equal(listed, onDisk);
    }

    [Fact]
    public void VectorFiles_Hashed_FitTheList() => Assert.All(Sums(), sum =>
    {
        var content = File.ReadAllBytes(Path.Combine(Folder, sum.Path));
        Assert.Equal(sum.Hash, Convert.ToHexStringLower(SHA256.HashData(content)));
    });

    private static IEnumerable<(string Hash, string Path)> Sums() =>
        File.ReadAllLines(Path.Combine(Folder, "SHA256SUMS")).Select(line => (line[..64], line[66..]));
}
