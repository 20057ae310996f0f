using System.Text.Json.Nodes;
using CbssReturn.AuditLog.Tests.Notes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog.Tests.Crafted;

// Notes and checkpoints.
internal static partial class CraftedCases
{
    private const ulong Now = 1_800_000_000;
    private const string Root = "iqOmfKyJ5GxAcHVeNNgL4fbM86nSND7rm/9C3WQ85Ak=";

    private static IEnumerable<JsonObject> NoteCases()
    {
        const string Text = "a note\n";
        string Unknown(int count) =>
            string.Concat(Enumerable.Range(0, count).Select(i => Line($"unknown.example/{i}", 7, new byte[64])));
        JsonObject Note(string id, string? code, string note, int threshold = 1, params string[] vkeys)
        {
            var test = Case(id, "note", code);
            test["text"] = note;
            test["vkeys"] = Texts(vkeys.Length > 0 ? vkeys : [Log.ToString(), Witness.ToString()]);
            test["threshold"] = threshold;
            return test;
        }

        yield return Note("plain", null, Signed(Text));
        yield return Note("empty-lines-around", null, Signed("\n\n\nx\n\n"));
        yield return Note("text-is-an-empty-line", null, Signed("\n"));
        yield return Note("unknown-key-of-the-same-name-beside", null, Signed(Text, Line(LogName, 7, new byte[64])));
        yield return Note("known-id-under-another-name", "CB-4002", $"{Text}\n{Line("x", Log.Id, Sign("log", Text))}");
        yield return Note("known-key-twice-one-wrong", "CB-4002", Signed(Text, LogLine("another\n")));
        yield return Note("known-key-twice-first-wrong", "CB-4002", $"{Text}\n{LogLine("another\n")}{LogLine(Text)}");
        yield return Note("known-key-twice-counts-once", "CB-4005", Signed(Text, LogLine(Text)), 2);
        yield return Note("16-signatures", null, Signed(Text, Unknown(15)));
        yield return Note("64-signatures", null, Signed(Text, Unknown(63)));
        yield return Note("65-signatures", "CB-4001", Signed(Text, Unknown(64)));
        yield return Note("tab", "CB-4001", Signed("a\tnote\n"));
        yield return Note("carriage-return", "CB-4001", Signed("a note\r\n"));
        yield return Note("zero", "CB-4001", Signed("a\0note\n"));
        yield return Note("plus-in-a-name", "CB-4001", Signed(Text, Line("a+b", 7, new byte[64])));
        yield return Note("no-break-space-in-a-name", "CB-4001", Signed(Text, Line("a\u00a0b", 7, new byte[64])));
        yield return Note("no-name", "CB-4001", Signed(Text, Line("", 7, new byte[64])));
        yield return Note("key-id-alone", "CB-4001", Signed(Text, Line("unknown", 7, [])));
        yield return Note("key-id-and-a-byte", null, Signed(Text, Line("unknown", 7, [1])));
        yield return Note("padding-missing", "CB-4001", Signed(Text, $"{Mark} unknown AAAAAAA\n"));
        yield return Note("stray-bits", "CB-4001", Signed(Text, $"{Mark} unknown AAAAAAB=\n"));
        yield return Note("white-space-in-base64", "CB-4001", Signed(Text, $"{Mark} unknown AAAA AAAA\n"));
        yield return Note("two-spaces", "CB-4001", Signed(Text, $"{Mark} unknown  AAAAAAAA\n"));
        yield return Note("en-dash", "CB-4001", Signed(Text, "\u2013 unknown AAAAAAAA\n"));
        yield return Note("empty-line-under-signatures", "CB-4001", Signed(Text, "\n"));
        yield return Note(
            "witness-signs-without-time", "CB-4002",
            Signed(Text, Line(Witness.Name, Witness.Id, Sign("witness1", Text))));
        yield return Note(
            "log-signs-a-byte-more", "CB-4002", $"{Text}\n{Line(LogName, Log.Id, [.. Sign("log", Text), 0])}");
        yield return Note(
            "signature-of-63-bytes", "CB-4002", $"{Text}\n{Line(LogName, Log.Id, Sign("log", Text).AsSpan(0, 63))}");

        yield return Note("vkey-with-the-id-of-another", "CB-6001", Signed(Text), 1, VkeyOf(LogName, Log.Id + 1, 1));
        yield return Note("vkey-in-capitals", "CB-6001", Signed(Text), 1, VkeyOf(LogName, Log.Id, 1, "X8"));
        yield return Note("vkey-of-another-type", "CB-6001", Signed(Text), 1, VkeyOf(LogName, Log.Id, 2));
        yield return Note("vkey-with-a-byte-more", "CB-6001", Signed(Text), 1, VkeyOf(LogName, Log.Id, 1, "x8", 0));
        yield return Note("vkey-with-a-space", "CB-6001", Signed(Text), 1, $" {Log}");
        yield return Note(
            "vkey-of-small-order", "CB-6002", Signed(Text), 1,
            $"{LogName}+00000000+{Convert.ToBase64String([1, 1, .. new byte[31]])}");
    }

    private static string VkeyOf(string name, uint id, byte type, string format = "x8", params byte[] more) =>
        $"{name}+{id.ToString(format, null)}+{Convert.ToBase64String([type, .. Log.Key.Bytes.Span, .. more])}";

    private static IEnumerable<JsonObject> CheckpointCases()
    {
        var head = Head("7", Root);
        JsonObject Checkpoint(string id, string? code, string note, int threshold = 0, params string[] witnesses)
        {
            var test = Case(id, "checkpoint", code);
            test["text"] = note;
            test["log_vkey"] = Log.ToString();
            test["witness_vkeys"] = Texts(witnesses.Length > 0 ? witnesses : [Witness.ToString()]);
            test["threshold"] = threshold;
            return test;
        }

        JsonObject Text(string id, string text) => Checkpoint(id, "CB-4003", Signed(text));

        yield return Checkpoint("plain", null, Signed(head));
        yield return Checkpoint("largest-size", null, Signed(Head("9223372036854775807", Root)));
        yield return Checkpoint("cosigned", null, Signed(head, WitnessLine(head, Now)), 1);
        yield return Checkpoint("cosigned-first", null, $"{head}\n{WitnessLine(head, Now)}{LogLine(head)}", 1);
        yield return Text("size-2-to-the-64", Head("18446744073709551616", Root));
        yield return Text("extension-line", head + "extension\n");
        yield return Text("empty-origin", Head("7", Root, string.Empty));
        yield return Text("space-in-the-origin", Head("7", Root, LogName + " "));
        yield return Text("empty-size", Head("", Root));
        yield return Text("space-before-the-size", Head(" 7", Root));
        yield return Text("size-00", Head("00", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="));
        yield return Text("size-in-arabic-digits", Head("\u0667", Root));
        yield return Text("root-with-stray-bits", Head("7", Loose(Root)));
        yield return Text("root-without-padding", Head("7", Root[..^1]));
        yield return Text("root-of-64-bytes", Head("7", Convert.ToBase64String(new byte[64])));
        yield return Text("empty-root", Head("7", ""));
        yield return Text("root-then-space", Head("7", Root + " "));
        yield return Checkpoint(
            "origin-of-another-log", "CB-4004", Signed(Head("7", Root, "log.lv-shelter-1.cbssreturn.example")));
        yield return Checkpoint("one-witness-twice", "CB-4005", Signed(head, CosignedTwice(head)), 2);
        yield return Checkpoint(
            "one-key-under-two-names", "CB-4005", Signed(head, CosignedUnder(head, "a") + CosignedUnder(head, "b")), 2,
            VerifierKey.OfWitness("a", Witness.Key).ToString(), VerifierKey.OfWitness("b", Witness.Key).ToString());
        yield return Checkpoint(
            "time-changed", "CB-4002", Signed(head, WitnessLine(head, Now, Now + 1)), 0);
        yield return Checkpoint(
            "time-in-the-other-order", "CB-4002",
            Signed(head, WitnessLine(head, Now, System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(Now))), 0);
        yield return Checkpoint("time-zero", null, Signed(head, WitnessLine(head, 0)), 1);
        yield return Checkpoint("last-second-of-9999", null, Signed(head, WitnessLine(head, 253_402_300_799)), 1);
        yield return Checkpoint(
            "first-second-of-10000", "CB-4002", Signed(head, WitnessLine(head, 253_402_300_800)), 0);
        yield return Checkpoint("last-time-of-all", "CB-4002", Signed(head, WitnessLine(head, ulong.MaxValue)), 0);
        yield return Checkpoint(
            "cosignature-of-another-text", "CB-4002", Signed(head, WitnessLine(Head("8", Root), Now)), 0);
        yield return Checkpoint(
            "cosignature-a-byte-longer", "CB-4002",
            Signed(head, Line(Witness.Name, Witness.Id, new byte[8 + 65])), 0);
        yield return Checkpoint("witness-without-the-log", "CB-4002", $"{head}\n{WitnessLine(head, Now)}", 1);
        yield return Checkpoint("log-as-a-witness", "CB-6001", Signed(head), 0, Log.ToString());
    }

    private static string CosignedTwice(string head) => WitnessLine(head, Now) + WitnessLine(head, Now + 60);

    private static string CosignedUnder(string head, string name)
    {
        using var key = NoteVectors.PrivateKey("witness1");
        var checkpoint = new Checkpoint(LogName, 7, Digest.FromBytes(Convert.FromHexString(
            "8aa3a67cac89e46c4070755e34d80be1f6ccf3a9d2343eeb9bff42dd643ce409")));
        Assert.Equal(head, checkpoint.ToText());
        return Cosignature.Sign(checkpoint, name, key, DateTimeOffset.FromUnixTimeSeconds((long)Now)).ToLine();
    }
}
