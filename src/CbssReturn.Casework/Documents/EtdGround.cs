using CbssReturn.Casework.Common;
using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Documents;

/// <summary>What makes an EU emergency travel document possible: an EU citizen, outside the EU, whose own state has no
/// mission there that can help (Directive (EU) 2019/997, Articles 2 and 3; docs/spec/casework.md, rule 6.4).</summary>
/// <param name="Citizenship">Citizenship.</param>
/// <param name="LocatedIn">Where the person is.</param>
/// <param name="RepresentedThere">Whether the person's own state can help there; only <see cref="YesNo.No"/> gives the
/// right.</param>
public sealed record EtdGround(CountryCode Citizenship, CountryCode LocatedIn, YesNo RepresentedThere)
{
    internal Refusal? Validate()
    {
        var field = !Citizenship.IsEuMember ? "citizenship"
            : LocatedIn.IsEuMember ? "located_in"
            : RepresentedThere != YesNo.No ? "represented_there"
            : null;
        return field is null
            ? null
            : new Refusal(
                RefusalCode.DocumentNotApplicable,
                "An EU emergency travel document is only for EU citizens outside the EU without an own mission there.",
                field);
    }
}
