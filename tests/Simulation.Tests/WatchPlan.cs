using CbssReturn.AuditLog;
using CbssReturn.Auditor.Nodes;
using CbssReturn.Auditor.Watch;

namespace CbssReturn.Simulation.Tests;

/// <summary>What the auditor of a focal point watches: the logs of its nodes from its own mirror, those of its
/// neighbour from the nodes themselves, and of those with which they exchange packets the checkpoints and
/// tags.</summary>
internal static class WatchPlan
{
    private const int Weekdays = 127;
    private const int MinutesPerDay = 1440;

    public static WatcherParts For(World world, SimFocalPoint point, TimeProvider time)
    {
        var home = world.Nodes.Where(node => world.HomeOf(node) == point).ToList();
        var second = world.Nodes.Where(node => world.SecondOf(node) == point).ToList();
        var own = home.Concat(second).ToList();
        var others = own.SelectMany(world.PartnersOf).Distinct().Except(own).ToList();
        var witnesses = world.FocalPoints.Select(other => other.WitnessName).ToList();
        return new WatcherParts
        {
            Logs =
            [
                .. own.Select(node => LogOf(node, witnesses, WitnessPolicy.QuorumOf(witnesses.Count))),
                .. others.Select(node => LogOf(node, [], 0) with { HasEntries = false }),
            ],
            SourcesOf = watched =>
            {
                var node = world.NodeOf(watched.Origin);
                var source = home.Contains(node) ? new SimSource(() => point.MirrorOf(node.Origin), () => true)
                    : second.Contains(node) ? new SimSource(() => node.Served, () => world.Reaches(point, node))
                    : new SimSource(
                        () => world.HomeOf(node).MirrorOf(node.Origin),
                        () => world.Reaches(point, world.HomeOf(node)));
                return new LogSources(source, source);
            },
            Store = point.Store,
            Time = time,
            OtherOrigins = [.. world.Nodes.Select(node => node.Origin)],
            // One that cosigns what it has audited is enough to try that.
            Witness = point.Number == 0 ? new SimAsked(world, point, point) : null,
            WitnessKey = point.WitnessName,
            GossipNodes =
            [
                .. world.FocalPoints.Where(other => other != point)
                    .Select(other => (IAuditNode)new SimAsked(world, point, other)),
                .. own.Concat(others).Select(node => (IAuditNode)new SimAsked(world, point, node)),
            ],
            TagNodes = others.ToDictionary(
                node => node.Origin, node => (IAuditNode)new SimAsked(world, point, world.HomeOf(node))),
            Receipts = point,
            Settings = new RoundSettings { BundlesAgain = 4, Draw = below => world.Chance.Below((int)below) },
            OnAlarm = raised => world.Alarms.Add((point, raised.Alarm)),
        };
    }

    private static WatchedLog LogOf(SimNode node, IReadOnlyList<VerifierKey> witnesses, int quorum) => new()
    {
        Key = VerifierKey.OfLog(node.Origin, node.LogKey.Public),
        Policy = WitnessPolicy.Of([node.Log.Key], witnesses, quorum).Value,
        Awake = HoursOf(node),
        StaleAfter = World.SilentMax,
        UnwitnessedAfter = World.SilentMax,
    };

    // A node that sleeps does so until the end of the run, or from its beginning on.
    private static AwakeHours? HoursOf(SimNode node)
    {
        var start = (int)World.Start.TimeOfDay.TotalMinutes;
        return node.Sleep switch
        {
            null => null,
            { From: 0 } sleep => new AwakeHours(start + sleep.Until, MinutesPerDay, Weekdays),
            { } sleep => new AwakeHours(0, start + sleep.From, Weekdays),
        };
    }
}
