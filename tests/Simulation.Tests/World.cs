using System.Security.Cryptography;
using System.Text;
using CbssReturn.AuditLog;
using Microsoft.Extensions.Time.Testing;

namespace CbssReturn.Simulation.Tests;

/// <summary>Focal points and nodes around one fake clock. Each focal point is a witness, keeps the logs of its nodes,
/// and audits; what it does is the code of the rooms AuditLog and Auditor.</summary>
internal sealed class World
{
    public const int FocalPointCount = 11;
    public const int NodeCount = 20;

    /// <summary>Minutes from one checkpoint to the next.</summary>
    public const int IntervalMinutes = 10;

    /// <summary>Minutes from one look of an auditor to the next.</summary>
    public const int RoundMinutes = 5;

    /// <summary>How long a node that should be awake may be silent, and how long without enough witnesses.</summary>
    public static readonly TimeSpan SilentMax = TimeSpan.FromMinutes(45);

    public static readonly DateTimeOffset Start = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);

    // Until which minute a machine is cut off from all others.
    private readonly Dictionary<object, int> _cutUntil = [];

    public World(int seed)
    {
        Chance = new SeededChance(seed);
        Nodes = [.. Enumerable.Range(0, NodeCount).Select(number => new SimNode(this, number))];
        FocalPoints = [.. Enumerable.Range(0, FocalPointCount).Select(number => new SimFocalPoint(this, number))];
    }

    public FakeTimeProvider Time { get; } = new(Start);

    public SeededChance Chance { get; }

    public IReadOnlyList<SimNode> Nodes { get; }

    public IReadOnlyList<SimFocalPoint> FocalPoints { get; }

    /// <summary>Minutes since the start.</summary>
    public int Minute { get; private set; }

    /// <summary>How many of a thousand answers are lost.</summary>
    public int LossPerMille { get; set; }

    /// <summary>How many of a thousand minutes of a node bring a new packet.</summary>
    public int TrafficPerMille { get; set; } = 60;

    /// <summary>Every alarm, with who raised it.</summary>
    public List<(SimFocalPoint By, AuditAlarm Alarm)> Alarms { get; } = [];

    /// <summary>Is called at the start of each minute.</summary>
    public Func<Task>? OnMinute { get; set; }

    public static byte[] Seed(string name) => SHA256.HashData(Encoding.UTF8.GetBytes($"simulation {name}"));

    /// <summary>The focal point to which a node hands its log over.</summary>
    public SimFocalPoint HomeOf(SimNode node) => FocalPoints[node.Number % FocalPointCount];

    /// <summary>The focal point that reads the log from the node itself.</summary>
    public SimFocalPoint SecondOf(SimNode node) => FocalPoints[(node.Number + 1) % FocalPointCount];

    /// <summary>The two nodes with which a node exchanges packets.</summary>
    public IEnumerable<SimNode> PartnersOf(SimNode node) =>
        [Nodes[(node.Number + 1) % NodeCount], Nodes[(node.Number + NodeCount - 1) % NodeCount]];

    public SimNode NodeOf(string origin) => Nodes.Single(node => node.Origin == origin);

    public void CutOff(object machine, int minutes) => _cutUntil[machine] = Minute + minutes;

    /// <summary>Whether a call from one machine to another arrives now.</summary>
    public bool Reaches(object one, object other) =>
        IsUp(one) && IsUp(other) && !IsCutOff(one) && !IsCutOff(other) && !Chance.Happens(LossPerMille / 4);

    public async Task RunAsync(int minutes)
    {
        for (var end = Minute + minutes; Minute < end; Minute++)
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            await (OnMinute?.Invoke() ?? Task.CompletedTask);
            foreach (var machine in Nodes.Where(node => node.DownUntil == Minute))
            {
                await machine.RestartAsync();
            }

            foreach (var node in Nodes.Where(node => node.IsUp(Minute)))
            {
                await LiveAsync(node);
            }

            if (Minute % RoundMinutes == RoundMinutes / 2)
            {
                foreach (var point in FocalPoints.Where(point => point.IsUp(Minute)))
                {
                    await point.RunRoundAsync();
                }
            }
        }
    }

    /// <summary>The alarms of a kind about a node, by distinct text of kind, level, log and index.</summary>
    public IReadOnlyList<AuditAlarm> Find(AlarmKind kind, SimNode about) =>
        [.. Alarms.Select(raised => raised.Alarm).Where(alarm => alarm.Kind == kind && alarm.Origin == about.Origin)];

    /// <summary>Every alarm on a line of its own, for the message of a test.</summary>
    public string Describe() => string.Join(
        '\n',
        Alarms.Select(raised => $"focal point {raised.By.Number}: {raised.Alarm} {raised.Alarm.Text}").Distinct());

    private async Task LiveAsync(SimNode node)
    {
        if (Chance.Happens(TrafficPerMille))
        {
            node.Send(PartnersOf(node).ElementAt(Chance.Below(2)), isRefused: Chance.Happens(100));
        }

        if (Chance.Happens(TrafficPerMille))
        {
            node.NoteLocal();
        }

        await node.WorkAsync();
        if (Minute % IntervalMinutes == 0)
        {
            node.Publish();
        }

        await node.PushAsync();
    }

    private bool IsCutOff(object machine) => _cutUntil.GetValueOrDefault(machine) > Minute;

    private bool IsUp(object machine) => machine switch
    {
        SimNode node => node.IsUp(Minute),
        SimFocalPoint point => point.IsUp(Minute),
        _ => throw new ArgumentException("This is no machine.", nameof(machine)),
    };
}
