using System.Text;
using CbssReturn.Cli.Json;
using CbssReturn.Contracts.Desk.V1;
using CbssReturn.Contracts.Packet.V1;
using Google.Protobuf;
using RefusalCode = CbssReturn.Outcomes.RefusalCode;

namespace CbssReturn.Cli.Tests;

public sealed class CaseworkJsonTests
{
    // A value that must never come back in a refusal.
    private const string Secret = "qzvxsecretvalue";

    public static TheoryData<string, RefusalCode, string?> BadDrafts => new()
    {
        { "", RefusalCode.JsonMalformed, null },
        { "{", RefusalCode.JsonMalformed, null },
        { "{}{}", RefusalCode.JsonMalformed, null },
        { "{} x", RefusalCode.JsonMalformed, null },
        { "{/* */}", RefusalCode.JsonMalformed, null },
        { "{\"case_id\":\"a\",}", RefusalCode.JsonMalformed, null },
        { "\uFEFF{}", RefusalCode.JsonMalformed, null },
        { $"{{\"case_id\":{Secret}}}", RefusalCode.JsonMalformed, null },
        { "[]", RefusalCode.FieldMalformed, null },
        { "null", RefusalCode.FieldMalformed, null },
        { $"{{\"{Secret}\":1}}", RefusalCode.FieldUnknown, null },
        { "{\"caseId\":\"a\"}", RefusalCode.FieldUnknown, null },
        { $"{{\"enquiry\":{{\"{Secret}\":1}}}}", RefusalCode.FieldUnknown, "enquiry" },
        { "{\"case_id\":null}", RefusalCode.FieldMalformed, "case_id" },
        { "{\"case_id\":1}", RefusalCode.FieldMalformed, "case_id" },
        { "{\"case_id\":\"\\ud800\"}", RefusalCode.FieldMalformed, "case_id" },
        { $"{{\"enquiry\":\"{Secret}\"}}", RefusalCode.FieldMalformed, "enquiry" },
        { "{\"sections\":{}}", RefusalCode.FieldMalformed, "sections" },
        { "{\"choices\":[{},{\"category\":true}]}", RefusalCode.FieldMalformed, "choices[1].category" },
        { $"{{\"stage\":\"{Secret}\"}}", RefusalCode.CodeUnknown, "stage" },
        { "{\"stage\":\"DISCLOSURE_STAGE_ENQUIRY\"}", RefusalCode.CodeUnknown, "stage" },
        { "{\"stage\":\"enquiry\"}", RefusalCode.CodeUnknown, "stage" },
        { "{\"stage\":\"UNSPECIFIED\"}", RefusalCode.CodeUnknown, "stage" },
        { "{\"stage\":1}", RefusalCode.FieldMalformed, "stage" },
        { "{\"case_id\":\"a\",\"case_id\":\"a\"}", RefusalCode.ValueTwice, "case_id" },
        { "{\"sections\":[{\"risk\":{},\"identity\":{}}]}", RefusalCode.ValueTwice, "sections[0].identity" },
        { "{\"enquiry\":{\"children_travelling\":-1}}", RefusalCode.FieldMalformed, "enquiry.children_travelling" },
        { "{\"enquiry\":{\"children_travelling\":-0}}", RefusalCode.FieldMalformed, "enquiry.children_travelling" },
        { "{\"enquiry\":{\"children_travelling\":1.0}}", RefusalCode.FieldMalformed, "enquiry.children_travelling" },
        { "{\"enquiry\":{\"children_travelling\":1e1}}", RefusalCode.FieldMalformed, "enquiry.children_travelling" },
        { "{\"enquiry\":{\"children_travelling\":\"1\"}}", RefusalCode.FieldMalformed, "enquiry.children_travelling" },
        {
            "{\"enquiry\":{\"children_travelling\":4294967296}}",
            RefusalCode.FieldMalformed,
            "enquiry.children_travelling"
        },
    };

    [Theory]
    [MemberData(nameof(BadDrafts))]
    public void Read_BadDraft_IsRefusedWithPathAndWithoutValue(string json, RefusalCode code, string? path)
    {
        var result = CaseworkJson.Read<ReferralDraft>(Encoding.UTF8.GetBytes(json));

        Assert.False(result.IsOk);
        Assert.Equal((code, path), (result.Refusal.Code, result.Refusal.Field));
        Assert.DoesNotContain(Secret, result.Refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-01T10:00:00")]
    [InlineData("2026-03-01T10:00:00+00:00")]
    [InlineData("2026-03-01T10:00:00.0Z")]
    [InlineData("2026-03-01 10:00:00Z")]
    [InlineData("2026-03-01T10:00:00z")]
    [InlineData("2026-02-30T10:00:00Z")]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("")]
    public void Read_MomentInAnotherSpelling_IsRefused(string moment)
    {
        var result = CaseworkJson.Read<Decision>(Encoding.UTF8.GetBytes($"{{\"valid_until\":\"{moment}\"}}"));

        Assert.Equal((RefusalCode.FieldMalformed, "valid_until"), (result.Refusal.Code, result.Refusal.Field));
    }

    [Theory]
    [InlineData("{\"evidence_digest\":\"0A\"}")]
    [InlineData("{\"evidence_digest\":\"0\"}")]
    [InlineData("{\"evidence_digest\":\"zz\"}")]
    [InlineData("{\"evidence_digest\":\"0x0a\"}")]
    public void Read_BytesInAnotherSpelling_AreRefused(string json)
    {
        var result = CaseworkJson.Read<ConsentRecord>(Encoding.UTF8.GetBytes(json));

        Assert.Equal((RefusalCode.FieldMalformed, "evidence_digest"), (result.Refusal.Code, result.Refusal.Field));
    }

    [Fact]
    public void Read_InvalidUtf8_IsRefused()
    {
        byte[] json = [.. "{\"case_id\":\""u8, 0xC3, 0x28, .. "\"}"u8];

        Assert.Equal(RefusalCode.JsonMalformed, CaseworkJson.Read<ReferralDraft>(json).Refusal.Code);
    }

    [Fact]
    public void Read_DeepNesting_IsRefused()
    {
        var json = "{\"sections\":" + string.Concat(Enumerable.Repeat("[", 5000)) + "}";

        Assert.False(CaseworkJson.Read<ReferralDraft>(Encoding.UTF8.GetBytes(json)).IsOk);
    }

    [Fact]
    public void Read_MoreThanAMebibyte_IsRefused()
    {
        var json = new byte[CaseworkJson.FileSizeBytesMax + 1];

        Assert.Equal(RefusalCode.FileTooLarge, CaseworkJson.Read<ReferralDraft>(json).Refusal.Code);
    }

    [Fact]
    public void Read_LongList_IsRefused()
    {
        var json = "{\"sections\":[" + string.Join(',', Enumerable.Repeat("{}", 5000)) + "]}";

        var refusal = CaseworkJson.Read<ReferralDraft>(Encoding.UTF8.GetBytes(json)).Refusal;

        Assert.Equal((RefusalCode.TooMany, "sections[4096]"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void ReadFile_FileThatIsNotThere_IsRefused() =>
        Assert.Equal(
            RefusalCode.FileUnreadable,
            CaseworkJson.ReadFile<ReferralDraft>(Path.Combine(AppContext.BaseDirectory, "none.json")).Refusal.Code);

    [Fact]
    public void Read_Draft_GivesEveryValue()
    {
        const string Json = """
            {
              "case_id": "00112233445566778899aabbccddeeff", "stage": "ENQUIRY", "priority": "URGENT",
              "enquiry": { "age_band": "FROM_25_TO_34", "exploitation_forms": ["LABOUR", "BEGGING"],
                "languages": ["lv"], "children_travelling": 2 },
              "sections": [ { "services": {} } ]
            }
            """;

        var draft = CaseworkJson.Read<ReferralDraft>(Encoding.UTF8.GetBytes(Json)).Value;

        Assert.Equal(DisclosureStage.Enquiry, draft.Stage);
        Assert.Equal([ExploitationForm.Labour, ExploitationForm.Begging], draft.Enquiry.ExploitationForms);
        Assert.Equal(2u, draft.Enquiry.ChildrenTravelling);
        Assert.Equal(Section.ContentOneofCase.Services, draft.Sections[0].ContentCase);
    }

    [Fact]
    public void Write_WhatWasRead_IsReadAgain()
    {
        var consent = new ConsentRecord
        {
            SubjectAlias = "Kivi-07",
            GivenAt = 1_772_359_200,
            EvidenceDigest = ByteString.CopyFrom(1, 0xAB),
            Grants = { new Grant { Category = Category.Risk, Purpose = Purpose.Shelter, ExpiresAt = 253_402_300_799 } },
        };

        var json = CaseworkJson.Write(consent);

        Assert.Contains("\"given_at\":\"2026-03-01T10:00:00Z\"", json, StringComparison.Ordinal);
        Assert.Contains("\"evidence_digest\":\"01ab\"", json, StringComparison.Ordinal);
        Assert.Contains("\"category\":\"RISK\"", json, StringComparison.Ordinal);
        Assert.Equal(consent, CaseworkJson.Read<ConsentRecord>(Encoding.UTF8.GetBytes(json)).Value);
    }

    [Fact]
    public void Write_TextThatSteersATerminal_IsEscaped()
    {
        var json = CaseworkJson.Write(new ReferralDraft { CaseId = "\u001b[2J\u009b\u202eé" });

        Assert.Equal("{\"case_id\":\"\\u001B[2J\\u009B\\u202Eé\"}", json);
    }

    [Fact]
    public void Write_CodeOfANewerList_ShowsItsNumber() =>
        Assert.Equal("{\"stage\":\"77\"}", CaseworkJson.Write(new ReferralDraft { Stage = (DisclosureStage)77 }));
}
