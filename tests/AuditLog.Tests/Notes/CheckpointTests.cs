using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog.Tests.Notes;

public sealed class CheckpointTests
{
    private const string Root = "iqOmfKyJ5GxAcHVeNNgL4fbM86nSND7rm/9C3WQ85Ak=";

    [Theory]
    [InlineData("0", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("1", Root)]
    [InlineData("9223372036854775807", Root)]
    public void Parse_OneSpelling_ComesBack(string size, string root)
    {
        var text = $"log.example/a\n{size}\n{root}\n";

        Assert.Equal(text, Checkpoint.Parse(text).Value.ToText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("log.example/a\n1\n" + Root)]
    [InlineData("log.example/a\n1\n" + Root + "\nextension\n")]
    [InlineData("log.example/a\n1\n" + Root + "\n\n")]
    [InlineData("\n1\n" + Root + "\n")]
    [InlineData("log example/a\n1\n" + Root + "\n")]
    [InlineData("log.example/a\n\n" + Root + "\n")]
    [InlineData("log.example/a\n 1\n" + Root + "\n")]
    [InlineData("log.example/a\n1 \n" + Root + "\n")]
    [InlineData("log.example/a\n00\n" + Root + "\n")]
    [InlineData("log.example/a\n01\n" + Root + "\n")]
    [InlineData("log.example/a\n1e3\n" + Root + "\n")]
    [InlineData("log.example/a\n0x1\n" + Root + "\n")]
    [InlineData("log.example/a\n\u0661\n" + Root + "\n")] // a digit, but not ASCII
    [InlineData("log.example/a\n9223372036854775808\n" + Root + "\n")]
    [InlineData("log.example/a\n18446744073709551617\n" + Root + "\n")]
    [InlineData("log.example/a\n0\n" + Root + "\n")] // an empty tree has another root
    [InlineData("log.example/a\n1\niqOmfKyJ5GxAcHVeNNgL4fbM86nSND7rm/9C3WQ85Al=\n")] // stray bits
    [InlineData("log.example/a\n1\niqOmfKyJ5GxAcHVeNNgL4fbM86nSND7rm/9C3WQ85Ak\n")]
    public void Parse_AnotherSpelling_IsRefused(string text) =>
        Assert.Equal(RefusalCode.CheckpointMalformed, Checkpoint.Parse(text).Refusal.Code);

    [Fact]
    public void New_PartsThatDoNotFit_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Checkpoint("a", -1, default));
        Assert.Throws<ArgumentException>(() => new Checkpoint("a b", 1, default));
        Assert.Throws<ArgumentException>(() => new Checkpoint("a", 0, default));
        Assert.Equal(0, new Checkpoint("a", 0, Digest.Of([])).Size);
    }

    [Fact]
    public void Equals_OfEqualContent_IsTrue() => Assert.Equal(
        new Checkpoint("a", 1, Digest.Of([1])), new Checkpoint("a", 1, Digest.Of([1])));
}
