namespace CbssReturn.AuditLog;

/// <summary>What a key of signed notes signs, as its identifier byte (c2sp.org/signed-note, signature types).</summary>
public enum NoteKeyType : byte
{
    /// <summary>Ed25519 over the text of the note: what a log signs with.</summary>
    Ed25519 = 0x01,

    /// <summary>Ed25519 over a time and the text: what a witness signs with (c2sp.org/tlog-cosignature).</summary>
    CosignatureV1 = 0x04,
}
