namespace CbssReturn.Sealing;

/// <summary>What became of a packet at its receiver. The numbers stand in signed records and never change.</summary>
public enum ReceiptOutcome : byte
{
    /// <summary>Never used: <c>default</c> is no outcome.</summary>
    Unspecified = 0,

    /// <summary>Stored, durably; the receiver answers for it from now on.</summary>
    Stored = 1,

    /// <summary>Refused; nothing of it is shown to anybody.</summary>
    Refused = 2,

    /// <summary>Another envelope came before under the same packet id.</summary>
    Conflict = 3,
}
