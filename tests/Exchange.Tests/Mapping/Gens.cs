using CbssReturn.Casework.Common;
using CsCheck;

namespace CbssReturn.Exchange.Tests.Mapping;

/// <summary>Generators of the values that all sections share. Codes are drawn beyond every list, because a newer node
/// may send a code that is not known here.</summary>
internal static class Gens
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 30, 17, TimeSpan.Zero);

    public static readonly Gen<StaffAlias> Alias =
        from name in Gen.OneOf("Liepa", "Ozols", "A.B-9", "x", "Duty-24")
        from number in Gen.Int[0, 999]
        select StaffAlias.Parse($"{name}{number}").Value;

    public static readonly Gen<CountryCode> Country =
        Gen.OneOf("LV", "UA", "NO", "DE", "AX").Select(code => CountryCode.Parse(code).Value);

    public static readonly Gen<LanguageTag> Language =
        Gen.OneOf("lv", "uk", "sr-Latn", "pt-BR", "zh-Hant-TW").Select(tag => LanguageTag.Parse(tag).Value);

    public static readonly Gen<DateOnly> Date =
        Gen.Int[0, 36_000].Select(days => new DateOnly(1930, 1, 1).AddDays(days));

    public static readonly Gen<DateTimeOffset> Moment =
        Gen.Long[1, 4_000_000_000].Select(DateTimeOffset.FromUnixTimeSeconds);

    public static readonly Gen<RecipientId> Node =
        Gen.Byte.Array[16].Select(bytes => RecipientId.FromBytes([.. bytes[..15], 1]).Value);

    public static readonly Gen<EvidenceDigest> Digest = Gen.Byte.Array[0, 8].Select(bytes => EvidenceDigest.Of(bytes));

    /// <summary>Times in an hour that happens twice, on both sides of it, and in two zones.</summary>
    public static readonly Gen<LocalMoment> Local = Gen.OneOf(
        Time("2026-03-20T20:05", "Europe/Riga", 120),
        Time("2026-10-25T03:30", "Europe/Riga", 180),
        Time("2026-10-25T03:30", "Europe/Riga", 120),
        Time("2026-07-01T00:00", "Europe/Oslo", 120),
        Time("2028-02-29T23:59", "America/St_Johns", -210));

    public static LocalMoment Time(string local, string zone, int offsetMinutes) =>
        LocalMoment.Create(local, zone, offsetMinutes).Value;

    public static Gen<FreeText> Text(TextRule rule) =>
        from start in Gen.OneOf("Ņ", "тест ", "a\nb ", "\U0001F600", "\"<&>\\", "٣")
        from rest in Gen.String[Gen.Char.AlphaNumeric, 0, rule.CharsMax - 5]
        select FreeText.Create(start + rest, rule).Value;

    public static Gen<FreeText?> Optional(TextRule rule) => Nullable(Text(rule));

    public static Gen<T?> Nullable<T>(Gen<T> gen)
        where T : class =>
        from value in gen
        from isThere in Gen.Bool
        select isThere ? value : null;

    public static Gen<T?> NullableValue<T>(Gen<T> gen)
        where T : struct =>
        from value in gen
        from isThere in Gen.Bool
        select isThere ? value : (T?)null;

    public static Gen<Told<T>> Told<T>(Gen<T> gen)
        where T : notnull =>
        from value in gen
        from how in Gen.Int[0, 3]
        select how switch
        {
            0 => default,
            1 => Untold.Declined,
            2 => Untold.Unknown,
            _ => (Told<T>)value,
        };

    /// <summary>Any told code, also one beyond the list.</summary>
    public static Gen<T> Code<T>()
        where T : struct, Enum =>
        Gen.Frequency((4, Gen.OneOf(Known<T>())), (1, Gen.Int[50, 10_000].Select(Of<T>)));

    /// <summary>Any code, also untold.</summary>
    public static Gen<T> AnyCode<T>()
        where T : struct, Enum =>
        Gen.Frequency((4, Code<T>()), (1, Gen.Const(default(T))));

    public static Gen<ValueList<T>> Codes<T>(int min, int max)
        where T : struct, Enum =>
        Code<T>().List[min, max].Select(codes => codes.Distinct().ToValueList());

    public static Gen<ValueList<T>> List<T>(Gen<T> gen, int min, int max) =>
        gen.List[min, max].Select(items => items.ToValueList());

    public static T Of<T>(int number)
        where T : struct, Enum => (T)Enum.ToObject(typeof(T), number);

    /// <summary>A text when a code is OTHER, and none otherwise.</summary>
    public static FreeText? When(bool isOther, FreeText text) => isOther ? text : null;

    private static T[] Known<T>()
        where T : struct, Enum =>
        [.. Enum.GetValues<T>().Where(code => !EqualityComparer<T>.Default.Equals(code, default))];
}
