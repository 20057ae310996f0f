using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CbssReturn.Cli.Json;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Demo.Scenarios;

/// <summary>The variables of a scenario: <c>${name}</c> for what was saved or for a node's id, and moments relative to
/// the start of the scenario.</summary>
/// <remarks>
/// <c>${now+30d}</c>, <c>${now-2h}</c> (units m, h, d) is a moment; <c>${minute}</c> the same, to the minute;
/// <c>${day+400d}</c> a day;
/// <c>${local+10d@06:20 Europe/Riga}</c> and <c>${local+90m Europe/Riga}</c> are local times with their zone and
/// offset. A text that is one variable alone becomes the variable's value, whatever its type.
/// </remarks>
/// <param name="now">The start of the scenario.</param>
internal sealed partial class ScenarioVariables(DateTimeOffset now)
{
    private const uint SecondsInDay = 86_400;
    private const uint SecondsInMinute = 60;

    private readonly Dictionary<string, JsonNode?> _values = [];

    /// <summary>Names that are known before the first step: the five organisations.</summary>
    public static HashSet<string> BuiltIn() => [.. DemoRole.All.Select(role => role.Name)];

    /// <summary>Gives every variable the value of an id, for checking what does not depend on values.</summary>
    public static ScenarioVariables Placeholders(IEnumerable<string> names)
    {
        var variables = new ScenarioVariables(DateTimeOffset.UnixEpoch.AddDays(20_000));
        foreach (var name in names)
        {
            variables.Set(name, JsonValue.Create(new string('0', Desk.ShortId.DigitCount)));
        }

        return variables;
    }

    /// <summary>Tells whether a variable may have this name.</summary>
    public static bool IsName(string text) => Name().IsMatch(text);

    /// <summary>Checks that every variable in a JSON value is known.</summary>
    /// <exception cref="JsonRefusedException">One is not.</exception>
    public static void Check(JsonNode? node, string path, ISet<string> known)
    {
        foreach (var expression in TextsIn(node).SelectMany(text => Reference().Matches(text)).Select(Expression))
        {
            if (!known.Contains(expression) && !Time().IsMatch(expression) && !IsLocalTime(expression))
            {
                throw JsonFields.Refused(
                    RefusalCode.FieldMalformed, path, "A variable is used that no step before this one saves.");
            }
        }
    }

    /// <summary>Sets a variable.</summary>
    public void Set(string name, JsonNode? value) => _values[name] = value?.DeepClone();

    /// <summary>As <see cref="Expand"/>, for an object.</summary>
    public JsonObject ExpandObject(JsonObject fields) => (JsonObject?)Expand(fields) ?? [];

    /// <summary>Replaces the variables of a JSON value.</summary>
    /// <returns>A fresh value.</returns>
    public JsonNode? Expand(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(
            fields.Select(field => KeyValuePair.Create(field.Key, Expand(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Expand)]),
        JsonValue value when value.TryGetValue<string>(out var text) => ExpandText(text),
        _ => node?.DeepClone(),
    };

    private JsonNode? ExpandText(string text)
    {
        var whole = Reference().Match(text);
        return whole.Success && whole.Length == text.Length
            ? Evaluate(Expression(whole))
            : JsonValue.Create(Reference().Replace(text, match => Evaluate(Expression(match))?.ToString() ?? ""));
    }

    private JsonNode? Evaluate(string expression)
    {
        if (_values.TryGetValue(expression, out var value))
        {
            return value?.DeepClone();
        }

        if (Time().Match(expression) is { Success: true } time)
        {
            var seconds = (ulong)(now + Offset(time)).ToUnixTimeSeconds();
            return time.Groups["base"].Value switch
            {
                "day" => JsonTimes.FormatDay((uint)(seconds / SecondsInDay)),
                "minute" => JsonTimes.FormatMoment(seconds - seconds % SecondsInMinute),
                _ => JsonTimes.FormatMoment(seconds),
            };
        }

        return LocalTime().Match(expression) is { Success: true } local
            ? Local(local)
            : throw new InvalidOperationException("A variable was not checked when the scenario was read.");
    }

    private JsonObject Local(Match match)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(match.Groups["zone"].Value);
        var local = TimeZoneInfo.ConvertTime(now + Offset(match), zone).DateTime;
        if (match.Groups["clock"].Success)
        {
            var clock = match.Groups["clock"].Value;
            local = local.Date + TimeSpan.ParseExact(clock, "hh\\:mm", CultureInfo.InvariantCulture);
        }

        if (zone.IsInvalidTime(local))
        {
            // The clocks jump over this hour; an hour later exists.
            local = local.AddHours(1);
        }

        return new JsonObject
        {
            ["local"] = local.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
            ["zone"] = zone.Id,
            ["utc_offset_minutes"] = (int)zone.GetUtcOffset(local).TotalMinutes,
        };
    }

    private static bool IsLocalTime(string expression) =>
        LocalTime().Match(expression) is { Success: true } match
        && TimeZoneInfo.TryFindSystemTimeZoneById(match.Groups["zone"].Value, out _);

    private static TimeSpan Offset(Match match)
    {
        var text = match.Groups["offset"].Value;
        if (text.Length == 0)
        {
            return TimeSpan.Zero;
        }

        var number = int.Parse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture);
        return text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            _ => TimeSpan.FromDays(number),
        };
    }

    private static IEnumerable<string> TextsIn(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => TextsIn(field.Value)),
        JsonArray items => items.SelectMany(TextsIn),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    private static string Expression(Match match) => match.Groups[1].Value;

    [GeneratedRegex(@"\$\{([^}]*)\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,39}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A(?<base>now|minute|day)(?<offset>[+-][0-9]{1,4}[mhd])?\z")]
    private static partial Regex Time();

    [GeneratedRegex(
        @"\Alocal(?<offset>[+-][0-9]{1,4}[mhd])?(?:@(?<clock>(?:[01][0-9]|2[0-3]):[0-5][0-9]))? "
        + @"(?<zone>[A-Za-z_]+/[A-Za-z_]+)\z")]
    private static partial Regex LocalTime();
}
