using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CbssReturn.Sealing;
using CbssReturn.Sealing.Tests;

namespace CbssReturn.AuditLog.Tests;

/// <summary>The vectors of tests/Vectors/audit/tlog-vectors.json.</summary>
internal static class TlogVectors
{
    /// <summary>Size of the largest tree of the vectors.</summary>
    public const int SizeMax = 70_000;

    private static readonly Lazy<JsonElement> File = new(() => VectorFile.Load("audit", "tlog-vectors.json"));
    private static readonly Lazy<MemoryTree> Largest = new(() => new MemoryTree(Entries(SizeMax)));

    public static MemoryTree Tree => Largest.Value;

    public static JsonElement[] Leaves { get; } = Array("leaves");

    public static JsonElement[] Cases { get; } = Array("cases");

    public static JsonElement[] Tiles { get; } = Array("tiles");

    public static JsonElement[] TilePaths { get; } = Array("tile_paths");

    public static IReadOnlyDictionary<long, Digest> Roots { get; } =
        Array("roots").ToDictionary(root => root.Long("n"), root => root.Hash("root"));

    /// <summary>The entries of the vectors' trees, made by their rule.</summary>
    public static IEnumerable<byte[]> Entries(int count) => Enumerable.Range(0, count).Select(Entry);

    public static long Long(this JsonElement element, string name) => element.GetProperty(name).GetInt64();

    public static Digest Hash(this JsonElement element, string name) =>
        Digest.FromBytes(element.GetProperty(name).GetBytesFromBase64());

    public static Digest[] Proof(this JsonElement test) =>
        [.. test.GetProperty("proof").EnumerateArray().Select(hash => Digest.FromBytes(hash.GetBytesFromBase64()))];

    private static JsonElement[] Array(string name) => [.. File.Value.GetProperty(name).EnumerateArray()];

    private static byte[] Entry(int index)
    {
        var bytes = new byte[4 * Digest.SizeBytes];
        for (var block = 0; block < 4; block++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"CbssReturn test leaf {index}/{block}");
            SHA256.HashData(Encoding.ASCII.GetBytes(text), bytes.AsSpan(block * Digest.SizeBytes));
        }

        return bytes[..(index % 97)];
    }
}
