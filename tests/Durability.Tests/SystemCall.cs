using System.Globalization;
using System.Text.RegularExpressions;

namespace CbssReturn.Durability.Tests;

/// <summary>One traced system call, put together when the trace cut it in two.</summary>
/// <param name="Text">Name, arguments and result.</param>
/// <param name="Start">Line at which it began.</param>
/// <param name="End">Line at which it ended.</param>
internal sealed partial record SystemCall(string Text, int Start, int End)
{
    private const string Unfinished = "<unfinished ...>";

    /// <summary>What it returned; -1 when that is no number.</summary>
    public int Result => ResultPattern().Match(Text) is { Success: true } match
        ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
        : -1;

    /// <summary>Whether it read from a network connection.</summary>
    public bool IsReceive => ReceivePattern().IsMatch(Text);

    /// <summary>Whether it wrote to a network connection.</summary>
    public bool IsSend => SendPattern().IsMatch(Text);

    /// <summary>Whether it made the database's log durable.</summary>
    public bool IsSyncOfLog => SyncPattern().IsMatch(Text) && Text.Contains("node.db-wal", StringComparison.Ordinal);

    /// <summary>Reads a trace made with strace -f -y.</summary>
    public static IReadOnlyList<SystemCall> Parse(IReadOnlyList<string> lines)
    {
        var open = new Dictionary<string, (string Text, int Start)>();
        var calls = new List<SystemCall>();
        for (var line = 0; line < lines.Count; line++)
        {
            var match = LinePattern().Match(lines[line]);
            var (thread, text) = (match.Groups[1].Value, match.Groups[2].Value);
            var start = line;
            if (text.EndsWith(Unfinished, StringComparison.Ordinal))
            {
                open[thread] = (text[..^Unfinished.Length], line);
                continue;
            }

            if (ResumedPattern().Match(text) is { Success: true } resumed && open.Remove(thread, out var begun))
            {
                (text, start) = (begun.Text + resumed.Groups[1].Value, begun.Start);
            }

            calls.Add(new SystemCall(text, start, line));
        }

        return calls;
    }

    [GeneratedRegex(@"^(\d+)\s+(.*)$")]
    private static partial Regex LinePattern();

    [GeneratedRegex(@"^<\.\.\. \w+ resumed>(.*)$")]
    private static partial Regex ResumedPattern();

    [GeneratedRegex(@"= (\d+)$")]
    private static partial Regex ResultPattern();

    [GeneratedRegex(@"^(?:recvmsg|recvfrom|read)\(\d+<(?:TCP|socket):")]
    private static partial Regex ReceivePattern();

    [GeneratedRegex(@"^(?:sendmsg|sendto|write|writev)\(\d+<(?:TCP|socket):")]
    private static partial Regex SendPattern();

    [GeneratedRegex(@"^f(?:data)?sync\(")]
    private static partial Regex SyncPattern();
}
