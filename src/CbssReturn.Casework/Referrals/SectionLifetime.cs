using CbssReturn.Casework.Common;
using CbssReturn.Casework.Movement;

namespace CbssReturn.Casework.Referrals;

/// <summary>When the right to open a section ends (docs/spec/casework.md, rule 3.8).</summary>
public static class SectionLifetime
{
    /// <summary>The end of the right to open a section: that of its grant, and for a journey 72 hours after arrival
    /// when that is sooner.</summary>
    /// <param name="section">The section.</param>
    /// <param name="grantEndsAt">When the grant ends.</param>
    /// <returns>The moment, in UTC, to the second; the moment itself is outside.</returns>
    public static DateTimeOffset EndOf(Section section, DateTimeOffset grantEndsAt)
    {
        ArgumentNullException.ThrowIfNull(section);
        return section is MovementSection movement && movement.EndsAt < grantEndsAt ? movement.EndsAt : grantEndsAt;
    }
}
