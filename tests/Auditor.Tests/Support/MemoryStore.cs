using CbssReturn.AuditLog;
using CbssReturn.Auditor.State;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Tests;

/// <summary>What an auditor keeps between rounds, in memory: it outlives the auditor, as files do.</summary>
internal sealed class MemoryStore : IAuditorStore
{
    private readonly Dictionary<string, byte[]> _states = [];
    private readonly Dictionary<(string First, string Second), byte[]> _ledgers = [];
    private readonly Dictionary<string, MemoryMirror> _mirrors = [];

    /// <summary>How many more times something is kept before the disk is full; null for always.</summary>
    public int? WritesLeft { get; set; }

    // The forms of the files are used, so that what they lose is lost here as well.
    public Result<LogState> Load(string origin) => _states.TryGetValue(origin, out var bytes)
        ? LogStateJson.Parse(bytes, origin)
        : LogState.New(origin);

    public void Save(LogState state)
    {
        Write();
        _states[state.Origin] = LogStateJson.Write(state);
    }

    public ILogMirror MirrorOf(string origin)
    {
        if (!_mirrors.TryGetValue(origin, out var mirror))
        {
            _mirrors.Add(origin, mirror = new MemoryMirror());
        }

        return mirror;
    }

    public Result<IReadOnlyList<TagLedgerState>> LoadLedgers() =>
        _ledgers.Values.Select(bytes => LedgerJson.Parse(bytes).Value).ToList();

    public void Save(TagLedgerState ledger)
    {
        Write();
        _ledgers[(ledger.First.Origin, ledger.Second.Origin)] = LedgerJson.Write(ledger);
    }

    public string Keep(string cause, AuditAlarm alarm)
    {
        Write();
        return cause;
    }

    private void Write()
    {
        if (WritesLeft-- == 0)
        {
            throw new IOException("The disk is full.");
        }
    }
}
