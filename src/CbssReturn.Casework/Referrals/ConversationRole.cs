namespace CbssReturn.Casework.Referrals;

/// <summary>Which end of a conversation this node is.</summary>
public enum ConversationRole
{
    /// <summary>Never used.</summary>
    Unspecified = 0,

    /// <summary>The node that refers; it holds the consent.</summary>
    Origin = 1,

    /// <summary>The node that is asked to help.</summary>
    Receiver = 2,
}
