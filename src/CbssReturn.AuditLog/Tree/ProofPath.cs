namespace CbssReturn.AuditLog;

/// <summary>Which parts of a tree a proof is made of, from the entry or the old tree up to the root (RFC 6962,
/// sections 2.1.1 and 2.1.2).</summary>
internal static class ProofPath
{
    /// <summary>The ranges of entries whose roots prove that one entry is in a tree.</summary>
    /// <param name="index">The entry, below the size.</param>
    /// <param name="size">Number of entries.</param>
    public static List<(long From, long To)> OfEntry(long index, long size)
    {
        var ranges = new List<(long From, long To)>();
        var (from, to) = (0L, size);
        while (to - from > 1)
        {
            var middle = Middle(from, to);
            ranges.Add(index < middle ? (middle, to) : (from, middle));
            (from, to) = index < middle ? (from, middle) : (middle, to);
        }

        ranges.Reverse();
        return ranges;
    }

    /// <summary>The ranges of entries whose roots prove that one tree is the start of another.</summary>
    /// <param name="oldSize">Number of entries of the older tree, at least 1.</param>
    /// <param name="newSize">Number of entries of the newer tree, more than that.</param>
    public static List<(long From, long To)> OfTree(long oldSize, long newSize)
    {
        var ranges = new List<(long From, long To)>();
        var (from, to) = (0L, newSize);
        while (to != oldSize)
        {
            var middle = Middle(from, to);
            ranges.Add(oldSize <= middle ? (middle, to) : (from, middle));
            (from, to) = oldSize <= middle ? (from, middle) : (middle, to);
        }

        // A verifier knows the root of the whole old tree, and needs every other part of it.
        if (from > 0)
        {
            ranges.Add((from, to));
        }

        ranges.Reverse();
        return ranges;
    }

    /// <summary>Where a range of more than one entry divides: after the largest power of two below its length.
    /// </summary>
    private static long Middle(long from, long to) =>
        from + (1L << (63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)(to - from - 1))));
}
