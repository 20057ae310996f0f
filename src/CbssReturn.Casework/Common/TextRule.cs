namespace CbssReturn.Casework.Common;

/// <summary>What a free text may be: how sensitive, how long.</summary>
/// <param name="Class">How sensitive what people write there is.</param>
/// <param name="CharsMax">Longest text, in UTF-16 code units.</param>
public sealed record TextRule(SensitivityClass Class, int CharsMax);
