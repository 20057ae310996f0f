using System.Collections;
using System.Reflection;

namespace CbssReturn.Storage.Tests;

/// <summary>Spells a row out, bytes as hexadecimal digits, so that two rows can be compared as text.</summary>
internal static class RowText
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        byte[] bytes => Convert.ToHexStringLower(bytes),
        ReadOnlyMemory<byte> bytes => Convert.ToHexStringLower(bytes.Span),
        DateTimeOffset moment => moment.ToUniversalTime().ToString("O"),
        string text => text,
        IEnumerable list => "[" + string.Join(", ", list.Cast<object>().Select(Of)) + "]",
        _ when value.GetType().IsClass => "{" + string.Join(", ", Properties(value)) + "}",
        _ => value.ToString()!,
    };

    private static IEnumerable<string> Properties(object value) =>
        value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => $"{property.Name}={Of(property.GetValue(value))}");
}
