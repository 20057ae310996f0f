using System.Collections.Frozen;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Common;

/// <summary>A country, as an ISO 3166-1 alpha-2 code in capitals. There is no fixed list of participating countries.
/// </summary>
public sealed record CountryCode
{
    // ISO 3166-1 alpha-2, officially assigned codes only.
    private static readonly FrozenSet<string> Assigned = Codes(
        """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
        CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO
        FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE
        JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
        MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW
        PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM
        TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
        """);

    private static readonly FrozenSet<string> EuMembers =
        Codes("AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE");

    private static readonly FrozenSet<string> EeaOnly = Codes("IS LI NO");

    private readonly string _text;

    private CountryCode(string text) => _text = text;

    /// <summary>Whether it is a member state of the European Union.</summary>
    public bool IsEuMember => EuMembers.Contains(_text);

    /// <summary>Whether the General Data Protection Regulation counts it among its own: the EU and the EEA.</summary>
    public bool IsInEea => IsEuMember || EeaOnly.Contains(_text);

    /// <summary>Reads a code.</summary>
    /// <returns>The country, or a refusal with <see cref="RefusalCode.FieldMalformed"/>.</returns>
    public static Result<CountryCode> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Assigned.Contains(text)
            ? new CountryCode(text)
            : new Refusal(
                RefusalCode.FieldMalformed, "A country is a code of two capitals from ISO 3166-1, for example LV.");
    }

    /// <summary>Returns the code.</summary>
    public override string ToString() => _text;

    private static FrozenSet<string> Codes(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
