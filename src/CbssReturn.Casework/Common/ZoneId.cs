using System.Text.RegularExpressions;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Common;

/// <summary>An IANA time zone by name, for example <c>Europe/Riga</c>. The name alone: whether this machine knows the
/// zone is a matter of its data, not of the form.</summary>
public sealed partial record ZoneId
{
    /// <summary>Longest name, in characters.</summary>
    public const int CharsMax = 64;

    /// <summary>Largest offset from UTC that any zone can have, in minutes.</summary>
    public const int OffsetMinutesMax = 18 * 60;

    private readonly string _name;

    private ZoneId(string name) => _name = name;

    /// <summary>Reads a name.</summary>
    /// <returns>The zone, or a refusal with <see cref="RefusalCode.ZoneUnknown"/> when this cannot be the name of one.
    /// </returns>
    public static Result<ZoneId> Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length <= CharsMax && NameForm().IsMatch(name)
            ? new ZoneId(name)
            : new Refusal(RefusalCode.ZoneUnknown, "A zone is an IANA name, for example Europe/Riga.");
    }

    /// <summary>Returns the name.</summary>
    public override string ToString() => _name;

    /// <summary>Checks that the zone is known here, has a local time, and has an offset at it.</summary>
    internal Refusal? CheckOffset(DateTime local, TimeSpan offset)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(_name, out var zone) || !zone.HasIanaId)
        {
            return new Refusal(RefusalCode.ZoneUnknown, "This time zone is not known here.", "zone");
        }

        if (zone.IsInvalidTime(local))
        {
            return new Refusal(
                RefusalCode.LocalTimeInvalid, "The clocks jump over this time on that day.", "local");
        }

        var hasOffset = zone.IsAmbiguousTime(local)
            ? zone.GetAmbiguousTimeOffsets(local).Contains(offset)
            : zone.GetUtcOffset(local) == offset;
        return hasOffset
            ? null
            : new Refusal(
                RefusalCode.LocalTimeInvalid, "The zone does not have this offset at that time.", "utc_offset_minutes");
    }

    // Area and place with capitals as in the database; not the posix/ and right/ copies, which have no capitals.
    [GeneratedRegex(@"\A(UTC|[A-Z][A-Za-z]+(/[A-Z][A-Za-z0-9_+-]*){1,2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();
}
