using System.Globalization;
using CbssReturn.Contracts.Desk.V1;

namespace CbssReturn.Cli.Output;

/// <summary>How far the receipt of a packet is, in a line.</summary>
internal static class ReceiptText
{
    /// <summary>Gives the line.</summary>
    public static string Of(PacketReceipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        var signed = $"{receipt.Outcome}, signed by the recipient {Show.Moment(receipt.ReceivedAt)}";
        if (receipt.Final is not { } final)
        {
            // A conflict has no entry, so its receipt never becomes final.
            return receipt.Outcome == "CONFLICT" ? signed : signed + ", not final yet";
        }

        var witnesses = final.Witnesses == 0
            ? "no witness"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{final.Witnesses} witness(es), last {Show.Moment(final.CosignedAt)}");
        return string.Create(
            CultureInfo.InvariantCulture, $"{signed}, final: entry {final.Index} of {final.Log}, {witnesses}");
    }
}
