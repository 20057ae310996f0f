namespace CbssReturn.Storage.Rows;

/// <summary>What became of a packet that reached this node. Numbers stand in the database and never change.</summary>
public enum ReceivedState : byte
{
    /// <summary>Opened, checked and stored.</summary>
    Stored = 1,

    /// <summary>Kept aside with its reason, because it could not be opened or breaks a rule.</summary>
    Quarantined = 2,

    /// <summary>Refused; only its receipt is remembered.</summary>
    Refused = 3,
}
