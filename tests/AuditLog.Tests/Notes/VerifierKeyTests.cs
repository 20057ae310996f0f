using CbssReturn.Outcomes;

namespace CbssReturn.AuditLog.Tests.Notes;

public sealed class VerifierKeyTests
{
    private static readonly string Good = NoteVectors.Log.ToString();

    [Fact]
    public void Parse_KeyOfALog_HasItsParts()
    {
        var key = VerifierKey.Parse(Good).Value;

        Assert.Equal("log.ee-shelter-1.cbssreturn.example", key.Name);
        Assert.Equal(NoteKeyType.Ed25519, key.Type);
        Assert.Equal(0xb2d8fed3, key.Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("++")]
    [InlineData("name")]
    [InlineData("name+b2d8fed3")]
    [InlineData("name+b2d8fed3+")]
    [InlineData("+b2d8fed3+AeL/inM/O66DM1K0PUHrvIClshXzqftzV48fXdN9R748")]
    public void Parse_PartsMissing_IsRefused(string text) => AssertRefused(text);

    [Theory]
    [InlineData("b2d8fed3", "b2d8fed4")] // the id of another key
    [InlineData("b2d8fed3", "B2D8FED3")] // another spelling
    [InlineData("b2d8fed3", "b2d8fed")]
    [InlineData("log.", "log ")]
    [InlineData("log.", "log\u00a0")]
    [InlineData("log.", "log\n")]
    [InlineData("+AeL/", "+AuL/")] // ECDSA, which is not ours
    [InlineData("+AeL/", "+BeL/")]
    [InlineData("R748", "R74")]
    [InlineData("R748", "R748AA==")] // a byte too many
    [InlineData("R748", "R748\n")]
    public void Parse_Changed_IsRefused(string old, string changed) =>
        AssertRefused(Good.Replace(old, changed, StringComparison.Ordinal));

    [Fact]
    public void Parse_NonCanonicalBase64_IsRefused()
    {
        // A key of another type and length, whose last digit carries two bits that belong to no byte.
        const string Name = "a+00000000+";

        AssertRefused(Name + "AR==");
        AssertRefused(Name + "AQ==");
    }

    [Fact]
    public void Parse_KeyOfSmallOrder_IsRefusedAsWeak()
    {
        byte[] key = [1, 1, .. new byte[31]];

        var result = VerifierKey.Parse($"a+00000000+{Convert.ToBase64String(key)}");

        Assert.Equal(RefusalCode.KeyWeak, result.Refusal.Code);
    }

    [Fact]
    public void Id_OfOnePublicKeyInTwoTypes_Differs() => Assert.NotEqual(
        VerifierKey.OfLog("a", NoteVectors.Log.Key).Id, VerifierKey.OfWitness("a", NoteVectors.Log.Key).Id);

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a+b")]
    [InlineData("a\u2003b")]
    [InlineData("a\u0001")]
    public void IsName_NotAllowed_IsFalse(string name)
    {
        Assert.False(VerifierKey.IsName(name));
        Assert.Throws<ArgumentException>(() => VerifierKey.OfLog(name, NoteVectors.Log.Key));
    }

    [Fact]
    public void IsName_HalfACharacter_IsFalse() => Assert.False(VerifierKey.IsName("a\ud800"));

    [Fact]
    public void IsName_At255Bytes_IsTheLongest()
    {
        Assert.True(VerifierKey.IsName(new string('a', 255)));
        Assert.False(VerifierKey.IsName(new string('a', 256)));
        Assert.False(VerifierKey.IsName(new string('ä', 128)));
    }

    private static void AssertRefused(string text)
    {
        Assert.NotEqual(Good, text);
        Assert.Equal(RefusalCode.KeyMalformed, VerifierKey.Parse(text).Refusal.Code);
    }
}
