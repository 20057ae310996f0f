using System.Text;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog;

/// <summary>Reads one file of c2sp.org/tlog-policy.</summary>
/// <remarks>Its text is bytes: names that are not ASCII are compared as they are, one character a byte.</remarks>
internal sealed class PolicyParser
{
    private readonly List<PolicyLog> _logs = [];
    private readonly List<PolicyWitness> _witnesses = [];
    private readonly List<PolicyGroup> _groups = [];
    private readonly HashSet<string> _names = [];
    private readonly HashSet<string> _members = [];
    private readonly HashSet<KeyId> _logKeys = [];
    private readonly HashSet<KeyId> _witnessKeys = [];
    private string? _quorum;

    /// <summary>Reads the file; used once.</summary>
    public Result<WitnessPolicy> Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines[^1].Length > 0)
        {
            return Malformed("The last line does not end with a line feed.");
        }

        for (var i = 0; i < lines.Length - 1; i++)
        {
            if (ReadLine(lines[i]) is { } breach)
            {
                return Malformed($"Line {i + 1}: {breach}");
            }
        }

        return _quorum is null
            ? Malformed("There is no quorum line.")
            : new WitnessPolicy(_logs, _witnesses, _groups, _quorum);
    }

    private static Refusal Malformed(string message) => new(RefusalCode.PolicyMalformed, message);

    /// <summary>Reads a line; returns what is wrong with it, or null.</summary>
    private string? ReadLine(string line)
    {
        if (line.Any(character => character is (< ' ' and not '\t') or '\x7f'))
        {
            return "There is a control character.";
        }

        var items = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return items switch
        {
            [] or [['#', ..], ..] => null,
            ["log", var vkey] => ReadLog(vkey, null),
            ["log", var vkey, var url] => ReadLog(vkey, url),
            ["witness", var name, var vkey] => ReadWitness(name, vkey, null),
            ["witness", var name, var vkey, var url] => ReadWitness(name, vkey, url),
            ["group", var name, var threshold, _, ..] => ReadGroup(name, threshold, items[3..]),
            ["quorum", var name] => ReadQuorum(name),
            _ => "It is neither a log, a witness, a group nor a quorum.",
        };
    }

    private string? ReadLog(string vkey, string? url)
    {
        if (ReadKey(vkey, NoteKeyType.Ed25519) is not { } key)
        {
            return "It has no key of a log.";
        }

        _logs.Add(new PolicyLog(key, url));
        return !_logKeys.Add(key.Key.Kid) ? "The key stands there twice."
            : _logs.Count > WitnessPolicy.LinesMax ? "There are too many logs."
            : null;
    }

    private string? ReadWitness(string name, string vkey, string? url)
    {
        if (ReadKey(vkey, NoteKeyType.CosignatureV1) is not { } key)
        {
            return "It has no key of a witness.";
        }

        _witnesses.Add(new PolicyWitness(name, key, url));
        return !_witnessKeys.Add(key.Key.Kid) ? "The key stands there twice."
            : _witnesses.Count > WitnessPolicy.LinesMax ? "There are too many witnesses."
            : ReadName(name);
    }

    private string? ReadGroup(string name, string threshold, string[] members)
    {
        long? count = threshold switch
        {
            "any" => 1,
            "all" => members.Length,
            _ => StrictDecimal.TryParse(threshold, out var number) ? number : null,
        };
        if (count is not { } least || least < 1 || least > members.Length)
        {
            return "The threshold is not all, any, or from 1 to the number of members.";
        }

        // Each name in one place only: no witness counts twice.
        if (!members.All(member => _names.Contains(member) && _members.Add(member)))
        {
            return "A member is not defined above, or is a member already.";
        }

        _groups.Add(new PolicyGroup(name, (int)least, members));
        return _groups.Count > WitnessPolicy.LinesMax ? "There are too many groups." : ReadName(name);
    }

    private string? ReadQuorum(string name)
    {
        if (_quorum is not null)
        {
            return "There is a quorum already.";
        }

        _quorum = name;
        return name == WitnessPolicy.QuorumNone || _names.Contains(name) ? null : "The quorum is not defined above.";
    }

    private string? ReadName(string name) => name != WitnessPolicy.QuorumNone && _names.Add(name)
        ? null
        : "The name is taken.";

    private static VerifierKey? ReadKey(string vkey, NoteKeyType type) =>
        NoteText.TryDecode(Encoding.Latin1.GetBytes(vkey), out var text)
        && VerifierKey.Parse(text).TryGet(out var key, out _)
        && key.Type == type
            ? key
            : null;
}
