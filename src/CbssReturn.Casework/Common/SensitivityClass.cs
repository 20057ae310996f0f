namespace CbssReturn.Casework.Common;

/// <summary>How much harm it does when something is seen by the wrong eyes (docs/spec/casework.md, rule 1.5).</summary>
public enum SensitivityClass
{
    /// <summary>Never used.</summary>
    Unspecified = 0,

    /// <summary>E: pseudonymous routing.</summary>
    Envelope = 1,

    /// <summary>O: operational, without identity.</summary>
    Operational = 2,

    /// <summary>P: identifies somebody.</summary>
    Personal = 3,

    /// <summary>X: a special category, or about offences (GDPR, Articles 9 and 10).</summary>
    Special = 4,

    /// <summary>L: a leak can lead to violence.</summary>
    LifeSafety = 5,
}
