using CbssReturn.Casework.Common;
using CbssReturn.Casework.Consent;
using CbssReturn.Casework.Referrals;
using CbssReturn.Casework.Risk;
using CbssReturn.Outcomes;
using CsCheck;

namespace CbssReturn.Casework.Tests.Common;

/// <summary>All ids have one form (docs/spec/casework.md, rule 1.1).</summary>
public sealed class IdTests
{
    private static readonly string[] TypeNames =
    [
        nameof(CaseId), nameof(ReferralId), nameof(ConversationId), nameof(MessageId), nameof(ConsentId),
        nameof(GrantId), nameof(AssessmentId), nameof(RecipientId),
    ];

    public static TheoryData<string> Types => [.. TypeNames];

    [Theory]
    [MemberData(nameof(Types))]
    public void Parse_CanonicalText_GivesItBack(string type) =>
        Gen.Byte.Array[16].Where(bytes => bytes.Any(b => b != 0)).Sample(bytes =>
        {
            var text = Convert.ToHexStringLower(bytes);
            return Parse(type, text).Value == text && FromBytes(type, bytes).Value == text;
        });

    [Theory]
    [MemberData(nameof(Types))]
    public void Parse_AnyOtherSpelling_Refused(string type)
    {
        string[] wrong =
        [
            "", "0", new string('0', 32), new string('A', 32), new string('a', 31), new string('a', 33),
            " " + new string('a', 31), new string('g', 32), "0x" + new string('a', 30), "-" + new string('a', 31),
        ];
        Assert.All(wrong, text => Expect.Refusal(RefusalCode.IdentifierMalformed, null, Parse(type, text)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    public void FromBytes_ZeroOrWrongSize_Refused(int size) => Assert.All(
        TypeNames,
        type => Expect.Refusal(RefusalCode.IdentifierMalformed, null, FromBytes(type, new byte[size])));

    [Fact]
    public void NewRandom_Twice_Differs()
    {
        Assert.NotEqual(ConsentId.NewRandom(), ConsentId.NewRandom());
        Assert.True(default(ConsentId).IsDefault);
        Assert.False(ConsentId.NewRandom().IsDefault);
    }

    private static Result<string> Parse(string type, string text) => type switch
    {
        nameof(CaseId) => CaseId.Parse(text).Then(Text),
        nameof(ReferralId) => ReferralId.Parse(text).Then(Text),
        nameof(ConversationId) => ConversationId.Parse(text).Then(Text),
        nameof(MessageId) => MessageId.Parse(text).Then(Text),
        nameof(ConsentId) => ConsentId.Parse(text).Then(Text),
        nameof(GrantId) => GrantId.Parse(text).Then(Text),
        nameof(AssessmentId) => AssessmentId.Parse(text).Then(Text),
        _ => RecipientId.Parse(text).Then(Text),
    };

    private static Result<string> FromBytes(string type, byte[] bytes) => type switch
    {
        nameof(CaseId) => CaseId.FromBytes(bytes).Then(id => Text(Convert.ToHexStringLower(id.ToArray()))),
        nameof(ReferralId) => ReferralId.FromBytes(bytes).Then(Text),
        nameof(ConversationId) => ConversationId.FromBytes(bytes).Then(Text),
        nameof(MessageId) => MessageId.FromBytes(bytes).Then(Text),
        nameof(ConsentId) => ConsentId.FromBytes(bytes).Then(Text),
        nameof(GrantId) => GrantId.FromBytes(bytes).Then(Text),
        nameof(AssessmentId) => AssessmentId.FromBytes(bytes).Then(Text),
        _ => RecipientId.FromBytes(bytes).Then(Text),
    };

    private static Result<string> Text<T>(T id)
        where T : notnull => id.ToString()!;
}
