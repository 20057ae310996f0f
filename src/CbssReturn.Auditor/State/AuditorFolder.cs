using System.Diagnostics.CodeAnalysis;
using System.Text;
using CbssReturn.AuditLog;
using CbssReturn.Auditor.Files;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Auditor.State;

/// <summary>An auditor's store in folders: a state file and a mirror for each log, and evidence.</summary>
internal sealed class AuditorFolder : IAuditorStore, IDisposable
{
    /// <summary>Name of the file that holds a whole alarm, beside the blobs of its evidence.</summary>
    public const string AlarmFile = "alarm.json";

    private const string LedgerFolder = "tags";
    private const string LockFile = "lock";

    private readonly string _stateFolder;
    private readonly string _ledgerFolder;
    private readonly string _mirrorFolder;
    private readonly string _evidenceFolder;
    private readonly Dictionary<string, MirrorFolder> _mirrors = [];
    private readonly FileStream _lock;

    private AuditorFolder(string stateFolder, string mirrorFolder, string evidenceFolder)
    {
        (_stateFolder, _mirrorFolder, _evidenceFolder) = (stateFolder, mirrorFolder, evidenceFolder);
        _ledgerFolder = Path.Combine(stateFolder, LedgerFolder);
        DurableFiles.MakeFolder(_ledgerFolder);
        DurableFiles.MakeFolder(mirrorFolder);
        DurableFiles.MakeFolder(evidenceFolder);
        _lock = new FileStream(
            Path.Combine(stateFolder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>Opens a store, and makes its folders.</summary>
    /// <param name="stateFolder">Folder of states and tags.</param>
    /// <param name="mirrorFolder">Folder of the own copies.</param>
    /// <param name="evidenceFolder">Folder of alarms.</param>
    /// <returns>The store, which the caller disposes; or a refusal with <see cref="RefusalCode.FileUnreadable"/> when
    /// the folders cannot be made, or another auditor uses them.</returns>
    [SuppressMessage(
        "IDisposableAnalyzers.Correctness", "IDISP005", Justification = "The caller owns the value of the result.")]
    public static Result<AuditorFolder> Open(string stateFolder, string mirrorFolder, string evidenceFolder)
    {
        try
        {
            return new AuditorFolder(stateFolder, mirrorFolder, evidenceFolder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Refusal(
                RefusalCode.FileUnreadable,
                "The auditor's folders cannot be used, or another auditor uses them.",
                stateFolder,
                failure.GetType().Name);
        }
    }

    /// <summary>Where the own copy of a log lies.</summary>
    public string FolderOf(string origin) => Path.Combine(_mirrorFolder, SafeName.Of(origin));

    /// <inheritdoc/>
    public Result<LogState> Load(string origin)
    {
        var place = StateFileOf(origin);
        if (SmallFile.Read(place, LogStateJson.SizeBytesMax).TryGet(out var bytes, out var refusal))
        {
            return LogStateJson.Parse(bytes, origin).TryGet(out var state, out refusal)
                ? state
                : new Refusal(refusal.Code, refusal.Message, place);
        }

        return refusal.Code == RefusalCode.NotFound ? LogState.New(origin) : refusal;
    }

    /// <inheritdoc/>
    public void Save(LogState state)
    {
        AtomicFile.Replace(StateFileOf(state.Origin), LogStateJson.Write(state));
    }

    /// <inheritdoc/>
    public ILogMirror MirrorOf(string origin)
    {
        if (!_mirrors.TryGetValue(origin, out var mirror))
        {
            mirror = new MirrorFolder(FolderOf(origin));
            _mirrors.Add(origin, mirror);
        }

        return mirror;
    }

    /// <inheritdoc/>
    public Result<IReadOnlyList<TagLedgerState>> LoadLedgers()
    {
        List<TagLedgerState> ledgers = [];
        foreach (var file in Directory.EnumerateFiles(_ledgerFolder, "*.json").Order(StringComparer.Ordinal))
        {
            if (!SmallFile.Read(file, LedgerJson.SizeBytesMax).Then(bytes => LedgerJson.Parse(bytes))
                .TryGet(out var ledger, out var refusal))
            {
                return new Refusal(refusal.Code, refusal.Message, file);
            }

            ledgers.Add(ledger);
        }

        return ledgers;
    }

    /// <inheritdoc/>
    public void Save(TagLedgerState ledger)
    {
        var pair = Digest.Of(Encoding.UTF8.GetBytes($"{ledger.First.Origin}\n{ledger.Second.Origin}"));
        AtomicFile.Replace(Path.Combine(_ledgerFolder, $"{pair}.json"), LedgerJson.Write(ledger));
    }

    /// <inheritdoc/>
    public string Keep(string cause, AuditAlarm alarm)
    {
        // Kind first, for who lists the folder; the digest keeps causes apart.
        var name = AlarmJson.NameOf(alarm.Kind).ToLowerInvariant();
        var id = Digest.Of(Encoding.UTF8.GetBytes($"{alarm.Origin}\n{cause}")).ToString()[..16];
        var folder = Path.Combine(_evidenceFolder, $"{name}-{id}");
        DurableFiles.MakeFolder(folder);
        foreach (var (blob, content) in alarm.Evidence)
        {
            AtomicFile.Replace(Path.Combine(folder, SafeName.Of(blob)), content.Span);
        }

        AtomicFile.Replace(Path.Combine(folder, AlarmFile), AlarmJson.Write(alarm));
        DurableFiles.FlushFolder(_evidenceFolder);
        return folder;
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private string StateFileOf(string origin) => Path.Combine(_stateFolder, SafeName.Of(origin) + ".json");
}
