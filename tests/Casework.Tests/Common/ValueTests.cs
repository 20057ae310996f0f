using System.Buffers;
using System.Text;
using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;
using CsCheck;

namespace CbssReturn.Casework.Tests.Common;

/// <summary>The small values (docs/spec/casework.md, section 1).</summary>
public sealed class ValueTests
{
    private const string Characters = "aÄ \n\t\u0085\u202D\u2067\uD83D\uDE00";

    private static readonly TextRule Rule = new(SensitivityClass.LifeSafety, 10);

    [Theory]
    [InlineData("ABCD")]
    [InlineData("Kivi-07")]
    [InlineData("abcdefgh-123")]
    public void CaseAlias_FourToTwelveOfTheAlphabet_Taken(string text) =>
        Assert.Equal(text, Expect.Value(CaseAlias.Parse(text)).ToString());

    [Theory]
    [InlineData("abc")]
    [InlineData("abcdefghijklm")]
    [InlineData("Kivi 07")]
    [InlineData("Kivī-07")]
    [InlineData("Kivi.07")]
    public void CaseAlias_AnythingElse_Refused(string text) =>
        Expect.Refusal(RefusalCode.FieldMalformed, null, CaseAlias.Parse(text));

    [Fact]
    public void CaseAlias_Random_IsAnAliasAndSpellsNothing()
    {
        for (var i = 0; i < 1000; i++)
        {
            var text = CaseAlias.NewRandom().ToString();
            Assert.Equal(text, CaseAlias.Parse(text).Value.ToString());
            Assert.Matches("^[B-DF-HJ-NP-TV-Z]{4}-[2-9]{3}$", text);
        }
    }

    [Theory]
    [InlineData("a", RefusalCode.Unspecified)]
    [InlineData("L.Ozols-2", RefusalCode.Unspecified)]
    [InlineData("", RefusalCode.FieldMissing)]
    [InlineData("two words", RefusalCode.FieldMalformed)]
    [InlineData("aaaaaaaaaabbbbbbbbbbccccccccccddd", RefusalCode.FieldMalformed)]
    public void StaffAlias_ByForm_TakenOrRefused(string text, RefusalCode code)
    {
        var result = StaffAlias.Parse(text);

        Assert.Equal(code, result.IsOk ? RefusalCode.Unspecified : result.Refusal.Code);
    }

    [Theory]
    [InlineData("LV", true, true)]
    [InlineData("NO", false, true)]
    [InlineData("UA", false, false)]
    [InlineData("CH", false, false)]
    public void CountryCode_Known_SaysWhatItBelongsTo(string text, bool isEu, bool isEea)
    {
        var country = Expect.Value(CountryCode.Parse(text));

        Assert.Equal((isEu, isEea), (country.IsEuMember, country.IsInEea));
    }

    [Theory]
    [InlineData("lv")]
    [InlineData("LVA")]
    [InlineData("XX")]
    [InlineData("UK")]
    [InlineData("")]
    public void CountryCode_NotAssigned_Refused(string text) =>
        Expect.Refusal(RefusalCode.FieldMalformed, null, CountryCode.Parse(text));

    [Fact]
    public void CountryCode_WholeAlphabet_HasAllAssignedCodes()
    {
        var letters = Enumerable.Range('A', 26).Select(letter => (char)letter).ToList();
        var known = letters.SelectMany(first => letters.Select(second => $"{first}{second}"))
            .Count(code => CountryCode.Parse(code).IsOk);

        Assert.Equal(249, known);
    }

    [Theory]
    [InlineData("lv", true)]
    [InlineData("sr-Latn", true)]
    [InlineData("pt-BR", true)]
    [InlineData("zh-Hant-TW", true)]
    [InlineData("es-419", true)]
    [InlineData("LV", false)]
    [InlineData("pt-br", false)]
    [InlineData("lv_LV", false)]
    [InlineData("lv\n", false)]
    [InlineData("", false)]
    public void LanguageTag_ByForm_TakenOrRefused(string text, bool isOk) =>
        Assert.Equal(isOk, LanguageTag.Parse(text).IsOk);

    [Theory]
    [InlineData("Ņina\nab", RefusalCode.Unspecified)]
    [InlineData("0123456789", RefusalCode.Unspecified)]
    [InlineData("01234567890", RefusalCode.FieldTooLong)]
    [InlineData("", RefusalCode.FieldMissing)]
    [InlineData(" \t ", RefusalCode.FieldMissing)]
    [InlineData("a\u0000b", RefusalCode.FieldMalformed)]
    [InlineData("a\u001b[2J", RefusalCode.FieldMalformed)]
    [InlineData("a\rb", RefusalCode.FieldMalformed)]
    [InlineData("a\u202Eb", RefusalCode.FieldMalformed)]
    [InlineData("a\u2067b", RefusalCode.FieldMalformed)]
    public void FreeText_ByContent_TakenOrRefused(string text, RefusalCode code)
    {
        var result = FreeText.Create(text, Rule);

        Assert.Equal(code, result.IsOk ? RefusalCode.Unspecified : result.Refusal.Code);
    }

    [Fact]
    public void FreeText_BrokenSurrogate_Refused() =>
        Expect.Refusal(RefusalCode.FieldMalformed, null, FreeText.Create("a" + (char)0xD800, Rule));

    // The rule as the specification says it, character by character.
    [Fact]
    public void FreeText_AnyText_IsTakenByTheRule() => Gen.Int[0, Characters.Length - 1]
        .Array[1, 8]
        .Select(picked => string.Concat(picked.Select(index => Characters[index])))
        .Sample(text => FreeText.Create("a" + text, Rule).IsOk == IsShownSafely("a" + text));

    [Fact]
    public void FreeText_Printed_ShowsNothing() => Gen.String.Where(text => FreeText.Create(text, Rule).IsOk)
        .Sample(text => !FreeText.Create("§" + text[1..], Rule).IsOk
            || !FreeText.Create("§" + text[1..], Rule).Value.ToString().Contains('§', StringComparison.Ordinal));

    [Fact]
    public void Told_ThreeWaysNotToKnow_AreThree()
    {
        Told<int> told = 7;
        Told<int> declined = Untold.Declined;
        Told<int> unknown = Untold.Unknown;

        Assert.Equal((true, 7), (told.IsTold, told.Value));
        Assert.True(default(Told<int>).IsNotAsked);
        Assert.False(declined.IsNotAsked);
        Assert.Equal(4, new HashSet<Told<int>> { told, declined, unknown, default }.Count);
        Assert.Throws<InvalidOperationException>(() => declined.Value);
        Assert.DoesNotContain("7", told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ValueList_SameItems_EqualAndSilent() => Gen.Int.List.Sample(items =>
    {
        var (left, right) = (items.ToValueList(), items.ToValueList());
        return left.Equals(right)
            && left.GetHashCode() == right.GetHashCode()
            && !left.Equals(items.Append(1).ToValueList())
            && left.ToString() == $"[{items.Count}]";
    });

    [Theory]
    [InlineData("2026-03-02T09:30:17.999+02:00", "2026-03-02T07:30:17Z", "2026-03-02T00:00:00Z")]
    [InlineData("2026-03-02T23:30:00-02:00", "2026-03-03T01:30:00Z", "2026-03-03T00:00:00Z")]
    public void Moments_AnyOffset_AreUtcToTheSecond(string at, string seconds, string day)
    {
        var moment = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(seconds, Iso(Moments.ToSeconds(moment)));
        Assert.Equal(day, Iso(Moments.StartOfDay(moment)));
    }

    [Fact]
    public void EvidenceDigest_WrongSizeOrZero_Refused()
    {
        Expect.Refusal(RefusalCode.FieldMalformed, null, EvidenceDigest.FromBytes(new byte[32]));
        Expect.Refusal(RefusalCode.FieldMalformed, null, EvidenceDigest.FromBytes([1]));
        Assert.Equal(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", EvidenceDigest.Of([]).ToString());
        Assert.Equal(EvidenceDigest.Of([]), EvidenceDigest.FromBytes(EvidenceDigest.Of([]).ToArray()).Value);
    }

    private static bool IsShownSafely(string text)
    {
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var used) != OperationStatus.Done
                || (Rune.IsControl(rune) && rune.Value != '\n')
                || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069))
            {
                return false;
            }

            rest = rest[used..];
        }

        return true;
    }

    private static string Iso(DateTimeOffset at) =>
        at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
