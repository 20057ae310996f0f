using CbssReturn.Outcomes;

namespace CbssReturn.Casework.Documents;

/// <summary>Papers that do not exist for everybody (docs/spec/casework.md, rules 6.4 and 6.5). There is no bare
/// "laissez-passer": the EU's own is for its staff.</summary>
internal static class DocumentRules
{
    public static Refusal EtdNotApplicable(string field) => new(
        RefusalCode.DocumentNotApplicable,
        "An EU emergency travel document needs its ground: an EU citizen outside the EU without an own mission there.",
        field);

    public static Refusal ReturnDocumentNotApplicable(string field) => new(
        RefusalCode.DocumentNotApplicable,
        "A European travel document for return exists only under a return decision.",
        field);
}
