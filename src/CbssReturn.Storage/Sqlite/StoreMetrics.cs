using System.Diagnostics.Metrics;

namespace CbssReturn.Storage.Sqlite;

/// <summary>What the store tells about itself: names of transactions, counts and times, nothing else.</summary>
internal static class StoreMetrics
{
    private static readonly Meter Meter = new("CbssReturn.Storage");

    private static readonly Counter<long> Commits =
        Meter.CreateCounter<long>("cbss.store.commits", "{transaction}", "Transactions answered, by name.");

    private static readonly Histogram<int> GroupSizes =
        Meter.CreateHistogram<int>("cbss.store.group.size", "{transaction}", "Transactions in one durable commit.");

    private static readonly Histogram<double> GroupDurations =
        Meter.CreateHistogram<double>("cbss.store.group.duration", "s", "From the first statement to durable.");

    public static void Count(string name) =>
        Commits.Add(1, new KeyValuePair<string, object?>("transaction", name));

    public static void Group(int size, TimeSpan duration)
    {
        GroupSizes.Record(size);
        GroupDurations.Record(duration.TotalSeconds);
    }
}
