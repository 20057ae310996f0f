using CbssReturn.AuditLog;
using CbssReturn.Contracts.Directory.V1;
using CbssReturn.Exchange.Directory;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using Google.Protobuf;
using AwakeHours = CbssReturn.Exchange.Directory.AwakeHours;
using WireHours = CbssReturn.Contracts.Directory.V1.AwakeHours;
using WireLog = CbssReturn.Contracts.Directory.V1.AuditLog;

namespace CbssReturn.Exchange.Tests.Directory;

/// <summary>What a directory says about audit logs (docs/spec/directory.md, section 3).</summary>
public sealed class DirectoryLogTests : IDisposable
{
    private readonly SigningKey _root = SigningKey.Generate();

    public static TheoryData<string, Action<WireLog>> Breaches => new()
    {
        { "log_key", log => log.LogKey = string.Empty },
        { "log_key", log => log.LogKey += " " },
        { "log_key", log => log.LogKey = WitnessKey("witness.example/x").ToString() },
        { "log_key", log => log.LogKey += new string('A', 512) },
        { "witness_key", log => log.WitnessKey = LogKey("witness.example/y").ToString() },
        { "home_auditor", log => log.HomeAuditor = ByteString.CopyFrom(new byte[15]) },
        { "home_auditor", log => log.HomeAuditor = ByteString.CopyFrom(new byte[16]) },
        { "home_auditor", log => (log.SecondAuditor, log.HomeAuditor) = (log.HomeAuditor, ByteString.Empty) },
        { "home_auditor", log => log.SecondAuditor = log.HomeAuditor },
        { "home_auditor", log => log.SecondAuditor = ByteString.CopyFrom(new byte[17]) },
        { "awake", log => log.Awake = new WireHours { FromMinute = 1440, UntilMinute = 1440, Weekdays = 1 } },
        { "awake", log => log.Awake = new WireHours { FromMinute = 60, UntilMinute = 60, Weekdays = 1 } },
        { "awake", log => log.Awake = new WireHours { FromMinute = 0, UntilMinute = 1441, Weekdays = 1 } },
        { "awake", log => log.Awake = new WireHours { FromMinute = 0, UntilMinute = 1440, Weekdays = 0 } },
        { "awake", log => log.Awake = new WireHours { FromMinute = 0, UntilMinute = 1440, Weekdays = 128 } },
        { "awake", log => log.Awake = new WireHours { FromMinute = 0, UntilMinute = uint.MaxValue, Weekdays = 1 } },
    };

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Read_NodeWithALog_GivesAllThatWasSigned()
    {
        var log = Sample("log.example/se/1/1") with
        {
            SecondAuditor = NodeId.NewRandom(),
            WitnessKey = WitnessKey("witness.example/se/1"),
            Awake = new AwakeHours(480, 1_020, 31),
        };
        var node = DirectoryFixture.Node() with { Log = log };

        var read = NodeDirectory.Read(DirectoryFixture.Sign(_root, 1, node), _root.Public).Value;

        Assert.Equal(log, Assert.Single(read.Nodes).Log);
    }

    [Theory]
    [MemberData(nameof(Breaches))]
    public void Read_LogAgainstARule_IsRefusedAndNamesTheField(string field, Action<WireLog> spoil)
    {
        var node = DirectoryFixture.Node() with { Log = Sample("log.example/se/1/1") };
        var signed = SignedDirectory.Parser.ParseFrom(DirectoryFixture.Sign(_root, 1, node));
        var body = Contracts.Directory.V1.Directory.Parser.ParseFrom(signed.Body);
        spoil(body.Entries[0].AuditLog);

        var refusal = NodeDirectory.Read(DirectoryFixture.SignBody(_root, body), _root.Public).Refusal;

        Assert.Equal(RefusalCode.DirectoryMalformed, refusal.Code);
        Assert.Equal($"entries[0].audit_log.{field}", refusal.Field);
    }

    [Fact]
    public void Read_TwoNodesUnderOneOrigin_IsRefused()
    {
        var body = DirectoryFixture.Body(_root);
        body.Entries[0].AuditLog = new WireLog { LogKey = LogKey("log.example/1").ToString() };
        body.Entries[1].AuditLog = new WireLog { LogKey = LogKey("log.example/1").ToString() };

        var refusal = NodeDirectory.Read(DirectoryFixture.SignBody(_root, body), _root.Public).Refusal;

        Assert.Equal("entries[1].audit_log", refusal.Field);
    }

    [Theory]
    [InlineData("2026-11-23T08:00:00Z", true)] // a Monday
    [InlineData("2026-11-23T07:59:59Z", false)]
    [InlineData("2026-11-23T16:59:59Z", true)]
    [InlineData("2026-11-23T17:00:00Z", false)]
    [InlineData("2026-11-22T12:00:00Z", false)] // a Sunday
    [InlineData("2026-11-23T09:30:00+02:00", false)]
    public void Covers_WorkingHours_CountInUtc(string moment, bool isAwake) =>
        Assert.Equal(
            isAwake,
            new AwakeHours(480, 1_020, 31).Covers(
                DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture)));

    private static DirectoryLog Sample(string origin) =>
        new() { LogKey = LogKey(origin), HomeAuditor = NodeId.NewRandom() };

    private static VerifierKey LogKey(string name) => VerifierKey.OfLog(name, DirectoryFixture.NewKey());

    private static VerifierKey WitnessKey(string name) => VerifierKey.OfWitness(name, DirectoryFixture.NewKey());
}
