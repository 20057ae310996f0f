using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog.Tests.Crafted;

// Proofs and requests, over trees of up to five entries whose hashes are put together here.
internal static partial class CraftedCases
{
    private static readonly byte[][] Entries = [[], [1], [2, 2], [3, 3, 3], [4, 4, 4, 4]];

    private static IEnumerable<JsonObject> ProofCases()
    {
        var (root1, root3, root5) = (Tree(1), Tree(3), Tree(5));
        JsonObject Proof(
            string id, string? code, string text, int entry, int threshold = 0)
        {
            var test = Case(id, "tlogproof", code);
            test["text"] = text;
            test["leaf_b64"] = Convert.ToBase64String(Entries[entry]);
            test["log_vkey"] = Log.ToString();
            test["witness_vkeys"] = Texts([Witness.ToString()]);
            test["threshold"] = threshold;
            return test;
        }

        string Text(string index, int size, Digest root, params Digest[] hashes) =>
            Body(index, size, root, Lines(hashes));
        string Body(string index, int size, Digest root, string hashes, string extra = "") =>
            $"c2sp.org/tlog-proof@v1\n{extra}index {index}\n{hashes}\n{Signed(Head($"{size}", Base64(root)))}";

        Digest left = Node(Leaf(0), Leaf(1)), fourth = Node(left, Node(Leaf(2), Leaf(3)));
        var right = Text("2", 3, root3, left);
        string Zeros(int count) => Convert.ToBase64String(new byte[count]) + "\n";

        yield return Proof("tree-of-one", null, Text("0", 1, root1), 0);
        yield return Proof("last-of-three", null, right, 2);
        yield return Proof("middle-of-three", null, Text("1", 3, root3, Leaf(0), Leaf(2)), 1);
        yield return Proof("last-of-five", null, Text("4", 5, root5, fourth), 4);
        yield return Proof("nobody-cosigned", "CB-4005", right, 2, 1);
        yield return Proof("another-entry", "CB-4008", right, 1);
        yield return Proof("a-hash-too-many", "CB-4008", Text("0", 1, root1, root1), 0);
        yield return Proof("a-hash-too-few", "CB-4008", Text("1", 3, root3, Leaf(0)), 1);
        yield return Proof("index-at-the-size", "CB-4008", Text("1", 1, root1), 0);
        yield return Proof("index-far-beyond", "CB-4008", Text("9223372036854775807", 3, root3, left), 2);
        yield return Proof("node-shown-as-an-entry", "CB-4008", Text("0", 2, Tree(3), Leaf(2)), 1);
        yield return Proof("empty-tree", "CB-4008", Text("0", 0, Digest.Of([])), 0);
        yield return Proof("index-with-leading-zero", "CB-4010", Text("02", 3, root3, left), 2);
        yield return Proof(
            "index-after-a-tab", "CB-4010", right.Replace("index ", "index\t", StringComparison.Ordinal), 2);
        yield return Proof(
            "index-after-an-equals-sign", "CB-4010", right.Replace("index ", "index=", StringComparison.Ordinal), 2);
        yield return Proof("index-with-plus", "CB-4010", Text("+2", 3, root3, left), 2);
        yield return Proof("index-2-to-the-63", "CB-4010", Text("9223372036854775808", 3, root3), 2);
        yield return Proof(
            "hash-with-stray-bits", "CB-4010", Body("2", 3, root3, Loose(Base64(left)) + "\n"), 2);
        yield return Proof("hash-of-31-bytes", "CB-4010", Body("2", 3, root3, Zeros(31)), 2);
        yield return Proof("hash-of-33-bytes", "CB-4010", Body("2", 3, root3, Zeros(33)), 2);
        yield return Proof("63-hashes", "CB-4008", Text("2", 3, root3, new Digest[63]), 2);
        yield return Proof("64-hashes", "CB-4010", Text("2", 3, root3, new Digest[64]), 2);
        yield return Proof("extra", null, Body("0", 1, root1, "", "extra AQID\n"), 0);
        yield return Proof("empty-extra", "CB-4010", Body("0", 1, root1, "", "extra \n"), 0);
        yield return Proof("extra-with-stray-bits", "CB-4010", Body("0", 1, root1, "", "extra AQJ=\n"), 0);
        yield return Proof("extra-twice", "CB-4010", Body("0", 1, root1, "", "extra AQID\nextra AQID\n"), 0);
        yield return Proof("no-header", "CB-4010", right[(right.IndexOf('\n', StringComparison.Ordinal) + 1)..], 2);
        yield return Proof(
            "header-then-space", "CB-4010", right.Insert(right.IndexOf('\n', StringComparison.Ordinal), " "), 2);
        yield return Proof(
            "no-empty-line", "CB-4010", $"c2sp.org/tlog-proof@v1\nindex 0\n{Signed(Head("1", Base64(root1)))}", 0);
    }

    private static IEnumerable<JsonObject> RequestCases()
    {
        JsonObject Request(string id, string? code, string text, int oldSize, Digest? oldRoot = null)
        {
            var test = Case(id, "addcheckpoint", code);
            test["text"] = text;
            test["log_vkey"] = Log.ToString();
            test["old_size"] = oldSize;
            test["old_root"] = Base64(oldRoot ?? Tree(oldSize));
            return test;
        }

        string Old(string old, string note, params Digest[] hashes) => $"old {old}\n{Lines(hashes)}\n{note}";
        string Note(int size, Digest? root = null) => Signed(Head($"{size}", Base64(root ?? Tree(size))));
        Digest[] from3 = [Leaf(2), Leaf(3), Node(Leaf(0), Leaf(1)), Leaf(4)];
        Digest[] from4 = [Leaf(4)];
        var (odd, stranger) = (Digest.Of([9]), Head("3", Base64(Tree(3))));
        var strangersNote = $"{stranger}\n{Line(LogName, Log.Id, Sign("stranger", stranger))}";
        var other = Head("3", Base64(Tree(3)), "log.unknown.example");

        yield return Request("first", null, Old("0", Note(3)), 0);
        yield return Request("first-of-an-empty-log", null, Old("0", Note(0)), 0);
        yield return Request("from-three-to-five", null, Old("3", Note(5), from3), 3);
        yield return Request("from-four-to-five", null, Old("4", Note(5), from4), 4);
        yield return Request("the-same-again", null, Old("3", Note(3)), 3);
        yield return Request("unknown-log", "CB-4018", Old("0", $"{other}\n{LogLine(other)}"), 0);
        yield return Request("signed-by-another", "CB-4002", Old("0", strangersNote), 0);
        yield return Request("signed-by-another-and-going-back", "CB-4002", Old("4", strangersNote), 4);
        yield return Request("going-back", "CB-4010", Old("4", Note(3)), 4);
        yield return Request("going-back-from-elsewhere", "CB-4010", Old("4", Note(3)), 0);
        yield return Request("another-size", "CB-4019", Old("0", Note(5)), 3);
        yield return Request("a-larger-size-than-is-held", "CB-4019", Old("4", Note(5), from4), 3);
        yield return Request("another-size-and-another-root", "CB-4019", Old("0", Note(3, odd)), 3);
        yield return Request("another-root", "CB-4017", Old("3", Note(3, odd)), 3);
        yield return Request("another-root-is-held", "CB-4009", Old("3", Note(5), from3), 3, odd);
        yield return Request("another-root-is-held-of-a-full-subtree", "CB-4009", Old("4", Note(5), from4), 4, odd);
        yield return Request("no-proof", "CB-4009", Old("3", Note(5)), 3);
        yield return Request("a-hash-too-many", "CB-4009", Old("3", Note(5), [.. from3, odd]), 3);
        yield return Request("a-hash-too-few", "CB-4009", Old("3", Note(5), from3[..3]), 3);
        yield return Request("first-with-a-proof", "CB-4009", Old("0", Note(3), odd), 0);
        yield return Request("the-same-again-with-a-proof", "CB-4009", Old("3", Note(3), odd), 3);
        yield return Request("63-hashes", "CB-4009", Old("3", Note(5), new Digest[63]), 3);
        yield return Request("64-hashes", "CB-4010", Old("3", Note(5), new Digest[64]), 3);
        yield return Request("old-with-leading-zero", "CB-4010", Old("03", Note(5), from3), 3);
        yield return Request("old-with-two-spaces", "CB-4010", Old(" 3", Note(5), from3), 3);
        yield return Request("no-checkpoint", "CB-4003", Old("0", Signed("a note\n")), 0);
        yield return Request("no-note", "CB-4001", Old("0", "a note\n"), 0);
    }

    private static string Lines(Digest[] hashes) => string.Concat(hashes.Select(hash => Base64(hash) + "\n"));

    private static Digest Leaf(int i) => Digest.FromBytes(SHA256.HashData([0, .. Entries[i]]));

    private static Digest Node(Digest left, Digest right) =>
        Digest.FromBytes(SHA256.HashData([1, .. left.ToArray(), .. right.ToArray()]));

    private static Digest Tree(int size) => size switch
    {
        0 => Digest.Of([]),
        1 => Leaf(0),
        3 => Node(Node(Leaf(0), Leaf(1)), Leaf(2)),
        4 => Node(Node(Leaf(0), Leaf(1)), Node(Leaf(2), Leaf(3))),
        5 => Node(Tree(4), Leaf(4)),
        _ => throw new ArgumentOutOfRangeException(nameof(size)),
    };
}
