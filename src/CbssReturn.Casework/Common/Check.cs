using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Common;

/// <summary>The checks that most records share. Each returns null when all is well, so they chain with <c>??</c>.
/// Fields are named as the JSON form names them (docs/spec/casework.md, rule 1.9).</summary>
internal static class Check
{
    /// <summary>The code must be one that is known, and told.</summary>
    public static Refusal? Known<T>(T code, string field)
        where T : struct, Enum =>
        Required(code, field) ?? KnownOrUnset(code, field);

    /// <summary>The code must be one that is known; it may be untold.</summary>
    public static Refusal? KnownOrUnset<T>(T code, string field)
        where T : struct, Enum =>
        Enum.IsDefined(code) ? null : new(RefusalCode.CodeUnknown, "This list has no such code.", field);

    /// <summary>The code must be told; it may be newer than this program.</summary>
    public static Refusal? Required<T>(T code, string field)
        where T : struct, Enum =>
        EqualityComparer<T>.Default.Equals(code, default) ? Missing(field) : null;

    /// <summary>Each code of a list must be known, told, and stand once.</summary>
    public static Refusal? AllKnown<T>(ValueList<T> codes, string field)
        where T : struct, Enum
    {
        for (var i = 0; i < codes.Count; i++)
        {
            if (Known(codes[i], At(field, i)) is { } refusal)
            {
                return refusal;
            }
        }

        return Unique(codes, field);
    }

    /// <summary>Each code of a list must be told, and stand once.</summary>
    public static Refusal? AllTold<T>(ValueList<T> codes, string field)
        where T : struct, Enum
    {
        for (var i = 0; i < codes.Count; i++)
        {
            if (Required(codes[i], At(field, i)) is { } refusal)
            {
                return refusal;
            }
        }

        return Unique(codes, field);
    }

    /// <summary>A list must hold so many.</summary>
    public static Refusal? Count<T>(ValueList<T> items, int min, int max, string field)
    {
        if (items.Count > max)
        {
            return new Refusal(RefusalCode.TooMany, $"The list holds more than {max}.", field);
        }

        return items.Count < min ? Missing(field) : null;
    }

    /// <summary>No item may stand twice.</summary>
    public static Refusal? Unique<T>(IReadOnlyList<T> items, string field)
    {
        var seen = new HashSet<T>();
        for (var i = 0; i < items.Count; i++)
        {
            if (!seen.Add(items[i]))
            {
                return Twice(At(field, i));
            }
        }

        return null;
    }

    /// <summary>A number must lie in a range, both ends inside.</summary>
    public static Refusal? Range(long value, long min, long max, string field) =>
        value < min || value > max
            ? new Refusal(RefusalCode.NumberOutOfRange, $"The number is not {min} to {max}.", field)
            : null;

    /// <summary>A field must be filled where a condition holds, and nowhere else.</summary>
    public static Refusal? OnlyWhen(bool condition, bool isFilled, string field)
    {
        if (condition == isFilled)
        {
            return null;
        }

        return condition ? Missing(field) : NotAllowed(field);
    }

    /// <summary>A field may be filled only where a condition holds.</summary>
    public static Refusal? AllowedWhen(bool condition, bool isFilled, string field) =>
        isFilled && !condition ? NotAllowed(field) : null;

    /// <summary>Runs a check on every item and places its refusal.</summary>
    public static Refusal? Each<T>(ValueList<T> items, string field, Func<T, Refusal?> check)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (check(items[i]) is { } refusal)
            {
                return refusal.Within(At(field, i));
            }
        }

        return null;
    }

    /// <summary>Runs a check on a record that may be absent, and places its refusal.</summary>
    public static Refusal? Inside<T>(T? item, string field, Func<T, Refusal?> check)
        where T : class =>
        item is null ? null : check(item)?.Within(field);

    public static Refusal Missing(string field) => new(RefusalCode.FieldMissing, "This is required.", field);

    public static Refusal NotAllowed(string field) =>
        new(RefusalCode.FieldNotAllowed, "This must be empty here.", field);

    public static Refusal Twice(string field) => new(RefusalCode.ValueTwice, "This stands twice.", field);

    public static string At(string field, int index) => FormattableString.Invariant($"{field}[{index}]");
}
