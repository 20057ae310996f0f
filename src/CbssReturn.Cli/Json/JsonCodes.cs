using System.Collections.Concurrent;
using Google.Protobuf.Reflection;

namespace CbssReturn.Cli.Json;

/// <summary>Spells enum values without the prefix of their type: <c>STAGE_ENQUIRY</c> of <c>Stage</c> is
/// <c>ENQUIRY</c>.</summary>
internal static class JsonCodes
{
    private static readonly ConcurrentDictionary<EnumDescriptor, string> Prefixes = new();

    /// <summary>Finds the value with a short name; the zero value has none, leaving the field out says it.</summary>
    /// <returns>The number, or null when there is no such code.</returns>
    public static int? Parse(EnumDescriptor type, string shortName)
    {
        var value = type.FindValueByName(Prefix(type) + shortName);
        return value is null || value.Number == 0 ? null : value.Number;
    }

    /// <summary>Gives the short name of a number; digits for a number of a newer list, which cannot be read back.
    /// </summary>
    public static string Format(EnumDescriptor type, int number)
    {
        var value = type.FindValueByNumber(number);
        return value is null
            ? FormattableString.Invariant($"{number}")
            : value.Name[Prefix(type).Length..];
    }

    /// <summary>Lists the short names that can be read, in the order of their numbers.</summary>
    public static IReadOnlyList<string> Names(EnumDescriptor type) =>
        [.. type.Values.Where(value => value.Number != 0).Select(value => Format(type, value.Number))];

    // buf's rule: every value begins with the type's name in upper snake case; read off the zero value, which ends in
    // UNSPECIFIED in every list.
    private static string Prefix(EnumDescriptor type) => Prefixes.GetOrAdd(type, static descriptor =>
    {
        var zero = descriptor.FindValueByNumber(0).Name;
        return zero.EndsWith("UNSPECIFIED", StringComparison.Ordinal)
            ? zero[..^"UNSPECIFIED".Length]
            : throw new InvalidOperationException($"{descriptor.FullName} has no UNSPECIFIED value.");
    });
}
