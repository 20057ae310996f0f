using System.Text;
using System.Text.RegularExpressions;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Sealing.Tests;
using static CbssReturn.AuditLog.Tests.Receipts.ReceiptSample;

namespace CbssReturn.AuditLog.Tests.Receipts;

/// <summary>docs/spec/receipt-proof.md: the form, and each check with its code.</summary>
public sealed partial class ReceiptProofTests
{
    private static readonly NoteKey AnotherLog = NoteKey.FromSeed(new byte[32]);

    [Fact]
    public async Task Verify_PacketThatWasStored_LeadsToTheCheckpoint()
    {
        var proof = ReceiptProof.Parse((await MakeAsync(Stored)).ToBytes()).Value;

        var verified = proof.Verify(Node, Log, [Cosigner], 1).Value;

        Assert.Equal((5L, 1), (verified.Checkpoint.Size, verified.Cosignatures.Count));
        Assert.Equal(((long)Place, true), (proof.Proof.Index, proof.IsTimely));
    }

    [Fact]
    public async Task Create_ProofWithExtraData_IsRefused()
    {
        var proof = TlogProof.Parse(await ProveAsync(Stored)).Value;
        var extra = new TlogProof(proof.Index, proof.Hashes, proof.Note, new byte[] { 1 }).ToBytes();

        var made = ReceiptProof.Create(Receipt(), Stored.ToBytes(), extra);

        Assert.Equal((RefusalCode.ProofMalformed, "extra"), (made.Refusal!.Code, made.Refusal.Field));
    }

    [Fact]
    public async Task Verify_PacketThatWasRefused_LeadsToTheCheckpoint() =>
        Assert.True((await MakeAsync(Refused, Receipt(ReceiptOutcome.Refused))).Verify(Node, Log, [], 0).IsOk);

    [Theory]
    [InlineData(ReceiptOutcome.Stored, false)]  // stored, the receipt says; refused, says the log
    [InlineData(ReceiptOutcome.Refused, true)]
    [InlineData(ReceiptOutcome.Conflict, true)]
    [InlineData(ReceiptOutcome.Conflict, false)]
    public async Task Verify_EntrySaysSomethingElse_IsRefused(ReceiptOutcome outcome, bool isStored) => Assert.Equal(
        RefusalCode.ReceiptInvalid,
        (await MakeAsync(isStored ? Stored : Refused, Receipt(outcome))).Verify(Node, Log, [], 0).Refusal.Code);

    [Fact]
    public async Task Verify_EntryOfAnotherEventOrOutcome_IsRefused()
    {
        LogEntry[] wrong =
        [
            Stored with { Event = AuditEvent.PacketSent },
            Stored with { Event = AuditEvent.ReceiptStored },
            Stored with { Outcome = AuditOutcome.Refused },
            Stored with { Outcome = AuditOutcome.Pending },
        ];
        foreach (var entry in wrong)
        {
            Assert.Equal(
                RefusalCode.ReceiptInvalid, (await MakeAsync(entry)).Verify(Node, Log, [], 0).Refusal.Code);
        }

        var done = await MakeAsync(Refused with { Outcome = AuditOutcome.Done }, Receipt(ReceiptOutcome.Refused));
        Assert.Equal(RefusalCode.ReceiptInvalid, done.Verify(Node, Log, [], 0).Refusal.Code);
    }

    [Fact]
    public async Task Verify_RefusedTagOfAnotherEnvelope_IsRefused()
    {
        var entry = Refused with { Tag = LogEntry.RefusedTag(Digest.Of([1])) };
        var proof = await MakeAsync(entry, Receipt(ReceiptOutcome.Refused));

        Assert.Equal(RefusalCode.ReceiptInvalid, proof.Verify(Node, Log, [], 0).Refusal.Code);
    }

    [Fact]
    public async Task Verify_OtherKeys_AreRefused()
    {
        using var another = SigningKey.Generate();
        var proof = await MakeAsync(Stored);
        var log = VerifierKey.OfLog(Log.Name, AnotherLog.Public);
        var origin = VerifierKey.OfLog("log.example.org/xx/2", Log.Key);

        Assert.Equal(RefusalCode.ReceiptInvalid, proof.Verify(another.Public, Log, [], 0).Refusal.Code);
        Assert.Equal(RefusalCode.NoteSignatureWrong, proof.Verify(Node, log, [], 0).Refusal.Code);
        Assert.Equal(RefusalCode.NoteSignatureWrong, proof.Verify(Node, origin, [], 0).Refusal.Code);
        Assert.Equal(RefusalCode.QuorumMissing, proof.Verify(Node, Log, [Cosigner], 2).Refusal.Code);
    }

    [Fact]
    public async Task Verify_EntryThatIsNotInTheLog_IsRefused()
    {
        var proof = await ProveAsync(Stored);
        var other = Stored with { Tag = Digest.Of([9]) };

        var made = ReceiptProof.Create(Receipt(), other.ToBytes(), proof).Value;

        Assert.Equal(RefusalCode.InclusionWrong, made.Verify(Node, Log, [], 0).Refusal.Code);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(180, true)]
    [InlineData(181, false)]
    [InlineData(-181, false)]
    public async Task IsTimely_TimesApart_SaysSo(int seconds, bool isTimely)
    {
        var proof = await MakeAsync(Stored, Receipt(at: Stored.At.AddSeconds(seconds)));

        Assert.Equal(isTimely, proof.IsTimely);
        Assert.True(proof.Verify(Node, Log, [], 0).IsOk);
    }

    [Fact]
    public async Task Parse_AnyByteChanged_IsRefusedOrDoesNotVerify()
    {
        var bytes = (await MakeAsync(Stored)).ToBytes();
        for (var index = 0; index < bytes.Length; index++)
        {
            byte[] changed = [.. bytes];
            changed[index] ^= 1;

            Assert.False(Check(changed), $"byte {index}");
        }
    }

    [Fact]
    public async Task Parse_AnyByteMissingOrMore_IsRefusedOrDoesNotVerify()
    {
        var bytes = (await MakeAsync(Stored)).ToBytes();
        for (var size = 0; size < bytes.Length; size++)
        {
            byte[] shorter = [.. bytes[..size], .. bytes[(size + 1)..]];

            Assert.False(Check(bytes.AsSpan(0, size)), $"{size} bytes");
            Assert.False(Check(shorter), $"without byte {size}");
        }

        Assert.False(ReceiptProof.Parse([.. bytes, (byte)'\n']).IsOk);
        Assert.False(ReceiptProof.Parse([.. bytes, 0]).IsOk);
    }

    [Fact]
    public async Task Parse_AnotherSpelling_IsRefused()
    {
        var text = Encoding.UTF8.GetString((await MakeAsync(Stored)).ToBytes());
        var (receipt, signature) = (Line(text, "receipt"), Line(text, "signature"));
        string[] spellings =
        [
            text.Replace("/v1\n", "/v2\n", StringComparison.Ordinal),
            "\n" + text,
            "\uFEFF" + text,
            text.Replace("\n", "\r\n", StringComparison.Ordinal),
            text.Replace("receipt ", "receipt  ", StringComparison.Ordinal),
            text.Replace("entry ", "Entry ", StringComparison.Ordinal),
            text.Replace(receipt + signature, signature + receipt, StringComparison.Ordinal),
            text.Replace(receipt, receipt + receipt, StringComparison.Ordinal),
            text.Replace(signature, string.Empty, StringComparison.Ordinal),
            text.Replace("\n\nc2sp", "\nc2sp", StringComparison.Ordinal),
            text.Replace("\n\nc2sp", "\n\n\nc2sp", StringComparison.Ordinal),
            text.Replace("\n\nc2sp", "\nextra AAAA\n\nc2sp", StringComparison.Ordinal),
        ];

        Assert.All(spellings, spelling =>
        {
            Assert.NotEqual(text, spelling);
            Assert.Equal(
                RefusalCode.ProofMalformed, ReceiptProof.Parse(Encoding.UTF8.GetBytes(spelling)).Refusal.Code);
        });
    }

    [Fact]
    public async Task Parse_PartOutOfForm_SaysWhichByItsCode()
    {
        var text = Encoding.UTF8.GetString((await MakeAsync(Stored)).ToBytes());
        (string Spelling, RefusalCode Code)[] wrong =
        [
            (text.Replace(Line(text, "receipt"), "receipt AAAA\n", StringComparison.Ordinal),
                RefusalCode.ReceiptMalformed),
            (text.Replace(Line(text, "signature"), "signature AAAA\n", StringComparison.Ordinal),
                RefusalCode.ReceiptMalformed),
            (text.Replace(Line(text, "entry"), "entry AAAA\n", StringComparison.Ordinal), RefusalCode.EntryMalformed),
            (text[..(text.IndexOf("\n\n— ", StringComparison.Ordinal) + 2)], RefusalCode.NoteMalformed),
        ];

        Assert.All(wrong, one => Assert.Equal(
            one.Code, ReceiptProof.Parse(Encoding.UTF8.GetBytes(one.Spelling)).Refusal.Code));
    }

    [Fact]
    public void Parse_LargerThanAllowed_IsRefused() => Assert.Equal(
        RefusalCode.ProofMalformed, ReceiptProof.Parse(new byte[ReceiptProof.SizeBytesMax + 1]).Refusal.Code);

    [Fact]
    public async Task Example_OfTheText_IsWhatTheCodeWrites()
    {
        var spec = File.ReadAllText(Repository.Combine("docs", "spec", "receipt-proof.md"));

        Assert.Contains($"`{Convert.ToHexStringLower(Node.Bytes.Span)}`", spec, StringComparison.Ordinal);
        Assert.Contains($"`{Log}`", spec, StringComparison.Ordinal);
        Assert.Contains($"`{Cosigner}`", spec, StringComparison.Ordinal);
        Assert.Equal(
            Encoding.UTF8.GetString((await MakeAsync(Stored)).ToBytes()),
            Example().Match(spec).Groups["text"].Value);
    }

    private static bool Check(ReadOnlySpan<byte> file) =>
        ReceiptProof.Parse(file).Then(proof => proof.Verify(Node, Log, [Cosigner], 1)).IsOk;

    private static string Line(string text, string word)
    {
        var start = text.IndexOf($"\n{word} ", StringComparison.Ordinal) + 1;
        return text[start..(text.IndexOf('\n', start) + 1)];
    }

    [GeneratedRegex("^```example\n(?<text>[^`]+)```$", RegexOptions.Multiline)]
    private static partial Regex Example();
}
