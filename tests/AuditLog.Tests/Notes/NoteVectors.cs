using System.Text;
using System.Text.Json;
using CbssReturn.Sealing;
using CbssReturn.Sealing.Tests;

namespace CbssReturn.AuditLog.Tests.Notes;

/// <summary>tests/Vectors/audit/note-vectors.json: notes that Go's sumdb/note has signed.</summary>
internal static class NoteVectors
{
    public static JsonElement File { get; } = VectorFile.Load("audit", "note-vectors.json");

    public static VerifierKey Log { get; } = Key("log");

    public static VerifierKey Witness1 { get; } = Key("witness1");

    public static VerifierKey Witness2 { get; } = Key("witness2");

    public static VerifierKey[] Witnesses => [Witness1, Witness2];

    public static string CheckpointText => File.Text("checkpoint_text");

    public static string Signed => File.Text("checkpoint_signed");

    public static string Cosigned => File.Text("checkpoint_cosigned");

    public static JsonElement[] Cases(string op) =>
        [.. File.GetProperty("cases").EnumerateArray().Where(test => test.Text("op") == op)];

    public static NoteKey PrivateKey(string name)
    {
        var seed = File.GetProperty("keys").GetProperty(name).Hex("seed_hex");
        return NoteKey.FromSeed(seed);
    }

    public static VerifierKey Key(string name) => KeyOf(File.GetProperty("keys").GetProperty(name).Text("vkey"));

    public static VerifierKey KeyOf(string vkey) => VerifierKey.Parse(vkey).Value;

    public static VerifierKey[] KeysOf(this JsonElement test, string field) =>
        [.. test.GetProperty(field).EnumerateArray().Select(vkey => KeyOf(vkey.GetString()!))];

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
