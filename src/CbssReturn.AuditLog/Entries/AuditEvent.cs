namespace CbssReturn.AuditLog;

/// <summary>What an audit entry is about; numbers of entry v1. Everything that only the node itself does is
/// <see cref="Local"/>: its true kind stands in the erasable detail.</summary>
public enum AuditEvent : ushort
{
    /// <summary>Something inside the node.</summary>
    Local = 1,

    /// <summary>A packet was sealed and queued.</summary>
    PacketSent = 2,

    /// <summary>A packet was received and stored.</summary>
    PacketReceived = 3,

    /// <summary>A packet was received and refused.</summary>
    PacketRefused = 4,

    /// <summary>A recipient's receipt was stored.</summary>
    ReceiptStored = 5,

    /// <summary>A detail was erased.</summary>
    DetailErased = 6,

    /// <summary>A key was replaced.</summary>
    KeyRotated = 7,

    /// <summary>A directory was applied.</summary>
    DirectoryApplied = 8,
}
