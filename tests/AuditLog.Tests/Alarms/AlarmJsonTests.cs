using System.Text;
using CbssReturn.Outcomes;

namespace CbssReturn.AuditLog.Tests.Alarms;

public sealed class AlarmJsonTests
{
    private const string Good =
        """{"kind":"SPLIT_VIEW","level":"critical","origin":"log.example/a","index":7,"text":"Two roots.","evidence":"""
        + """{"checkpoint":"+/8=","other_checkpoint":""}}""";

    private static readonly AuditAlarm Alarm = new()
    {
        Kind = AlarmKind.SplitView,
        Level = AlarmLevel.Critical,
        Origin = "log.example/a",
        Index = 7,
        Text = "Two roots.",
        Evidence = new Dictionary<string, ReadOnlyMemory<byte>>
        {
            [EvidenceName.OtherCheckpoint] = Array.Empty<byte>(),
            [EvidenceName.Checkpoint] = new byte[] { 0xfb, 0xff },
        },
    };

    [Fact]
    public void Write_Alarm_IsOneLine() => Assert.Equal(Good, Encoding.UTF8.GetString(AlarmJson.Write(Alarm)));

    [Fact]
    public void Parse_WhatWasWritten_IsTheAlarm()
    {
        var alarm = Parse(Good).Value;

        Assert.Equal(Good, Encoding.UTF8.GetString(AlarmJson.Write(alarm)));
        Assert.Equal("SPLIT_VIEW critical log.example/a at 7", alarm.ToString());
    }

    [Fact]
    public void Parse_WithoutIndexAndEvidence_IsAnAlarm()
    {
        var alarm = Parse("""{"text":"a","origin":"o","level":"high","kind":"STALE"}""").Value;

        Assert.Null(alarm.Index);
        Assert.Empty(alarm.Evidence);
        Assert.Equal("STALE high o", alarm.ToString());
    }

    [Fact]
    public void Parse_EveryKindAndLevel_IsRead()
    {
        var kinds = Enum.GetValues<AlarmKind>().Where(kind => kind != AlarmKind.Unspecified).ToArray();

        Assert.Equal(14, kinds.Length);
        Assert.All(kinds, kind => Assert.Equal(
            kind, AlarmJson.Parse(AlarmJson.Write(Alarm with { Kind = kind })).Value.Kind));
        Assert.All(
            new[] { AlarmLevel.Warning, AlarmLevel.High, AlarmLevel.Critical },
            level => Assert.Equal(
                level, AlarmJson.Parse(AlarmJson.Write(Alarm with { Level = level })).Value.Level));
    }

    [Theory]
    [InlineData("SPLIT_VIEW", "split_view")]
    [InlineData("SPLIT_VIEW", "UNSPECIFIED")]
    [InlineData("SPLIT_VIEW", "")]
    [InlineData("critical", "unspecified")]
    [InlineData("critical", "Critical")]
    [InlineData("log.example/a", "log example")]
    [InlineData("log.example/a", "")]
    [InlineData("\"index\":7", "\"index\":-1")]
    [InlineData("\"index\":7", "\"index\":7.5")]
    [InlineData("\"index\":7", "\"index\":\"7\"")]
    [InlineData("\"index\":7", "\"index\":7,\"index\":7")]
    [InlineData("\"index\":7", "\"more\":7")]
    [InlineData("Two roots.", "")]
    [InlineData("\"+/8=\"", "\"+/9=\"")]
    [InlineData("\"+/8=\"", "7")]
    [InlineData("\"+/8=\"", "{}")]
    [InlineData("\"checkpoint\"", "\"other_checkpoint\"")]
    [InlineData("Two roots.", "\\ud800")]
    [InlineData("{\"kind\"", "[{\"kind\"")]
    public void Parse_Changed_IsRefused(string old, string changed)
    {
        var json = Good.Replace(old, changed, StringComparison.Ordinal);

        Assert.NotEqual(Good, json);
        Assert.Equal(RefusalCode.FieldMalformed, Parse(json).Refusal.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    public void Parse_NoAlarm_IsRefused(string json) =>
        Assert.Equal(RefusalCode.FieldMalformed, Parse(json).Refusal.Code);

    [Fact]
    public void Parse_BeyondTheLimits_IsRefused()
    {
        var text = Good.Replace("Two roots.", new string('a', 1025), StringComparison.Ordinal);
        var blobs = string.Join(',', Enumerable.Range(0, 33).Select(i => $"\"b{i}\":\"\""));
        var many = Good.Replace("\"checkpoint\":\"+/8=\",\"other_checkpoint\":\"\"", blobs, StringComparison.Ordinal);

        Assert.False(Parse(text).IsOk);
        Assert.False(Parse(many).IsOk);
        Assert.True(Parse(many.Replace(",\"b32\":\"\"", string.Empty, StringComparison.Ordinal)).IsOk);
        Assert.False(AlarmJson.Parse(new byte[AlarmJson.SizeBytesMax + 1]).IsOk);
    }

    private static Result<AuditAlarm> Parse(string json) => AlarmJson.Parse(Encoding.UTF8.GetBytes(json));
}
