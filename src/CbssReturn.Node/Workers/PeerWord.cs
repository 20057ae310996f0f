namespace CbssReturn.Node.Workers;

/// <summary>What a peer has said about this node's log.</summary>
internal enum PeerWord
{
    /// <summary>It has not answered.</summary>
    None,

    /// <summary>It holds nothing of the log that counts.</summary>
    Nothing,

    /// <summary>It holds the log, and nothing that the node does not know.</summary>
    Agrees,

    /// <summary>It holds something that stops the node.</summary>
    Differs,
}
