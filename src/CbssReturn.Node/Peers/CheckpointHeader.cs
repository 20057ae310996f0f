using CbssReturn.AuditLog;
using Grpc.Core;

namespace CbssReturn.Node.Peers;

/// <summary>This node's newest signed checkpoint, which every call to another node carries: who shows one log to one
/// node and another to the next is found out when the two talk to each other (docs/spec/audit-log.md, section 10). Safe
/// to use from every thread.</summary>
internal sealed class CheckpointHeader
{
    /// <summary>Name of the binary header.</summary>
    public const string Name = "cbss-checkpoint-bin";

    /// <summary>Largest checkpoint that is taken from a peer, in bytes.</summary>
    public const int SizeBytesMax = 16 * 1024;

    /// <summary>Largest checkpoint that is sent, in bytes: in base64 it must fit in the 8 KiB that a header of this
    /// program's own hosts may have. Fifteen cosignatures do.</summary>
    public const int SentSizeBytesMax = 5 * 1024;

    private volatile byte[]? _note;

    /// <summary>The checkpoint as it is sent; null before the first.</summary>
    public ReadOnlyMemory<byte>? Note => _note is { } note ? note : (ReadOnlyMemory<byte>?)null;

    /// <summary>Carries a checkpoint from now on.</summary>
    /// <param name="note">Signed by this node's log first.</param>
    public void Set(SignedNote note) => _note = Shorten(note);

    /// <summary>Adds the checkpoint to what a call carries.</summary>
    public Metadata? AddTo(Metadata? headers)
    {
        if (_note is not { } note)
        {
            return headers;
        }

        var all = new Metadata();
        foreach (var entry in headers ?? [])
        {
            all.Add(entry);
        }

        all.Add(Name, note);
        return all;
    }

    /// <summary>Drops the last signatures of a note until it may be sent.</summary>
    internal static byte[] Shorten(SignedNote note)
    {
        var bytes = note.ToBytes();
        for (var count = note.Signatures.Count - 1; bytes.Length > SentSizeBytesMax && count > 0; count--)
        {
            bytes = SignedNote.Create(note.Text, note.Signatures[0])
                .With(note.Signatures.Take(count)).Value  // shorter than a note that was read
                .ToBytes();
        }

        return bytes;
    }
}
