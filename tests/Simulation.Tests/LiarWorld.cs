using CbssReturn.AuditLog;
using CbssReturn.Auditor.Tests;
using CbssReturn.Outcomes;

namespace CbssReturn.Simulation.Tests;

/// <summary>One run with a liar of each kind, in which nothing crashes. The tests ask who was found, and how.</summary>
public sealed class LiarWorld : IAsyncLifetime
{
    private const int Seed = 3;
    private const int RunMinutes = 94;
    private const int BackupMinute = 14;

    // From here on they lie; before, every log is known to everybody.
    private const int FirstLieMinute = 24;

    // An old entry, which a liar changes.
    private const int OldIndex = 2;

    internal World World { get; } = new(Seed) { TrafficPerMille = 0 };

    internal SimNode Alters => World.Nodes[0];

    internal SimNode RollsBack => World.Nodes[1];

    internal SimNode OmitsSent => World.Nodes[2];

    internal SimNode OmitsReceived => World.Nodes[4];

    internal SimNode SplitsTheView => World.Nodes[6];

    internal SimNode StaysSilent => World.Nodes[7];

    internal SimNode Sleeps => World.Nodes[8];

    internal SimNode DatesBack => World.Nodes[9];

    internal SimNode LogsTwice => World.Nodes[10];

    internal SimNode GaveAReceipt => World.Nodes[12];

    internal SimNode ErasesInSilence => World.Nodes[14];

    internal SimNode Erases => World.Nodes[15];

    /// <summary>What the auditor of the honest node was answered about the detail that it erased.</summary>
    internal RefusalCode? AnswerOfErased { get; private set; }

    internal SimNode WasRobbed => World.Nodes[16];

    /// <summary>The log that the thief of a key has signed.</summary>
    internal MemoryLog? Forged { get; private set; }

    internal static SimNode PartnerOf(SimNode node, World world) => world.Nodes[node.Number + 1];

    /// <summary>The honest node with which a liar exchanges packets.</summary>
    internal SimNode PartnerOf(SimNode liar) => PartnerOf(liar, World);

    public async Task InitializeAsync()
    {
        Sleeps.Sleep = (FirstLieMinute, int.MaxValue);
        SplitFromTheStart();
        MemoryLog? backup = null;
        World.OnMinute = async () =>
        {
            switch (World.Minute)
            {
                case BackupMinute:
                    backup = RollsBack.Log.Fork(RollsBack.Log.Size);
                    break;
                case FirstLieMinute:
                    Lie();
                    break;
                case FirstLieMinute + 14:
                    RollsBack.PutBack(backup!);  // taken above
                    await ForgeAsync();
                    break;
            }
        };
        await World.RunAsync(RunMinutes);
        await World.HomeOf(ErasesInSilence).AskDetailAsync(ErasesInSilence, OldIndex);
        AnswerOfErased = await World.HomeOf(Erases).AskDetailAsync(Erases, OldIndex);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private void Lie()
    {
        Alters.Lie = new Lie { AfterPublish = node => node.Log.FalseBundles[0] = Altered(node.Log) };
        StaysSilent.DownUntil = int.MaxValue;
        DatesBack.Lie = new Lie { DatesBackBy = TimeSpan.FromMinutes(20) };
        OmitsSent.Lie = new Lie { OmitsSent = true };
        OmitsSent.Send(PartnerOf(OmitsSent), isRefused: false);
        OmitsReceived.Lie = new Lie { OmitsReceived = true };
        PartnerOf(OmitsReceived).Send(OmitsReceived, isRefused: false);
        LogsTwice.Lie = new Lie { LogsTwice = true };
        PartnerOf(LogsTwice).Send(LogsTwice, isRefused: false);

        ErasesInSilence.Erase(OldIndex, isNoted: false);
        Erases.Erase(OldIndex, isNoted: true);

        // Two honest nodes, of whom nothing may be found.
        World.Nodes[18].Send(World.Nodes[19], isRefused: false);
        World.Nodes[19].Send(World.Nodes[18], isRefused: true);
    }

    // To each second witness another history, from the first checkpoint on.
    private void SplitFromTheStart()
    {
        MemoryLog? other = null;
        SplitsTheView.Lie = new Lie
        {
            AfterPublish = node =>
            {
                other = node.Log.Fork(node.Log.Size, (index, entry) => index == OldIndex ? Changed(entry) : entry);
                other.Publish();
            },
            ShownTo = witness => witness.Number % 2 == 1 ? other : null,
        };
    }

    private async Task ForgeAsync()
    {
        // A receipt from a log with the packet; the log that is shown never had it.
        var packet = PartnerOf(GaveAReceipt).Send(GaveAReceipt, isRefused: false);
        GaveAReceipt.Lie = new Lie { OmitsReceived = true };
        var receipt = await GaveAReceipt.ForgeReceiptAsync(packet, GaveAReceipt.Log.Fork(GaveAReceipt.Log.Size));
        World.HomeOf(GaveAReceipt).PutReceipt(receipt);

        // Who has stolen a log key signs another tree of the same size, and shows it to everybody.
        Forged = WasRobbed.Log.Fork(
            WasRobbed.Log.Size, (index, entry) => index == OldIndex ? Changed(entry) : entry);
        Forged.Publish();
        foreach (var point in World.FocalPoints)
        {
            Assert.Null(await point.CosignAsync(Forged));
        }

        World.HomeOf(WasRobbed).TakePush(WasRobbed, Forged);
        PartnerOf(WasRobbed).KeepSeen(WasRobbed.Origin, Forged.Note!);
        var stolen = PartnerOf(WasRobbed).Seal(WasRobbed, isRefused: false);
        var wrong = await WasRobbed.ForgeReceiptAsync(stolen, Forged.Fork(Forged.Size));
        World.SecondOf(WasRobbed).PutReceipt(wrong);
    }

    private static byte[] Altered(MemoryLog log)
    {
        var id = TileLayout.BundleAt(log.Size, 0);
        var entries = EntryBundle.Parse(log.Bundle(id), id.Width).Value;
        entries[OldIndex] = Changed(entries[OldIndex].ToArray());
        return EntryBundle.Encode(entries);
    }

    // The digest of its detail.
    private static byte[] Changed(byte[] entry)
    {
        var changed = entry.ToArray();
        changed[LogEntry.SizeBytes] ^= 1;
        return changed;
    }
}
