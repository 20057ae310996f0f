using System.Globalization;
using CbssReturn.Casework.Common;
using Google.Protobuf;
using Wire = CbssReturn.Contracts.Packet.V1;

namespace CbssReturn.Exchange.Mapping;

/// <summary>Writes single values in their one wire spelling; what is absent is empty or 0.</summary>
internal static class WireValues
{
    public static string Text(FreeText? text) => text?.Content ?? "";

    public static string Date(DateOnly? date) =>
        date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    public static ulong Seconds(DateTimeOffset? moment) => (ulong)(moment?.ToUnixTimeSeconds() ?? 0);

    public static ByteString Bytes(EvidenceDigest? digest) =>
        digest is { } value ? ByteString.CopyFrom(value.ToArray()) : ByteString.Empty;

    public static Wire.ToldText? Told(Told<FreeText> told)
    {
        if (told.IsNotAsked)
        {
            return null;
        }

        return told.IsTold
            ? new Wire.ToldText { Value = told.Value.Content }
            : new Wire.ToldText { Untold = (Wire.Untold)told.Why };
    }

    public static Wire.ToldDate? Told(Told<DateOnly> told)
    {
        if (told.IsNotAsked)
        {
            return null;
        }

        return told.IsTold
            ? new Wire.ToldDate { Value = Date(told.Value) }
            : new Wire.ToldDate { Untold = (Wire.Untold)told.Why };
    }

    public static Wire.LocalTime Local(LocalMoment moment) => new()
    {
        Local = moment.Local.ToString(LocalMoment.Form, CultureInfo.InvariantCulture),
        Zone = moment.Zone.ToString(),
        UtcOffsetMinutes = (int)moment.Offset.TotalMinutes,
    };
}
