using System.Text.Json.Nodes;

namespace CbssReturn.AuditLog.Tests.Crafted;

// Entries: three that are right, and each of them with one thing wrong.
internal static partial class CraftedCases
{
    private const int EventAt = 4;
    private const int OutcomeAt = 6;
    private const int SecondsAt = 8;
    private const int PeerAt = 16;
    private const int HandleAt = 32;
    private const int TagAt = 48;
    private const int IndexAt = 80;
    private const int DetailAt = 112;

    private static IEnumerable<JsonObject> EntryCases()
    {
        byte[] local = [.. Fields(1, 1), .. new byte[96], .. Fill(32, 7), 0, 0, 0, 112, 1];
        byte[] sent = [.. Fields(2, 4), .. Fill(16, 1), .. Fill(16, 2), .. Fill(32, 3), .. new byte[32], 0];
        byte[] receipt = With(With(sent, EventAt + 1, 5), IndexAt + 7, 9);
        byte[] erased = [.. Fields(6, 1), .. new byte[32], .. Fill(32, 3), .. new byte[7], 4, .. new byte[24], 0];
        byte[] rotated = [.. Fields(7, 1), .. new byte[96], 0];

        foreach (var (id, entry) in new[]
        {
            ("local", local), ("sent", sent), ("receipt", receipt), ("erased", erased), ("rotated", rotated),
            ("received", With(sent, EventAt + 1, 3)), ("refused", With(sent, EventAt + 1, 4)),
            ("directory", With(rotated, EventAt + 1, 8)), ("sent-with-detail", Extended(sent)),
            ("receipt-of-the-first-entry", With(receipt, IndexAt + 7, 0)),
            ("last-minute-of-9999", WithSeconds(sent, 253_402_300_740)),
        })
        {
            yield return Entry(id, null, entry);
        }

        foreach (var (id, entry) in Wrong(local, sent, receipt, erased, rotated))
        {
            yield return Entry(id, "CB-4007", entry);
        }
    }

    private static IEnumerable<(string Id, byte[] Entry)> Wrong(
        byte[] local, byte[] sent, byte[] receipt, byte[] erased, byte[] rotated)
    {
        yield return ("empty", []);
        yield return ("magic", With(sent, 3, (byte)'2'));
        yield return ("a-byte-too-few", sent[..^1]);
        yield return ("a-byte-too-many", [.. sent, 0]);
        yield return ("a-byte-too-many-with-detail", [.. local, 0]);
        yield return ("event-0", With(sent, EventAt + 1, 0));
        yield return ("event-9", With(sent, EventAt + 1, 9));
        yield return ("event-of-the-other-order", With(With(sent, EventAt, 2), EventAt + 1, 0));
        yield return ("outcome-0", With(sent, OutcomeAt, 0));
        yield return ("outcome-5", With(sent, OutcomeAt, 5));
        yield return ("first-reserved", With(sent, 7, 1));
        yield return ("second-reserved-begin", With(sent, 88, 1));
        yield return ("second-reserved-end", With(sent, 111, 1));
        yield return ("second-reserved-with-detail", With(local, 111, 1));
        yield return ("no-full-minute", With(sent, SecondsAt + 7, (byte)(sent[SecondsAt + 7] + 1)));
        yield return ("first-minute-of-10000", WithSeconds(sent, 253_402_300_800));
        yield return ("minute-before-1970", WithSeconds(sent, -60));
        yield return ("index-2-to-the-63", With(receipt, IndexAt, 0x80));
        yield return ("trailer-1-without-detail", With(sent, DetailAt, 1));
        yield return ("trailer-0-with-detail", With(local, local.Length - 1, 0));
        yield return ("trailer-2-with-detail", With(local, local.Length - 1, 2));
        yield return ("trailer-offset", With(local, local.Length - 2, 113));
        yield return ("local-without-detail", With(rotated, EventAt + 1, 1));
        yield return ("local-with-peer", With(local, PeerAt, 1));
        yield return ("local-with-handle", With(local, HandleAt, 1));
        yield return ("local-with-tag", With(local, TagAt, 1));
        yield return ("local-with-index", With(local, IndexAt + 7, 1));
        yield return ("sent-without-peer", Without(sent, PeerAt, 16));
        yield return ("sent-without-handle", Without(sent, HandleAt, 16));
        yield return ("sent-without-tag", Without(sent, TagAt, 32));
        yield return ("sent-with-index", With(sent, IndexAt + 7, 1));
        yield return ("receipt-without-tag", Without(receipt, TagAt, 32));
        yield return ("erased-with-peer", With(erased, PeerAt, 1));
        yield return ("erased-without-tag", Without(erased, TagAt, 32));
        yield return ("rotated-with-tag", With(rotated, TagAt, 1));
        yield return ("rotated-with-index", With(rotated, IndexAt + 7, 1));
    }

    private static JsonObject Entry(string id, string? code, byte[] entry)
    {
        var test = Case(id, "entry.parse", code);
        test["entry"] = Convert.ToHexStringLower(entry);
        return test;
    }

    /// <summary>The first 16 bytes, at 2026-11-24 10:30 UTC.</summary>
    private static byte[] Fields(byte kind, byte outcome) =>
        WithSeconds([.. "CBA1"u8, 0, kind, outcome, 0, .. new byte[8]], 1_795_516_200);

    private static byte[] Fill(int size, byte value) => [.. Enumerable.Repeat(value, size)];

    private static byte[] Extended(byte[] entry) => [.. entry[..DetailAt], .. Fill(32, 7), 0, 0, 0, 112, 1];

    private static byte[] With(byte[] entry, int at, byte value)
    {
        var changed = entry.ToArray();
        changed[at] = value;
        return changed;
    }

    private static byte[] Without(byte[] entry, int at, int size)
    {
        var changed = entry.ToArray();
        changed.AsSpan(at, size).Clear();
        return changed;
    }

    private static byte[] WithSeconds(byte[] entry, long seconds)
    {
        var changed = entry.ToArray();
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(changed.AsSpan(SecondsAt), seconds);
        return changed;
    }
}
