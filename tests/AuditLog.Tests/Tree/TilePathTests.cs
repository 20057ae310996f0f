using System.Globalization;
using CbssReturn.Outcomes;
using CsCheck;

namespace CbssReturn.AuditLog.Tests;

public sealed class TilePathTests
{
    private static readonly Gen<int> AnyWidth = Gen.Int[1, TileId.HashesMax];

    [Fact]
    public void TileId_WrittenAndRead_IsTheSame() =>
        Gen.Select(Gen.Int[0, TileId.LevelMax], Gen.Long[0, long.MaxValue], AnyWidth).Sample((level, place, width) =>
        {
            // The topmost level has less than half a tile.
            var widest = level == TileId.LevelMax ? 127 : TileId.HashesMax;
            var id = new TileId(
                level, (place >> (8 * level)) / (2 * TileId.HashesMax), Math.Min(width, widest));

            Assert.Equal(id, TileId.ParsePath(id.Path).Value);
        });

    [Fact]
    public void BundleId_WrittenAndRead_IsTheSame() =>
        Gen.Select(Gen.Long[0, (long.MaxValue / TileId.HashesMax) - 1], AnyWidth).Sample((index, width) =>
        {
            var id = new BundleId(index, width);

            Assert.Equal(id, BundleId.ParsePath(id.Path).Value);
        });

    [Fact]
    public void ParsePath_AnyText_IsRefusedOrWrittenAgainAlike() =>
        Gen.String[Gen.Char["tilenrs/x.p0123456789"], 0, 24].Select(text => "tile/" + text).Sample(text =>
        {
            if (TileId.ParsePath(text).TryGet(out var tile, out _))
            {
                Assert.Equal(text, tile.Path);
            }

            if (BundleId.ParsePath(text).TryGet(out var bundle, out _))
            {
                Assert.Equal(text, bundle.Path);
            }
        });

    [Theory]
    [InlineData("")]
    [InlineData("tile")]
    [InlineData("tile/")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("/tile/0/000")]
    [InlineData("Tile/0/000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/8/000")]
    [InlineData("tile/63/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/x/000")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/00")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/1000")]
    [InlineData("tile/0/x000/000")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/001/000")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/x001/")]
    [InlineData("tile/0/x001/x000")]
    [InlineData("tile/0/x001x000")]
    [InlineData("tile/0/X001/000")]
    [InlineData("tile/0/x01/000")]
    [InlineData("tile/0/000/")]
    [InlineData("tile/0/ 00")]
    [InlineData("tile/0/+00")]
    [InlineData("tile/0/000\n")]
    [InlineData("tile/0/٠٠٠")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/00")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/257")]
    [InlineData("tile/0/000.p/-1")]
    [InlineData("tile/0/000.p/1/")]
    [InlineData("tile/0/000.p/1.p/1")]
    [InlineData("tile/0/.p/1")]
    [InlineData("tile/0/x009/x223/x372/x036/x854/x775/x807/000")]
    [InlineData("tile/0/x036/x028/x797/x018/x963/967")]
    [InlineData("tile/7/001")]
    [InlineData("tile/7/000.p/128")]
    public void ParsePath_NotTheOnePath_IsRefused(string path)
    {
        Assert.Equal(RefusalCode.TileMalformed, TileId.ParsePath(path).Refusal.Code);

        var bundle = path.Replace("tile/0/", "tile/entries/", StringComparison.Ordinal);
        Assert.Equal(RefusalCode.TileMalformed, BundleId.ParsePath(bundle).Refusal.Code);
    }

    [Theory]
    [InlineData("tile/0/000", 0, 0, 256)]
    [InlineData("tile/7/000.p/127", 7, 0, 127)]
    [InlineData("tile/0/x036/x028/x797/x018/x963/966", 0, 36_028_797_018_963_966, 256)]
    [InlineData("tile/0/x036/x028/x797/x018/x963/967.p/255", 0, 36_028_797_018_963_967, 255)]
    public void ParsePath_AtTheEdge_IsRead(string path, int level, long index, int width) =>
        Assert.Equal(new TileId(level, index, width), TileId.ParsePath(path).Value);

    [Theory]
    [InlineData(8, 0, 1)]
    [InlineData(-1, 0, 1)]
    [InlineData(0, -1, 1)]
    [InlineData(0, 0, 0)]
    [InlineData(0, 0, 257)]
    [InlineData(7, 0, 128)]
    [InlineData(0, long.MaxValue, 1)]
    public void Path_OfATileThatNoTreeHas_Throws(int level, long index, int width) =>
        Assert.Throws<InvalidOperationException>(() => new TileId(level, index, width).Path);

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    [InlineData(0, 257)]
    [InlineData(36_028_797_018_963_967, 256)]
    public void Path_OfABundleThatNoTreeHas_Throws(long index, int width) =>
        Assert.Throws<InvalidOperationException>(() => new BundleId(index, width).Path);

    [Fact]
    public void FirstEntry_OfATile_CountsEntriesBelow()
    {
        Assert.Equal(512, new TileId(0, 2, 7).FirstEntry);
        Assert.Equal(65_536, new TileId(1, 1, 17).FirstEntry);
        Assert.Equal(512, new BundleId(2, 7).FirstEntry);
        Assert.Equal(new TileId(0, 2, 7), new BundleId(2, 7).Tile);
    }

    [Fact]
    public void TileLayout_OfTheExampleTree_IsTheSpecifications()
    {
        var tiles = TileLayout.Tiles(70_000).ToArray();

        Assert.Equal(274 + 2 + 1, tiles.Length);
        Assert.Equal(["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"],
            TileLayout.PartialTiles(70_000).Select(id => id.Path));
        Assert.Equal(["tile/0/000", "tile/1/000.p/1"], TileLayout.Tiles(256).Select(id => id.Path));
        Assert.Equal(274, TileLayout.Bundles(70_000).Count());
        Assert.Equal("tile/entries/273.p/112", TileLayout.Bundles(70_000).Last().Path);
        Assert.Empty(TileLayout.Tiles(0));
        Assert.Empty(TileLayout.Bundles(0));
    }

    [Fact]
    public void TileLayout_OfTheLargestTree_HasEightLevels()
    {
        Assert.Equal(8, TileLayout.PartialTiles(long.MaxValue).Count());
        Assert.Equal("tile/7/000.p/127", TileLayout.PartialTiles(long.MaxValue).Last().Path);
    }

    [Theory]
    [InlineData(300, 0, 2)]
    [InlineData(300, 1, 1)]
    [InlineData(300, 2, 0)]
    [InlineData(0, 0, 0)]
    [InlineData(300, 8, 0)]
    [InlineData(300, 0, -1)]
    public void TileAt_OutsideTheTree_Throws(long size, int level, long index) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TileLayout.TileAt(size, level, index));

    [Fact]
    public void ParsePath_InAnotherCulture_IsTheSame()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("ar-SA");

        Assert.Equal("tile/0/x001/234.p/17", new TileId(0, 1234, 17).Path);

        CultureInfo.CurrentCulture = before;
    }
}
