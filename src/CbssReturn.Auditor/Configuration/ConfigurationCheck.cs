using CbssReturn.AuditLog;
using CbssReturn.Auditor.Files;
using CbssReturn.Auditor.Nodes;
using CbssReturn.Auditor.Watch;
using CbssReturn.Outcomes;

namespace CbssReturn.Auditor.Configuration;

/// <summary>Checks options against each other and makes the configuration of them.</summary>
/// <param name="folder">Folder that paths are relative to.</param>
internal sealed class ConfigurationCheck(string folder)
{
    private const int LogsMax = 1024;
    private const int RoundSecondsMax = 3600;
    private const int SecondsMax = 86_400;
    private const int MinutesPerDay = 1440;
    private const int WeekdaysMax = 127;

    private readonly Dictionary<string, LogPlace> _places = [];
    private readonly Dictionary<string, NodeAddress> _tagNodes = [];
    private readonly List<WatchedLog> _logs = [];
    private readonly List<VerifierKey> _logKeys = [];
    private readonly List<NodeAddress> _gossip = [];
    private bool _callsNodes;

    /// <summary>Checks options.</summary>
    /// <returns>The configuration, or the first breach with <see cref="RefusalCode.ConfigurationMalformed"/>.</returns>
    public Result<AuditorConfiguration> Check(AuditorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (FindBreachOfNumbers(options) is { } breach)
        {
            return breach;
        }

        for (var i = 0; i < options.Logs.Count; i++)
        {
            if (ReadKey(options.Logs[i], i) is { } wrong)
            {
                return wrong;
            }
        }

        if (!ReadPolicy(options).TryGet(out var policy, out var refusal)
            || !ReadWitness(options.OwnWitness).TryGet(out var witness, out refusal))
        {
            return refusal;
        }

        for (var i = 0; i < options.Logs.Count; i++)
        {
            if (ReadLog(options, i, policy) is { } wrong)
            {
                return wrong;
            }
        }

        if (FindBreachOfOthers(options) is { } other)
        {
            return other;
        }

        if (_callsNodes && options.Identity is null)
        {
            return Wrong("Nodes are called with a certificate: name it.", "identity");
        }

        return new AuditorConfiguration
        {
            Identity = options.Identity is { } own ? (Full(own.Certificate), Full(own.Key)) : null,
            StateFolder = Full(options.StateFolder),
            MirrorFolder = Full(options.MirrorFolder),
            EvidenceFolder = Full(options.EvidenceFolder),
            ReceiptsFolder = options.ReceiptsFolder is { } receipts ? Full(receipts) : null,
            RoundEvery = TimeSpan.FromSeconds(options.RoundSeconds),
            Logs = _logs,
            Places = _places,
            Policy = policy,
            OtherOrigins = [.. options.OtherLogs.Select(log => log.Origin)],
            TagNodes = _tagNodes,
            Witness = witness.Value,
            Gossip = _gossip,
        };
    }

    private static Refusal? FindBreachOfNumbers(AuditorOptions options)
    {
        if (options.Logs.Count is < 1 or > LogsMax)
        {
            return Wrong(FormattableString.Invariant($"There are 1 to {LogsMax} logs."), "logs");
        }

        if (options.RoundSeconds is < 1 or > RoundSecondsMax)
        {
            return Wrong(
                FormattableString.Invariant($"A round takes 1 to {RoundSecondsMax} seconds."), "round_seconds");
        }

        if (options.StaleAfterSeconds is < 1 or > SecondsMax || options.UnwitnessedAfterSeconds is < 1 or > SecondsMax)
        {
            return Wrong(
                FormattableString.Invariant($"Silence is judged after 1 to {SecondsMax} seconds."),
                "stale_after_seconds");
        }

        return null;
    }

    private Refusal? ReadKey(LogOptions log, int i)
    {
        var field = FormattableString.Invariant($"logs[{i}].key");
        if (!VerifierKey.Parse(log.Key).TryGet(out var key, out var refusal))
        {
            return Wrong(refusal.Message, field);
        }

        if (key.Type != NoteKeyType.Ed25519 || _logKeys.Exists(other => other.Name == key.Name))
        {
            return Wrong("It is the key of a log, and each log stands once.", field);
        }

        _logKeys.Add(key);
        return null;
    }

    private Result<WitnessPolicy> ReadPolicy(AuditorOptions options)
    {
        if (options.PolicyFile is { } file)
        {
            return options.Witnesses.Count > 0 || options.Quorum is not null
                ? Wrong("Witnesses and quorum stand in the policy file.", "policy_file")
                : SmallFile.Read(Full(file), WitnessPolicy.SizeBytesMax)
                    .Then(bytes => WitnessPolicy.Parse(bytes));
        }

        List<VerifierKey> witnesses = [];
        foreach (var text in options.Witnesses)
        {
            if (!VerifierKey.Parse(text).TryGet(out var key, out var refusal))
            {
                return Wrong(refusal.Message, "witnesses");
            }

            witnesses.Add(key);
        }

        var quorum = options.Quorum ?? (witnesses.Count == 0 ? 0 : WitnessPolicy.QuorumOf(witnesses.Count));
        if (quorum < 0 || quorum > witnesses.Count)
        {
            return Wrong("A quorum is at most the number of witnesses.", "quorum");
        }

        return WitnessPolicy.Of(_logKeys, witnesses, quorum).TryGet(out var policy, out var malformed)
            ? policy
            : Wrong(malformed.Message, "witnesses");
    }

    private Refusal? ReadLog(AuditorOptions options, int i, WitnessPolicy policy)
    {
        var (log, key) = (options.Logs[i], _logKeys[i]);
        var field = FormattableString.Invariant($"logs[{i}]");
        if (!ReadPlace(log.Source, $"{field}.source").TryGet(out var place, out var refusal))
        {
            return refusal;
        }

        if (log.Awake is { } awake
            && (awake.FromMinute < 0
                || awake.UntilMinute <= awake.FromMinute
                || awake.UntilMinute > MinutesPerDay
                || awake.Weekdays is < 1 or > WeekdaysMax))
        {
            return Wrong("The hours do not lie in a day, or name no day.", $"{field}.awake");
        }

        _places[key.Name] = place;
        _logs.Add(new WatchedLog
        {
            Key = key,
            Policy = policy,
            HasEntries = log.Entries,
            Awake = log.Awake is { } hours
                ? new AwakeHours(hours.FromMinute, hours.UntilMinute, hours.Weekdays)
                : null,
            StaleAfter = TimeSpan.FromSeconds(options.StaleAfterSeconds),
            UnwitnessedAfter = TimeSpan.FromSeconds(options.UnwitnessedAfterSeconds),
        });
        return log.Tags is null ? null : ReadTags(key.Name, log.Tags, $"{field}.tags");
    }

    private Refusal? FindBreachOfOthers(AuditorOptions options)
    {
        for (var i = 0; i < options.OtherLogs.Count; i++)
        {
            var log = options.OtherLogs[i];
            var field = FormattableString.Invariant($"other_logs[{i}]");
            if (!VerifierKey.IsName(log.Origin))
            {
                return Wrong("This is not the origin of a log.", $"{field}.origin");
            }

            if (log.Tags is { } tags && ReadTags(log.Origin, tags, $"{field}.tags") is { } breach)
            {
                return breach;
            }
        }

        for (var i = 0; i < options.Gossip.Count; i++)
        {
            if (!ReadNode(options.Gossip[i], FormattableString.Invariant($"gossip[{i}]"))
                .TryGet(out var node, out var refusal))
            {
                return refusal;
            }

            _gossip.Add(node);
        }

        return null;
    }

    private Refusal? ReadTags(string origin, PlaceOptions place, string field)
    {
        if (!ReadNode(place, field).TryGet(out var node, out var refusal))
        {
            return refusal;
        }

        _tagNodes[origin] = node;
        return null;
    }

    private Result<OwnWitness> ReadWitness(WitnessOptions? witness)
    {
        if (witness is null)
        {
            return new OwnWitness(null);
        }

        if (!VerifierKey.Parse(witness.Key).TryGet(out var key, out var refusal)
            || key.Type != NoteKeyType.CosignatureV1)
        {
            return Wrong(refusal?.Message ?? "It is the key of a witness.", "own_witness.key");
        }

        var place = new PlaceOptions { Endpoint = witness.Endpoint, Pins = witness.Pins };
        return ReadNode(place, "own_witness").Then<OwnWitness>(node => new OwnWitness((node, key)));
    }

    private Result<LogPlace> ReadPlace(PlaceOptions place, string field)
    {
        if (place.Folder is { } path)
        {
            return place.Endpoint is null && place.Pins.Count == 0
                ? new LogPlace(null, Full(path))
                : Wrong("It is a node or a folder, not both.", field);
        }

        return ReadNode(place, field).Then<LogPlace>(node => new LogPlace(node, null));
    }

    private Result<NodeAddress> ReadNode(PlaceOptions place, string field)
    {
        if (place.Endpoint is not { } endpoint || place.Folder is not null)
        {
            return Wrong("It has an endpoint and pins.", field);
        }

        _callsNodes = true;
        return NodeAddress.Parse(endpoint, place.Pins).TryGet(out var address, out var refusal)
            ? address
            : Wrong(refusal.Message, $"{field}.{refusal.Field}");
    }

    private string Full(string path) => Path.GetFullPath(path, folder);

    private static Refusal Wrong(string message, string field) =>
        new(RefusalCode.ConfigurationMalformed, message, field);

    private sealed record OwnWitness((NodeAddress Node, VerifierKey Key)? Value);
}
