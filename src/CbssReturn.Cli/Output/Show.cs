using System.Globalization;
using CbssReturn.Cli.Json;
using Google.Protobuf.Reflection;

namespace CbssReturn.Cli.Output;

/// <summary>Small texts in tables.</summary>
internal static class Show
{
    /// <summary>A moment, or a dash for none.</summary>
    public static string Moment(ulong seconds) => seconds == 0 ? "-" : JsonTimes.FormatMoment(seconds);

    /// <summary>A day, or a dash for none.</summary>
    public static string Day(uint day) => day == 0 ? "-" : JsonTimes.FormatDay(day);

    /// <summary>A text, or a dash for none.</summary>
    public static string Text(string text) => text.Length == 0 ? "-" : text;

    /// <summary>A number.</summary>
    public static string Number(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A code in its short form, or a dash for none.</summary>
    public static string Code<T>(EnumDescriptor type, T code)
        where T : struct, Enum
    {
        var number = Convert.ToInt32(code, CultureInfo.InvariantCulture);
        return number == 0 ? "-" : JsonCodes.Format(type, number);
    }
}
