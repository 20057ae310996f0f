using System.Text;
using System.Text.Json;
using CbssReturn.Cli.Commands;
using CbssReturn.Cli.Desk;
using CbssReturn.Cli.Json;
using CbssReturn.Outcomes;

namespace CbssReturn.Cli.Errors;

/// <summary>Writes a refusal to standard error: code, what did not happen, why, whether anything left the machine, and
/// one thing to do next. No name and no case content stands in it, because none stands in a refusal.</summary>
internal static class ErrorReport
{
    private const string NextUnknown = "Read docs/ERRORS.md of the node's version.";

    /// <summary>Says that a command was refused.</summary>
    /// <param name="session">Where to write.</param>
    /// <param name="failed">What did not happen, as a full sentence.</param>
    /// <param name="refusal">The refusal.</param>
    public static void Write(Session session, string failed, Refusal refusal)
    {
        var isUnknown = refusal.LocalDetail == DeskRefusal.OutcomeUnknown;
        Write(
            session,
            refusal,
            isUnknown ? $"{failed} Or it was: that is not known." : failed,
            isUnknown ? "UNKNOWN" : "NOTHING",
            isUnknown
                ? "It is not known whether anything was queued; look before you repeat."
                : "Nothing left this machine.");
    }

    /// <summary>Says that a packet was queued, and why it has not arrived.</summary>
    public static void WriteUnfinished(Session session, Refusal refusal) =>
        Write(
            session,
            refusal,
            "The packet was queued and has not arrived.",
            "QUEUED",
            "Nothing can be read on the way: the packet is sealed.");

    private static void Write(Session session, Refusal refusal, string failed, string left, string leftWords)
    {
        var next = (ErrorTexts.Find(refusal.Code)?.NextStep ?? NextUnknown).Replace("`", "", StringComparison.Ordinal);
        if (session.Json)
        {
            session.Error.WriteLine(ToJson(refusal, failed, left, next));
            return;
        }

        session.Error.WriteLine($"{refusal.CodeText}  {failed}");
        session.Error.WriteLine($"  Why:   {Printable(refusal.Message)}");
        if (refusal.Field is not null)
        {
            session.Error.WriteLine($"  Where: {Printable(refusal.Field)}");
        }

        session.Error.WriteLine($"  Left:  {leftWords}");
        session.Error.WriteLine($"  Next:  {next}");
    }

    private static string ToJson(Refusal refusal, string failed, string left, string next)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, CaseworkJson.Options(indented: false)))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("ok", false);
            writer.WriteString("code", refusal.CodeText);
            writer.WriteString("what", failed);
            writer.WriteString("why", refusal.Message);
            if (refusal.Field is not null)
            {
                writer.WriteString("field", refusal.Field);
            }

            writer.WriteString("left_machine", left);
            writer.WriteString("next", next);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    // The words come over a socket; a control character in them must not steer the terminal.
    private static string Printable(string text) =>
        string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
