using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using CbssReturn.Cli.Demo.Scenarios;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Tests;

public sealed class ScenarioTests
{
    private const string Step = "\"step\":\"s\",\"on\":\"sender\",\"do\":\"referral.list\"";

    private static readonly DateTimeOffset Now = new(2026, 3, 28, 22, 15, 42, TimeSpan.Zero);

    public static TheoryData<string, RefusalCode, string?> BadScenarios => new()
    {
        { "", RefusalCode.JsonMalformed, null },
        { "[]", RefusalCode.FieldMalformed, null },
        { "{}", RefusalCode.FieldMalformed, "format" },
        { File("2", $"{{{Step}}}"), RefusalCode.FieldMalformed, "format" },
        { File("1", ""), RefusalCode.FieldMalformed, "steps" },
        { "{\"format\":1,\"about\":\"a\",\"steps\":[{" + Step + "}]}", RefusalCode.FieldMissing, "title" },
        { "{\"format\":1,\"title\":\"t\",\"about\":\"a\",\"more\":1,\"steps\":[]}", RefusalCode.FieldUnknown, null },
        { File("1", "{\"on\":\"sender\",\"do\":\"referral.list\"}"), RefusalCode.FieldMissing, "steps[0].step" },
        { File("1", $"{{{Step},\"more\":1}}"), RefusalCode.FieldUnknown, "steps[0]" },
        { File("1", $"{{{Step},\"on\":\"sender\"}}"), RefusalCode.ValueTwice, "steps[0].on" },
        { File("1", "{\"step\":\"s\",\"on\":\"x\",\"do\":\"referral.list\"}"), RefusalCode.CodeUnknown, "steps[0].on" },
        { File("1", "{\"step\":\"s\",\"on\":\"sender\",\"do\":\"x\"}"), RefusalCode.CodeUnknown, "steps[0].do" },
        { File("1", $"{{{Step},\"as\":\"x\"}}"), RefusalCode.CodeUnknown, "steps[0].as" },
        { File("1", $"{{{Step},\"with\":{{\"x\":1}}}}"), RefusalCode.FieldUnknown, "steps[0].with" },
        {
            File("1", $"{{{Step},\"with\":{{\"case_id\":\"${{unset}}\"}}}}"),
            RefusalCode.FieldMalformed,
            "steps[0].with"
        },
        {
            File("1", $"{{{Step},\"with\":{{\"case_id\":\"${{local Mars/Base}}\"}}}}"),
            RefusalCode.FieldMalformed,
            "steps[0].with"
        },
        { File("1", $"{{{Step},\"save\":{{\"X\":\"referrals\"}}}}"), RefusalCode.FieldMalformed, "steps[0].save" },
        { File("1", $"{{{Step},\"save\":{{\"x\":\"a b\"}}}}"), RefusalCode.FieldMalformed, "steps[0].save.x" },
        { File("1", $"{{{Step},\"expect\":{{\"ok\":false}}}}"), RefusalCode.FieldMalformed, "steps[0].expect.ok" },
        {
            File("1", $"{{{Step},\"expect\":{{\"code\":\"CB-9999\"}}}}"),
            RefusalCode.CodeUnknown,
            "steps[0].expect.code"
        },
        {
            File("1", $"{{{Step},\"expect\":{{\"ok\":true,\"code\":\"CB-3104\"}}}}"),
            RefusalCode.ValueTwice,
            "steps[0].expect.code"
        },
        {
            File("1", $"{{{Step},\"save\":{{\"x\":\"a\"}},\"expect\":{{\"code\":\"CB-3104\"}}}}"),
            RefusalCode.FieldNotAllowed,
            "steps[0].expect"
        },
        {
            File("1", $"{{{Step},\"expect\":{{\"values\":{{\"a\":\"${{unset}}\"}}}}}}"),
            RefusalCode.FieldMalformed,
            "steps[0].expect.values"
        },
    };

    [Theory]
    [MemberData(nameof(BadScenarios))]
    public void Parse_BadScenario_IsRefusedWithPath(string json, RefusalCode code, string? path)
    {
        var result = Scenario.Parse(Encoding.UTF8.GetBytes(json));

        Assert.False(result.IsOk);
        Assert.Equal((code, path), (result.Refusal.Code, result.Refusal.Field));
    }

    [Theory]
    [InlineData("${now}", "\"2026-03-28T22:15:42Z\"")]
    [InlineData("${now+30d}", "\"2026-04-27T22:15:42Z\"")]
    [InlineData("${now-2h}", "\"2026-03-28T20:15:42Z\"")]
    [InlineData("${minute}", "\"2026-03-28T22:15:00Z\"")]
    [InlineData("${day+1d}", "\"2026-03-29\"")]
    [InlineData("at ${day}", "\"at 2026-03-28\"")]
    [InlineData(
        "${local@06:20 Europe/Riga}",
        "{\"local\":\"2026-03-29T06:20\",\"zone\":\"Europe/Riga\",\"utc_offset_minutes\":180}")]
    [InlineData(
        "${local@03:30 Europe/Riga}",
        "{\"local\":\"2026-03-29T04:30\",\"zone\":\"Europe/Riga\",\"utc_offset_minutes\":180}")]
    [InlineData(
        "${local-1d Europe/Riga}",
        "{\"local\":\"2026-03-28T00:15\",\"zone\":\"Europe/Riga\",\"utc_offset_minutes\":120}")]
    [InlineData("${count}", "3")]
    [InlineData("n${count}", "\"n3\"")]
    public void Expand_Variable_IsReplaced(string text, string expected)
    {
        var variables = new ScenarioVariables(Now);
        variables.Set("count", JsonValue.Create(3));

        var value = variables.Expand(JsonValue.Create(text));

        Assert.Equal(
            expected, value?.ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Theory]
    [InlineData("a.b", "1")]
    [InlineData("list.#", "2")]
    [InlineData("none.#", "0")]
    [InlineData("list[0].name", "\"x\"")]
    [InlineData("list[-1].name", "\"y\"")]
    [InlineData("list[name=y].size", "7")]
    [InlineData("list[9]", null)]
    [InlineData("none.more", null)]
    public void Find_Path_GivesItsValue(string path, string? expected)
    {
        var root = JsonNode.Parse("{\"a\":{\"b\":1},\"list\":[{\"name\":\"x\"},{\"name\":\"y\",\"size\":7}]}");

        Assert.True(JsonPaths.IsPath(path));
        Assert.Equal(expected, JsonPaths.Find(root, path)?.ToJsonString());
    }

    private static string File(string format, string steps) =>
        $"{{\"format\":{format},\"title\":\"t\",\"about\":\"a\",\"steps\":[{steps}]}}";
}
