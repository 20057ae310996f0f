namespace CbssReturn.Exchange.Mapping;

/// <summary>Where a section comes from, which decides how its local times are judged.</summary>
public enum SectionSource
{
    /// <summary>It is written at this node: a time must be right by this machine's rules for its zone.</summary>
    Written = 0,

    /// <summary>Another node wrote it, or this node long ago: a time that does not fit the rules of today is kept and
    /// marked, because a journey must stay readable (docs/spec/casework.md, rule 1.8).</summary>
    Received = 1,
}
