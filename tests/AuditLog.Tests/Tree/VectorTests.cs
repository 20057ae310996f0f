using System.Security.Cryptography;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Sealing.Tests;

namespace CbssReturn.AuditLog.Tests;

/// <summary>Vectors of another implementation, read and written.</summary>
public sealed class VectorTests
{
    [Fact]
    public void LeafHashes_OfTheVectors_AreTheirs()
    {
        var entries = TlogVectors.Entries(300).ToArray();

        Assert.Equal(300, TlogVectors.Leaves.Length);
        Assert.All(TlogVectors.Leaves, leaf =>
        {
            var entry = leaf.GetProperty("b64").GetBytesFromBase64();
            Assert.Equal(entries[leaf.Number("i")], entry);
            Assert.Equal(leaf.Hash("hash"), LogHash.Leaf(entry));
        });
    }

    [Fact]
    public void Roots_OfEverySize_AreTheirs()
    {
        var edge = RightEdge.Empty();
        var compared = 0;
        foreach (var entry in TlogVectors.Entries(TlogVectors.SizeMax).Append([]))
        {
            if (TlogVectors.Roots.TryGetValue(edge.Size, out var root))
            {
                Assert.Equal(root, edge.Root());
                compared++;
            }

            edge.Append(LogHash.Leaf(entry));
        }

        Assert.Equal(TlogVectors.Roots.Count, compared);
        Assert.Equal(330, compared);
    }

    [Fact]
    public async Task Tiles_OfTheVectors_AreTheirs()
    {
        Assert.Equal(38, TlogVectors.Tiles.Length);
        foreach (var test in TlogVectors.Tiles)
        {
            var id = TileLayout.TileAt(test.Long("tree_size"), test.Number("level"), test.Long("n"));
            var tile = (await TlogVectors.Tree.ReadTileAsync(id, default))!.Value;

            Assert.Equal(test.Number("width"), id.Width);
            Assert.Equal(test.Text("path"), id.Path);
            Assert.Equal(test.Number("bytes"), tile.Length);
            Assert.Equal(test.Text("sha256_hex"), HashOf(tile));
            if (test.TryGetProperty("entries_path", out var path))
            {
                var bundleId = TileLayout.BundleAt(test.Long("tree_size"), test.Long("n"));
                var bundle = (await TlogVectors.Tree.ReadBundleAsync(bundleId, default))!.Value;

                Assert.Equal(path.GetString(), bundleId.Path);
                Assert.Equal(test.Number("entries_bytes"), bundle.Length);
                Assert.Equal(test.Text("entries_sha256_hex"), HashOf(bundle));
            }
        }
    }

    [Fact]
    public void Paths_OfTheVectors_AreWrittenAndReadAlike() => Assert.All(TlogVectors.TilePaths, test =>
    {
        var (path, level, index) = (test.Text("path"), test.Text("level"), test.Long("n"));
        if (level == "entries")
        {
            var id = new BundleId(index, test.Number("width"));
            Assert.Equal(path, id.Path);
            Assert.Equal(id, BundleId.ParsePath(path).Value);
        }
        else
        {
            var id = new TileId(int.Parse(level, null), index, test.Number("width"));
            Assert.Equal(path, id.Path);
            Assert.Equal(id, TileId.ParsePath(path).Value);
        }
    });

    [Fact]
    public void Cases_OfTheVectors_AreAnsweredAsTheySay()
    {
        var answered = 0;
        Assert.All(TlogVectors.Cases, test =>
        {
            var answer = test.Text("op") == "inclusion"
                ? InclusionProof.Verify(
                    test.Long("leaf_index"), test.Long("tree_size"), test.Hash("leaf_hash"), test.Proof(),
                    test.Hash("root"))
                : ConsistencyProof.Verify(
                    test.Long("old_size"), test.Long("new_size"), test.Hash("old_root"), test.Hash("new_root"),
                    test.Proof());

            Assert.True(answer.IsOk == (test.Text("expect") == "ok"), test.Text("id"));
            Assert.True(
                answer.IsOk || answer.Refusal.Code is RefusalCode.InclusionWrong or RefusalCode.ConsistencyWrong);
            answered++;
        });
        Assert.Equal(3480, answered);
    }

    [Fact]
    public async Task Proofs_BuiltFromTiles_AreThoseOfTheVectors()
    {
        var built = 0;
        foreach (var test in TlogVectors.Cases.Where(test => test.Text("expect") == "ok"))
        {
            var proof = test.Text("op") == "inclusion"
                ? await InclusionProof.BuildAsync(
                    TlogVectors.Tree, test.Long("leaf_index"), test.Long("tree_size"), default)
                : await ConsistencyProof.BuildAsync(
                    TlogVectors.Tree, test.Long("old_size"), test.Long("new_size"), default);

            Assert.Equal(test.Proof(), proof.Value);
            built++;
        }

        Assert.Equal(1314 + 1843, built);
    }

    private static string HashOf(ReadOnlyMemory<byte> bytes) => StrictHex.Encode(SHA256.HashData(bytes.Span));
}
