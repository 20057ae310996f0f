namespace CbssReturn.AuditLog.Tests.Mutants;

// Hashes, proofs, tiles and entries.
internal static partial class MutantList
{
    private static IEnumerable<Mutant> Tree =>
    [
        new("Tree/LogHash.cs", "LeafPrefix = 0", "LeafPrefix = 1", "a node can be shown as an entry"),
        new("Tree/LogHash.cs", "NodePrefix = 1", "NodePrefix = 0", "an entry can be shown as a node"),
        new(
            "Tree/LogHash.cs",
            "left.CopyTo(input[1..]);\n        right.CopyTo",
            "right.CopyTo(input[1..]);\n        left.CopyTo",
            "left and right exchanged"),

        new(
            "Tree/InclusionProof.cs",
            "index < 0 || index >= size",
            "index < 0 || index > size",
            "an index at the size"),
        new("Tree/InclusionProof.cs", "index < 0 || index >= size", "index < 0", "an index beyond the size"),
        new(
            "Tree/InclusionProof.cs",
            "            if (last == 0)\n            {\n                return Wrong();\n            }\n\n",
            "",
            "hashes that are too many"),
        new(
            "Tree/InclusionProof.cs",
            "return last == 0 && hash == root",
            "return hash == root",
            "hashes that are too few"),
        new("Tree/InclusionProof.cs", "return last == 0 && hash == root", "return last == 0", "any root"),
        new(
            "Tree/InclusionProof.cs",
            "if ((node & 1) != 0 || node == last)",
            "if ((node & 1) != 0)",
            "the right edge forgotten"),
        new(
            "Tree/InclusionProof.cs",
            "while ((node & 1) == 0 && node != 0)",
            "if ((node & 1) == 0 && node != 0)",
            "only one level of the right edge passed over"),
        new(
            "Tree/InclusionProof.cs",
            "hash = LogHash.Node(sibling, hash);",
            "hash = LogHash.Node(hash, sibling);",
            "a sibling on the wrong side"),

        new(
            "Tree/ConsistencyProof.cs",
            "oldSize >= 0\n            && oldSize <= newSize",
            "oldSize >= 0",
            "a tree that shrinks"),
        new(
            "Tree/ConsistencyProof.cs",
            "            && (oldSize > 0 || oldRoot == LogHash.Empty)\n",
            "",
            "any root of the empty tree"),
        new(
            "Tree/ConsistencyProof.cs",
            "? proof.Count == 0 && (oldSize < newSize || oldRoot == newRoot)",
            "? oldSize < newSize || oldRoot == newRoot",
            "hashes where there are none to send"),
        new(
            "Tree/ConsistencyProof.cs",
            "? proof.Count == 0 && (oldSize < newSize || oldRoot == newRoot)",
            "? proof.Count == 0",
            "two roots for one size"),
        new(
            "Tree/ConsistencyProof.cs",
            "return last == 0 && oldHash == oldRoot && newHash == newRoot",
            "return last == 0 && newHash == newRoot",
            "any old root"),
        new(
            "Tree/ConsistencyProof.cs",
            "return last == 0 && oldHash == oldRoot && newHash == newRoot",
            "return last == 0 && oldHash == oldRoot",
            "any new root"),
        new(
            "Tree/ConsistencyProof.cs",
            "return last == 0 && oldHash == oldRoot && newHash == newRoot",
            "return oldHash == oldRoot && newHash == newRoot",
            "hashes that are too few"),
        new(
            "Tree/ConsistencyProof.cs",
            "            if (last == 0)\n            {\n                return false;\n            }\n\n",
            "",
            "hashes that are too many"),
        new(
            "Tree/ConsistencyProof.cs",
            "(oldSize & (oldSize - 1)) == 0",
            "(oldSize & 1) == 0",
            "every even tree is taken for a complete one"),
        new(
            "Tree/ConsistencyProof.cs",
            "(oldHash, newHash) = (LogHash.Node(hash, oldHash), LogHash.Node(hash, newHash));",
            "newHash = LogHash.Node(hash, newHash);",
            "the old root is not followed"),
        new(
            "Tree/ConsistencyProof.cs",
            "if ((node & 1) != 0 || node == last)",
            "if ((node & 1) != 0)",
            "the right edge forgotten"),

        new(
            "Tree/ProofPath.cs",
            "index < middle ? (middle, to) : (from, middle)",
            "index <= middle ? (middle, to) : (from, middle)",
            "the sibling of the middle entry"),
        new("Tree/ProofPath.cs", "if (from > 0)", "if (from >= 0)", "a complete old tree is sent as well"),
        new(
            "Tree/ProofPath.cs",
            "from + (1L << (63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)(to - from - 1))))",
            "from + ((to - from + 1) / 2)",
            "trees divided in the middle"),
        new(
            "Tree/RightEdge.cs",
            "root = LogHash.Node(_subtrees[height], root);",
            "root = LogHash.Node(root, _subtrees[height]);",
            "the root put together in the other order"),
        new(
            "Tree/TreeNodes.cs",
            "LogHash.Node(left, right)",
            "LogHash.Node(right, left)",
            "a range put together in the other order"),
        new(
            "Tree/TilePath.cs",
            "private const int GroupModulus = 1000;",
            "private const int GroupModulus = 100;",
            "groups of two digits"),
        new(
            "Tree/TilePath.cs",
            "return width == TileId.HashesMax ? path",
            "return width >= 1 ? path",
            "partial tiles under the paths of full ones"),
        new("Tree/EntryBundle.cs", "WriteUInt16BigEndian", "WriteUInt16LittleEndian", "lengths in the other order"),
    ];

    private static IEnumerable<Mutant> Entries =>
    [
        new("Entries/LogEntry.cs", "bytes[FirstReservedOffset] != 0 || ", "", "something in the first reserved byte"),
        new(
            "Entries/LogEntry.cs",
            "bytes[SecondReservedOffset..DetailOffset].ContainsAnyExcept((byte)0)",
            "bytes[(SecondReservedOffset + 1)..DetailOffset].ContainsAnyExcept((byte)0)",
            "something in the first of the other reserved bytes"),
        new(
            "Entries/LogEntry.cs",
            "bytes[SecondReservedOffset..DetailOffset].ContainsAnyExcept((byte)0)",
            "bytes[SecondReservedOffset..(DetailOffset - 1)].ContainsAnyExcept((byte)0)",
            "something in the last of the reserved bytes"),
        new("Entries/LogEntry.cs", "if (seconds > SecondsMax)", "if (seconds > SecondsMax + 60)", "the year 10000"),
        new("Entries/LogEntry.cs", "seconds % SecondsPerMinute != 0 || ", "", "the true second of an entry"),
        new(
            "Entries/LogEntry.cs",
            "IsNamed(Peer) != isAboutPacket",
            "!IsNamed(Peer) && isAboutPacket",
            "a local entry that names a peer"),
        new(
            "Entries/LogEntry.cs",
            "IsNamed(Handle) != isAboutPacket",
            "IsNamed(Handle) && !isAboutPacket",
            "a packet without a handle"),
        new(
            "Entries/LogEntry.cs",
            "Event == AuditEvent.Local && Detail is null",
            "false",
            "a local entry without a detail"),
        new(
            "Entries/LogEntry.cs",
            "!bytes.StartsWith(Magic)",
            "!bytes.StartsWith(Magic[..3])",
            "entries of another version"),
        new(
            "Entries/LogEntry.cs",
            "Index != 0 && Event is not",
            "Index < 0 && Event is not",
            "a sent packet that points somewhere"),
    ];
}
