using CbssReturn.AuditLog.Tests.Notes;
using CbssReturn.Sealing;

namespace CbssReturn.AuditLog.Tests.Witness;

/// <summary>Two logs under one key that are the same up to two entries and differ from the third on.</summary>
internal static class Fork
{
    public const int SizeMax = 5;

    public static Digest Root(int size, string fork) => Tree(size, fork).Root;

    /// <summary>A request with the proof that the fork really has.</summary>
    public static AddCheckpointRequest Request(
        long oldSize, int newSize, string fork, string? origin = null, string? signer = null)
    {
        using var key = NoteVectors.PrivateKey(signer ?? "log");
        var checkpoint = new Checkpoint(origin ?? NoteVectors.Log.Name, newSize, Root(newSize, fork));
        return AddCheckpointRequest.Create(
            oldSize, Proof(oldSize, newSize, fork), CheckpointSigning.Sign(checkpoint, key));
    }

    public static Digest[] Proof(long oldSize, int newSize, string fork)
    {
        // The tree is in memory, so the task has ended when it is returned.
        return oldSize > newSize
            ? []
            : ConsistencyProof.BuildAsync(Tree(newSize, fork), oldSize, newSize, default).AsTask().Result.Value;
    }

    private static MemoryTree Tree(int size, string fork) => new(
        Enumerable.Range(0, size).Select(i => NoteVectors.Bytes(i < 2 ? $"entry {i}" : $"entry {i} of {fork}")));
}
