using CbssReturn.AuditLog;
using CbssReturn.Auditor.Output;
using CbssReturn.Auditor.Verify;
using CbssReturn.Auditor.Watch;
using CbssReturn.Exchange.Records;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Auditor.Tests;

/// <summary>What a node may answer when it is asked for a detail.</summary>
public sealed class DetailInquiryTests
{
    private const long Asked = 300;

    private static readonly byte[] Detail = EntryDetail.Encode(new byte[32], 12, [8, 1]);

    private readonly MemoryLog _log = MemoryLog.Create(Sample.Origin, 1);

    public DetailInquiryTests()
    {
        Sample.Grow(_log, (int)Asked);
        _log.Append(Sample.Local(0, Sample.At.AddMinutes(Asked / 4)) with { Detail = Digest.Of(Detail) });
        _log.Append(Sample.Packet(
            AuditEvent.PacketSent, AuditOutcome.Pending, Sample.OtherOrigin, 1, Sample.At.AddMinutes(Asked / 4)));
        Sample.Grow(_log, 300);
    }

    [Fact]
    public async Task Judge_TheDetailOfTheEntry_IsShown()
    {
        var (detail, finding) = (await JudgeAsync((ReadOnlyMemory<byte>)Detail)).Value;

        Assert.Equal(12u, detail!.Kind);
        Assert.Null(finding);
    }

    [Fact]
    public async Task Judge_AnotherDetail_IsAnAlarmWithProof() =>
        AssertAlarm(await JudgeAsync((ReadOnlyMemory<byte>)EntryDetail.Encode(new byte[32], 17, [])));

    [Theory]
    [InlineData(RefusalCode.DetailWrong)]
    [InlineData(RefusalCode.NotFound)]
    public async Task Judge_NoDetail_IsAnAlarmWithProof(RefusalCode code) =>
        AssertAlarm(await JudgeAsync(new Refusal(code, "None.")));

    [Theory]
    [InlineData(RefusalCode.DetailWrong)]
    [InlineData(RefusalCode.DetailErased)]
    public async Task Judge_NoDetailAndTheLogSaysErased_NamesTheEntry(RefusalCode code)
    {
        _log.Append(Erasure(Digest.Of(Detail)));

        Assert.False((await JudgeAsync(new Refusal(code, "None."))).TryGet(out _, out var refusal));

        Assert.Equal(RefusalCode.DetailErased, refusal.Code);
        var named = FormattableString.Invariant($"entry {_log.Size - 1}.");
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judge_ErasureOfAnotherDetail_ErasesNothing()
    {
        _log.Append(Erasure(Digest.Of([1])));

        AssertAlarm(await JudgeAsync(new Refusal(RefusalCode.DetailWrong, "None.")));
    }

    [Fact]
    public async Task Judge_SaidToBeErasedAndTheLogIsSilent_IsToBeAskedAgain()
    {
        Assert.False((await JudgeAsync(new Refusal(RefusalCode.DetailErased, "Gone."))).TryGet(out _, out var refusal));

        Assert.Equal(RefusalCode.DetailErased, refusal.Code);
        Assert.Contains("ask again", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judge_NodeNotReached_AccusesNobody()
    {
        var judged = await JudgeAsync(new Refusal(RefusalCode.PeerUnreachable, "Off."));

        Assert.Equal(RefusalCode.PeerUnreachable, judged.Refusal!.Code);
    }

    [Theory]
    [InlineData(Asked + 1)]
    [InlineData(100_000)]
    public async Task Begin_EntryWithoutADetailOrNotThere_IsNotFound(long index)
    {
        _log.Publish();

        Assert.Equal(RefusalCode.NotFound, (await BeginAsync(index)).Refusal!.Code);
    }

    [Fact]
    public void Kinds_OfDetails_AreThoseOfTheNodes() => Assert.All(
        Enum.GetValues<AuditDetailKind>().Where(kind => kind != AuditDetailKind.Unspecified),
        kind => Assert.Equal(
            System.Text.Json.JsonNamingPolicy.SnakeCaseUpper.ConvertName(kind.ToString()),
            DetailText.KindOf((uint)kind)));

    private static LogEntry Erasure(Digest detail) => new()
    {
        Event = AuditEvent.DetailErased,
        Outcome = AuditOutcome.Done,
        At = Sample.At.AddMinutes(200),
        Tag = detail,
        Index = Asked,
    };

    private void AssertAlarm(Result<(EntryDetail? Detail, Finding? Finding)> judged)
    {
        var alarm = judged.Value.Finding!.Alarm;
        Assert.Equal((AlarmKind.DetailMissing, Asked), (alarm.Kind, alarm.Index));
        var proof = TlogProof.Parse(alarm.Evidence[EvidenceName.TlogProof].Span).Value;
        var policy = WitnessPolicy.Of([_log.Key], [], 0).Value;
        Assert.True(proof.Verify(alarm.Evidence[EvidenceName.Entry].Span, policy).IsOk);
    }

    private async Task<Result<(EntryDetail? Detail, Finding? Finding)>> JudgeAsync(Result<ReadOnlyMemory<byte>> answer)
    {
        _log.Publish();
        return await (await BeginAsync(Asked)).Value.JudgeAsync(answer, default);
    }

    private Task<Result<DetailInquiry>> BeginAsync(long index) => DetailInquiry.BeginAsync(
        _log, CheckpointReader.Read(_log.Note!.ToBytes(), _log.Key, [], 0).Value, index, default);
}
