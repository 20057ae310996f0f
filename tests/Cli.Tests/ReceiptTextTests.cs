using CbssReturn.Cli.Output;
using CbssReturn.Contracts.Desk.V1;

namespace CbssReturn.Cli.Tests;

public sealed class ReceiptTextTests
{
    private const ulong At = 1_774_953_600;  // 2026-03-31 10:40 UTC

    [Theory]
    [InlineData("STORED", "STORED, signed by the recipient 2026-03-31T10:40:00Z, not final yet")]
    [InlineData("CONFLICT", "CONFLICT, signed by the recipient 2026-03-31T10:40:00Z")]
    public void Of_SignedReceipt_SaysWhetherMoreIsToCome(string outcome, string text) => Assert.Equal(
        text, ReceiptText.Of(new PacketReceipt { Outcome = outcome, ReceivedAt = At }));

    [Theory]
    [InlineData(0, "no witness")]
    [InlineData(3, "3 witness(es), last 2026-03-31T10:41:00Z")]
    public void Of_FinalReceipt_NamesEntryLogAndWitnesses(uint witnesses, string text) => Assert.Equal(
        $"REFUSED, signed by the recipient 2026-03-31T10:40:00Z, final: entry 17 of log.test/se/1/1, {text}",
        ReceiptText.Of(new PacketReceipt
        {
            Outcome = "REFUSED",
            ReceivedAt = At,
            Final = new FinalPlace
            {
                Log = "log.test/se/1/1",
                Index = 17,
                Size = 20,
                Witnesses = witnesses,
                CosignedAt = witnesses == 0 ? 0 : At + 60,
            },
        }));
}
