namespace CbssReturn.Storage;

/// <summary>Something in the store that is not what the log says, or not what it was.</summary>
/// <param name="Table">The table in which it was found.</param>
/// <param name="Key">Which row: its index, size, id or origin, spelled out.</param>
/// <param name="FirstIndex">First entry of the own log that is concerned; null when none is.</param>
/// <param name="LastIndex">Last entry that is concerned; the first one when it is known which.</param>
/// <param name="What">What is wrong, without any value.</param>
public sealed record AuditDamage(string Table, string Key, long? FirstIndex, long? LastIndex, string What)
{
    /// <summary>Most that a check lists; the first ones.</summary>
    public const int ListMax = 100;
}
